package dev.pawl.config;

import dev.pawl.config.Yaml.Kind;
import dev.pawl.domain.policy.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Readers for durations, sizes and money. */
final class Amounts {
    /** The form of a duration, as the JSON Schema has it. */
    static final Pattern DURATION = Pattern.compile("(?=[0-9])(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?");

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})(KiB|MiB|GiB)?");
    private static final Pattern DECIMAL_SIZE = Pattern.compile("([0-9]{1,12}) ?([kmgKMG])[bB]?");
    private static final Pattern MONEY = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,12})?([eE][-+]?[0-9]{1,2})?");
    private static final BigDecimal MOST_PRICE = BigDecimal.valueOf(10_000);
    private static final BigDecimal MOST_MONEY = BigDecimal.valueOf(100_000);

    private Amounts() {}

    /** A duration within bounds, such as {@code 1h30m}. */
    static Value.Reader<Duration> duration(Duration least, Duration most) {
        String expected = "a duration from " + written(least) + " to " + written(most) + ", such as 90s, 30m or 1h30m";
        return value -> value.scalar(Kind.TEXT)
                .flatMap(Amounts::duration)
                .filter(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0)
                .or(() -> value.wrong(
                        expected,
                        value.scalar(Kind.INTEGER)
                                .map(n -> "Write its unit: " + Shown.key(n) + "s or " + Shown.key(n) + "m.")));
    }

    private static Optional<Duration> duration(String text) {
        Matcher m = DURATION.matcher(text);
        return m.matches()
                ? Optional.of(
                        Duration.ofHours(number(m, 1)).plusMinutes(number(m, 2)).plusSeconds(number(m, 3)))
                : Optional.empty();
    }

    private static long number(Matcher m, int group) {
        return Optional.ofNullable(m.group(group)).map(Long::parseLong).orElse(0L);
    }

    /** The shortest way to write a duration. */
    static String written(Duration duration) {
        String text = (duration.toHours() > 0 ? duration.toHours() + "h" : "")
                + (duration.toMinutesPart() > 0 ? duration.toMinutesPart() + "m" : "")
                + (duration.toSecondsPart() > 0 ? duration.toSecondsPart() + "s" : "");
        return text.isEmpty() ? "0s" : text;
    }

    /** A number of bytes, plain or with a unit, such as {@code 4MiB}. */
    static Value.Reader<Long> bytes(long most) {
        String expected = "a size from 1 to " + size(most) + ", such as 4MiB, 512KiB or a number of bytes";
        return value -> {
            Optional<String> text = value.scalar(Kind.TEXT, Kind.INTEGER);
            return text.flatMap(Amounts::bytes)
                    .filter(n -> n >= 1 && n <= most)
                    .or(() -> value.wrong(expected, text.flatMap(Amounts::binary)));
        };
    }

    private static Optional<Long> bytes(String text) {
        Matcher m = SIZE.matcher(text);
        return m.matches() ? Optional.of(Long.parseLong(m.group(1)) << shift(m.group(2))) : Optional.empty();
    }

    private static int shift(@Nullable String unit) {
        return switch (unit) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            case null, default -> 0;
        };
    }

    private static Optional<String> binary(String text) {
        Matcher m = DECIMAL_SIZE.matcher(text);
        return m.matches()
                ? Optional.of("Write " + m.group(1) + m.group(2).toUpperCase(Locale.ROOT) + "iB.")
                : Optional.empty();
    }

    /** The shortest way to write a size. */
    static String size(long bytes) {
        if (bytes % (1 << 20) == 0) {
            return (bytes >> 20) + "MiB";
        }
        return bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : String.valueOf(bytes);
    }

    /** What a million tokens cost: US dollars, or nothing. */
    static Value.Reader<BigDecimal> price() {
        return value -> dollars(value)
                .filter(n -> n.compareTo(MOST_PRICE) <= 0)
                .or(() -> value.wrong("US dollars from 0 to 10000, with at most 6 decimals"));
    }

    private static Optional<BigDecimal> dollars(Value value) {
        return value.scalar(Kind.INTEGER, Kind.NUMBER)
                .filter(text -> MONEY.matcher(text).matches())
                .map(BigDecimal::new)
                .filter(n -> n.stripTrailingZeros().scale() <= 6);
    }

    /** US dollars, more than nothing. */
    static Value.Reader<Usd> money() {
        return value -> dollars(value)
                .filter(n -> n.signum() > 0 && n.compareTo(MOST_MONEY) <= 0)
                .map(Usd::of)
                .or(() -> value.wrong("US dollars from 0.000001 to 100000, with at most 6 decimals"));
    }
}
