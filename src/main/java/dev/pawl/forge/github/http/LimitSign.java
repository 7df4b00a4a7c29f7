package dev.pawl.forge.github.http;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether an answer says that we ask too much, and how long to wait. By docs.github.com, REST API, "Rate limits for the
 * REST API": 403 or 429; {@code Retry-After} first, then {@code X-RateLimit-Reset} where nothing remains, else at least
 * a minute, doubled each time. Comments that come too quickly are also told as invalid (422), and GraphQL tells it with a 200.
 */
final class LimitSign {
    private static final Duration LEAST = Duration.ofSeconds(60);
    private static final int MOST_DOUBLINGS = 5;

    private LimitSign() {}

    /**
     * How long to wait; empty when the answer is no limit.
     *
     * @param answer what came
     * @param now the forge's time
     * @param before how many limits were met already
     */
    static Optional<Duration> of(Answer answer, Instant now, int before) {
        if (answer.status() == 422 && answer.says("submitted too quickly")) {
            return Optional.of(doubled(before));
        }
        boolean graphQl = answer.ok() && GraphQlErrors.of(answer).contains(GraphQlErrors.RATE_LIMITED);
        if (answer.status() != 403 && answer.status() != 429 && !graphQl) {
            return Optional.empty();
        }
        HttpHeaders headers = answer.headers();
        Optional<Duration> retryAfter = headers.firstValue("retry-after").flatMap(value -> duration(value, now));
        boolean nothingLeft =
                headers.firstValue("x-ratelimit-remaining").map("0"::equals).orElse(false);
        if (retryAfter.isPresent()) {
            return retryAfter.map(LimitSign::atLeastASecond);
        }
        if (nothingLeft) {
            Optional<Duration> untilReset = headers.firstValue("x-ratelimit-reset")
                    .flatMap(LimitSign::number)
                    .map(epoch -> Duration.between(now, Instant.ofEpochSecond(epoch)));
            return Optional.of(atLeastASecond(untilReset.orElse(LEAST)));
        }
        boolean limited =
                graphQl || answer.status() == 429 || answer.says("rate limit") || answer.says("abuse detection");
        return limited ? Optional.of(doubled(before)) : Optional.empty();
    }

    private static Duration doubled(int before) {
        return LEAST.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS));
    }

    /** {@code Retry-After}: seconds, or an HTTP date. */
    static Optional<Duration> duration(String value, Instant now) {
        return number(value)
                .map(Duration::ofSeconds)
                .or(() -> ForgeClock.parse(value).map(date -> Duration.between(now, date)));
    }

    private static Optional<Long> number(String digits) {
        return digits.matches("[0-9]{1,12}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }

    private static Duration atLeastASecond(Duration time) {
        return time.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : time;
    }
}
