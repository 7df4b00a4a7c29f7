package dev.pawl.domain.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A commit's id: 40 lower-case hexadecimal digits.
 *
 * @param value the digits
 */
public record Sha(String value) {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{40}");

    public Sha {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a commit id: " + value);
        }
    }

    /** Reads one; empty when it isn't one. */
    public static Optional<Sha> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new Sha(text)) : Optional.empty();
    }

    /** The first seven digits, for people. */
    public String abbreviated() {
        return value.substring(0, 7);
    }

    @Override
    public String toString() {
        return value;
    }
}
