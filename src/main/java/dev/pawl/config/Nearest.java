package dev.pawl.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known word that was probably meant. */
final class Nearest {
    private static final int LONGEST = 40;

    private Nearest() {}

    /** "Did you mean", or what is known where nothing is near. */
    static String hint(String word, Collection<String> known) {
        return to(word, known)
                .map(near -> "Did you mean " + Shown.quoted(near) + "?")
                .orElse("Known here: " + Shown.list(known) + ".");
    }

    /** The known word that is nearest, where one is near enough to be meant. */
    static Optional<String> to(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        String plain = plain(word);
        Optional<String> longer = known.stream()
                .filter(k -> plain.length() > 2 && plain(k).startsWith(plain + "_"))
                .findFirst();
        return longer.or(() -> nearest(plain, known));
    }

    private static Optional<String> nearest(String plain, Collection<String> known) {
        return known.stream()
                .filter(k -> distance(plain, plain(k)) <= Math.max(1, Math.min(plain.length(), k.length()) / 3))
                .min(Comparator.comparingInt(k -> distance(plain, plain(k))));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other. */
    private static int distance(String a, String b) {
        var rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : step(a, b, rows, i, j);
            }
        }
        return rows[a.length()][b.length()];
    }

    private static int step(String a, String b, int[][] rows, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = Math.min(rows[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
    }
}
