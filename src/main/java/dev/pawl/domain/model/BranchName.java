package dev.pawl.domain.model;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A branch of ours: prefix, issue number, slug. The only way from a title to a ref.
 *
 * @param value such as {@code pawl/42-login-times-out}
 */
public record BranchName(String value) {
    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{0,19}/([1-9][0-9]{0,9})(-[a-z0-9-]{1,40})?");
    private static final int LONGEST_SLUG = 40;

    public BranchName {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a branch of ours: " + value);
        }
    }

    /** The branch for an issue. A title without a usable letter gives a branch without a slug. */
    public static BranchName of(String prefix, int issue, Untrusted title) {
        String slug = slug(title.raw());
        return new BranchName(prefix + "/" + issue + (slug.isEmpty() ? "" : "-" + slug));
    }

    /** Reads any ref name; empty when it isn't shaped like a branch of ours. */
    public static Optional<BranchName> parse(String name) {
        return SHAPE.matcher(name).matches() ? Optional.of(new BranchName(name)) : Optional.empty();
    }

    /** The issue that the name speaks of. Whether the branch really is that issue's, only the state says. */
    public long issue() {
        var matcher = SHAPE.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalStateException("unreachable: checked by the constructor");
        }
        return Long.parseLong(matcher.group(1));
    }

    /** The full ref. */
    public String ref() {
        return "refs/heads/" + value;
    }

    private static String slug(String title) {
        String head = title.substring(0, Math.min(title.length(), 200));
        String plain = Normalizer.normalize(head, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        var slug = new StringBuilder();
        for (int i = 0; i < plain.length() && slug.length() < LONGEST_SLUG; i++) {
            char c = plain.charAt(i);
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                slug.append(c);
            } else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '-' && !isMark(c)) {
                slug.append('-');
            }
        }
        while (!slug.isEmpty() && slug.charAt(slug.length() - 1) == '-') {
            slug.setLength(slug.length() - 1);
        }
        return slug.toString();
    }

    private static boolean isMark(char c) {
        return Character.getType(c) == Character.NON_SPACING_MARK;
    }

    @Override
    public String toString() {
        return value;
    }
}
