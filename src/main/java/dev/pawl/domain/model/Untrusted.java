package dev.pawl.domain.model;

/**
 * Text that an agent or a person wrote. It can't become part of our own text by accident: {@link #toString()} gives
 * only its length, and {@code dev.pawl.domain.text.Sanitizer} is the way to publish it.
 *
 * @param raw the text as it came; for parsers, prompts and the sanitizer only
 */
public record Untrusted(String raw) {
    /** Nothing. */
    public static final Untrusted EMPTY = new Untrusted("");

    /** Whether there is nothing but white space. */
    public boolean isBlank() {
        return raw.isBlank();
    }

    @Override
    public String toString() {
        return "Untrusted[" + raw.length() + " characters]";
    }
}
