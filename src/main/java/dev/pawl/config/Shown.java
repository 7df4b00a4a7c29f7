package dev.pawl.config;

import dev.pawl.domain.text.Invisible;
import java.util.Collection;
import java.util.stream.Collectors;

/** Words from the file as a message shows them: on one line, short, nothing invisible. */
final class Shown {
    private static final int LONGEST = 60;

    private Shown() {}

    /** The text in double quotes. */
    static String quoted(String text) {
        return "\"" + key(text) + "\"";
    }

    /** The text as a part of a path of keys. */
    static String key(String text) {
        var shown = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> {
            if (invisible(c)) {
                shown.append('?');
            } else {
                shown.appendCodePoint(c);
            }
        });
        return text.codePointCount(0, text.length()) > LONGEST ? shown + "…" : shown.toString();
    }

    /** Words with commas between. */
    static String list(Collection<String> words) {
        return words.stream().collect(Collectors.joining(", "));
    }

    /** Whether the text holds characters that people can't see. */
    static boolean hasInvisible(String text) {
        return text.codePoints().anyMatch(Shown::invisible);
    }

    /** On one line, a tab and a line feed are no better than the others. */
    private static boolean invisible(int c) {
        return Invisible.is(c) || Character.isISOControl(c);
    }
}
