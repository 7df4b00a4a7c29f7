package dev.pawl.git;

/** Foreign text for people's eyes: one line, without control characters, not longer than told. */
final class OneLine {
    private static final int LONGEST_PATH = 200;

    private OneLine() {}

    /** The text on one line. */
    static String of(String text, int longest) {
        var line = new StringBuilder();
        text.codePoints().limit(longest * 4L).forEach(c -> {
            if (!isHidden(c)) {
                line.appendCodePoint(c);
            } else if (Character.isWhitespace(c) && !line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        });
        String trimmed = line.toString().strip();
        if (trimmed.length() <= longest) {
            return trimmed;
        }
        int end = longest - 1;
        return trimmed.substring(0, Character.isHighSurrogate(trimmed.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** A path as code, with a question mark for each character that nobody can see. */
    static String path(String path) {
        var shown = new StringBuilder("`");
        path.codePoints().limit(LONGEST_PATH).forEach(c -> shown.appendCodePoint(isHidden(c) || c == '`' ? '?' : c));
        if (path.codePointCount(0, path.length()) > LONGEST_PATH) {
            shown.append('…');
        }
        return shown.append('`').toString();
    }

    /** Whether a character changes how text looks without being seen itself. */
    static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> c == 0xFFFD;
        };
    }
}
