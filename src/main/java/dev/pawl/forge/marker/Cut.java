package dev.pawl.forge.marker;

import java.nio.charset.StandardCharsets;

/** Shortens text without tearing a character apart. */
final class Cut {
    private Cut() {}

    /** At most so many UTF-16 units. */
    static String chars(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most > 0 && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end);
    }

    /** At most so many bytes of UTF-8. */
    static String bytes(String text, int most) {
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            used += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (used > most) {
                return text.substring(0, i);
            }
            i += Character.charCount(c);
        }
        return text;
    }

    /** How many bytes of UTF-8 it has. */
    static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
