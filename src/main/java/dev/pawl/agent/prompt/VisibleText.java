package dev.pawl.agent.prompt;

import dev.pawl.domain.model.Untrusted;

/**
 * What a reader of the issue sees of a text (SEC-21 of the threat model): no HTML comments, no characters without a
 * picture of their own. Found by walking the text once, never by a pattern: the text may be made to be slow.
 *
 * @param text what is left
 * @param removed how many characters are gone
 */
public record VisibleText(String text, int removed) {
    private static final String OPEN = "<!--";

    /** What a reader sees of Markdown. */
    public static VisibleText of(Untrusted markdown) {
        VisibleText shown = ofPlain(markdown);
        String text = withoutComments(shown.text);
        return new VisibleText(text, shown.removed + length(shown.text) - length(text));
    }

    /** What a reader sees of plain text, such as a diff, where a comment is as visible as all else. */
    public static VisibleText ofPlain(Untrusted plain) {
        String raw = plain.raw();
        var shown = new StringBuilder(raw.length());
        int removed = 0;
        for (int i = 0; i < raw.length(); ) {
            int c = raw.codePointAt(i);
            if (lineEnd(c)) {
                shown.append(c == '\r' && i + 1 < raw.length() && raw.charAt(i + 1) == '\n' ? "" : "\n");
            } else if (hidden(c)) {
                removed++;
            } else {
                shown.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        return new VisibleText(shown.toString(), removed);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The same on one line. */
    VisibleText onOneLine() {
        return new VisibleText(text.replace('\n', ' ').replace('\t', ' ').strip(), removed);
    }

    private static boolean lineEnd(int c) {
        return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
    }

    private static boolean hidden(int c) {
        if (c == '\t') {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> ignorable(c);
        };
    }

    /** Characters of other categories that show nothing: Unicode's Default_Ignorable_Code_Point, and the empty Braille cell. */
    private static boolean ignorable(int c) {
        return (c >= 0xFE00 && c <= 0xFE0F) // variation selectors
                || (c >= 0xE0000 && c <= 0xE0FFF) // tags, more variation selectors
                || (c >= 0x180B && c <= 0x180F) // Mongolian variation selectors
                || (c >= 0x17B4 && c <= 0x17B5) // Khmer inherent vowels
                || (c >= 0x115F && c <= 0x1160) // Hangul fillers
                || c == 0x3164
                || c == 0xFFA0
                || c == 0x034F // combining grapheme joiner
                || c == 0x2800;
    }

    /**
     * Removes comments until none begins anywhere, also none that only the removal of another one puts together: what is
     * kept is looked at again with each character. A comment without an end hides all that follows.
     */
    private static String withoutComments(CharSequence text) {
        var kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            kept.append(text.charAt(i));
            i++;
            if (endsWith(kept, OPEN)) {
                kept.setLength(kept.length() - OPEN.length());
                i = afterComment(text, i);
            }
        }
        return kept.toString();
    }

    /** Where the comment ends that begins before {@code i}: {@code -->}, {@code --!>}, or at once ({@code <!-->}). */
    private static int afterComment(CharSequence text, int i) {
        if (startsWith(text, i, ">")) {
            return i + 1;
        }
        if (startsWith(text, i, "->")) {
            return i + 2;
        }
        for (int at = i; at < text.length(); at++) {
            if (startsWith(text, at, "-->")) {
                return at + 3;
            }
            if (startsWith(text, at, "--!>")) {
                return at + 4;
            }
        }
        return text.length();
    }

    private static boolean startsWith(CharSequence text, int at, String part) {
        return at + part.length() <= text.length()
                && CharSequence.compare(text.subSequence(at, at + part.length()), part) == 0;
    }

    private static boolean endsWith(CharSequence text, String part) {
        return startsWith(text, Math.max(0, text.length() - part.length()), part);
    }
}
