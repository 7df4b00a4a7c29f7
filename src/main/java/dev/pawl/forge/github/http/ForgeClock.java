package dev.pawl.forge.github.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The forge's time, by the {@code Date} of its last answer; our own before the first. */
final class ForgeClock {
    private final InstantSource ours;
    private Optional<Instant> last = Optional.empty();

    ForgeClock(InstantSource ours) {
        this.ours = ours;
    }

    Instant now() {
        return last.orElseGet(ours::instant);
    }

    void read(HttpHeaders headers) {
        headers.firstValue("date").flatMap(ForgeClock::parse).ifPresent(date -> last = Optional.of(date));
    }

    /** Reads an HTTP date. */
    static Optional<Instant> parse(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
