package dev.pawl.domain.text;

import java.util.List;
import java.util.Locale;

/** Leaves only {@code https} links alive. */
final class Links {
    private static final List<String> DEAD =
            List.of("http:", "ftp:", "file:", "data:", "javascript:", "vbscript:", "blob:", "ssh:", "git:");

    private Links() {}

    /** The text with a space behind the colon of every other scheme, so that it links nowhere. */
    static String disarm(String text) {
        var out = new StringBuilder(text.length() + 32);
        int at = 0;
        while (at < text.length()) {
            int length = schemeAt(text, at);
            if (length > 0) {
                out.append(text, at, at + length - 1).append(": ");
                at += length;
            } else {
                out.append(text.charAt(at));
                at++;
            }
        }
        return out.toString();
    }

    private static int schemeAt(String text, int at) {
        if (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1))) {
            return 0;
        }
        for (String scheme : DEAD) {
            if (text.length() > at + scheme.length()
                    && text.substring(at, at + scheme.length())
                            .toLowerCase(Locale.ROOT)
                            .equals(scheme)
                    && !Character.isWhitespace(text.charAt(at + scheme.length()))) {
                return scheme.length();
            }
        }
        return 0;
    }
}
