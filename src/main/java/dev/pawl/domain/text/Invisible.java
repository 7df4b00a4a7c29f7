package dev.pawl.domain.text;

/** Characters that people don't see: controls, bidirectional marks, tags, variation selectors, fillers. */
public final class Invisible {
    private Invisible() {}

    /** The text without them. Tabs and line feeds stay. */
    public static String remove(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints().filter(c -> !is(c)).forEach(out::appendCodePoint);
        return out.toString();
    }

    /** Whether the code point shows nothing, or only changes how others show. */
    public static boolean is(int c) {
        if (c == '\n' || c == '\t') {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> isSelector(c) || isFiller(c);
        };
    }

    private static boolean isSelector(int c) {
        return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) || (c >= 0x180B && c <= 0x180F);
    }

    private static boolean isFiller(int c) {
        return c == 0x115F
                || c == 0x1160
                || c == 0x3164
                || c == 0xFFA0
                || c == 0x2800
                || c == 0x034F
                || c == 0x17B4
                || c == 0x17B5;
    }
}
