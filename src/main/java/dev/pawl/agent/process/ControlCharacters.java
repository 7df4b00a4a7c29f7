package dev.pawl.agent.process;

/**
 * Makes plain lines of what was meant for a terminal: escape sequences (ECMA-48) and control characters go, tabs and
 * line ends stay.
 */
final class ControlCharacters {
    private static final char ESC = 0x1b;
    private static final char BEL = 0x07;
    private static final char CSI = 0x9b;

    private ControlCharacters() {}

    static String removed(String text) {
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c == ESC) {
                i = afterEscape(text, i + 1);
            } else if (c == CSI) {
                i = afterControlSequence(text, i + 1);
            } else {
                if (c == '\r') {
                    plain.append(i + 1 < text.length() && text.charAt(i + 1) == '\n' ? "" : "\n");
                } else if (c == '\n' || c == '\t' || !Character.isISOControl(c)) {
                    plain.append(c);
                }
                i++;
            }
        }
        return plain.toString();
    }

    private static int afterEscape(String text, int i) {
        if (i >= text.length()) {
            return i;
        }
        return switch (text.charAt(i)) {
            case '[' -> afterControlSequence(text, i + 1);
            case ']', 'P', 'X', '^', '_' -> afterString(text, i + 1);
            default -> afterShort(text, i);
        };
    }

    /** Intermediate bytes, then one final byte. What isn't a sequence after all stays. */
    private static int afterShort(String text, int i) {
        int at = i;
        while (at < text.length() && text.charAt(at) >= 0x20 && text.charAt(at) <= 0x2f) {
            at++;
        }
        return at < text.length() && text.charAt(at) >= 0x30 && text.charAt(at) <= 0x7e ? at + 1 : i;
    }

    private static int afterControlSequence(String text, int i) {
        int at = i;
        while (at < text.length() && text.charAt(at) >= 0x20 && text.charAt(at) <= 0x3f) {
            at++;
        }
        return at < text.length() && text.charAt(at) >= 0x40 && text.charAt(at) <= 0x7e ? at + 1 : at;
    }

    /** A command string ends with BEL or ESC backslash; one that doesn't end hides no more than its line. */
    private static int afterString(String text, int i) {
        for (int at = i; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == BEL) {
                return at + 1;
            }
            if (c == ESC && at + 1 < text.length() && text.charAt(at + 1) == '\\') {
                return at + 2;
            }
            if (c == '\n') {
                return at;
            }
        }
        return text.length();
    }
}
