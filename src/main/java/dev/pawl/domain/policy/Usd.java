package dev.pawl.domain.policy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * An amount of money, in whole millionths of a US dollar.
 *
 * @param micros millionths; never negative
 */
public record Usd(long micros) {
    /** Nothing. */
    public static final Usd ZERO = new Usd(0);

    public Usd {
        if (micros < 0) {
            throw new IllegalArgumentException("an amount is not negative: " + micros);
        }
    }

    /** An amount in millionths of a dollar. */
    public static Usd ofMicros(long micros) {
        return new Usd(micros);
    }

    /** An amount in dollars, rounded up to the next millionth: what is unknown counts against us. */
    public static Usd of(BigDecimal dollars) {
        return new Usd(
                dollars.movePointRight(6).setScale(0, RoundingMode.CEILING).longValueExact());
    }

    /** Both together. */
    public Usd plus(Usd other) {
        return new Usd(Math.addExact(micros, other.micros));
    }

    /** What is left without the other; nothing where the other is more. */
    public Usd minus(Usd other) {
        return new Usd(Math.max(0, micros - other.micros));
    }

    /** Whether this much has reached the limit. */
    public boolean reaches(Usd limit) {
        return micros >= limit.micros;
    }

    /** Dollars and cents for people, such as {@code $0.42}; a non-zero amount never reads as nothing. */
    public String forPeople() {
        long cents = (micros + 9_999) / 10_000;
        return String.format(Locale.ROOT, "$%d.%02d", cents / 100, cents % 100);
    }

    /** Plain dollars for programs, such as {@code 0.42}. */
    public String plain() {
        return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
    }
}
