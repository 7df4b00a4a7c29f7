package dev.pawl.domain.text;

import java.util.List;
import java.util.Locale;

/** Breaks apart the words that GitHub or a bot would act on. A space is enough for each. */
final class Effects {
    private static final List<String> SKIP_CI =
            List.of("[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]", "***no_ci***");
    private static final String SKIP_CHECKS = "skip-checks:";

    private Effects() {}

    static String breakApart(String text) {
        var out = new StringBuilder(text.length() + 32);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int skip = skipWords(text, i);
            if (skip > 0) {
                // Other words, because stars around them could make the same ones again; in brackets, because a sign
                // may stand before.
                out.append('(')
                        .append(c == '[' ? text.substring(i + 1, i + skip - 1) : "no ci")
                        .append(')');
                i += skip - 1;
            } else if (startsWith(text, i, SKIP_CHECKS)) {
                out.append("skip-checks :");
                i += SKIP_CHECKS.length() - 1;
            } else {
                out.append(c);
                if (needsSpace(text, i)) {
                    out.append(' ');
                }
            }
        }
        return out.toString();
    }

    private static int skipWords(String text, int at) {
        char c = text.charAt(at);
        if (c != '[' && c != '*') {
            return 0;
        }
        return SKIP_CI.stream()
                .filter(word -> startsWith(text, at, word))
                .mapToInt(String::length)
                .findFirst()
                .orElse(0);
    }

    /** Whether a space must follow: in a mention, an issue reference, a link to an issue. */
    private static boolean needsSpace(String text, int at) {
        if (at + 1 >= text.length()) {
            return false;
        }
        char c = text.charAt(at);
        char next = text.charAt(at + 1);
        return switch (c) {
            case '@' -> isWord(next) && (at == 0 || !isWord(text.charAt(at - 1)));
            case '#' -> Character.isDigit(next);
            case '-' -> Character.isDigit(next) && at >= 2 && startsWith(text, at - 2, "gh-");
            case '/' ->
                Character.isDigit(next)
                        && (endsWith(text, at, "/issues")
                                || endsWith(text, at, "/pull")
                                || endsWith(text, at, "/discussions"));
            default -> false;
        };
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static boolean startsWith(String text, int at, String lowerCaseWord) {
        return text.length() >= at + lowerCaseWord.length()
                && text.substring(at, at + lowerCaseWord.length())
                        .toLowerCase(Locale.ROOT)
                        .equals(lowerCaseWord);
    }

    private static boolean endsWith(String text, int end, String word) {
        return end >= word.length() && text.startsWith(word, end - word.length());
    }
}
