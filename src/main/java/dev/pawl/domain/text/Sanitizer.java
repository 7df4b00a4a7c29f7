package dev.pawl.domain.text;

import dev.pawl.domain.model.Untrusted;

/**
 * Turns what an agent or a person wrote into text that we may publish: readable, and without any effect. No mention
 * notifies, no reference links, no issue closes, no other bot obeys, no image loads, nothing hides.
 *
 * <p>Works by scanning from left to right, never by backtracking, so its time grows with the length alone.
 */
public final class Sanitizer {
    private static final String CUT = "\n\n*(cut: the rest is too long)*";

    private Sanitizer() {}

    /**
     * Markdown of several lines.
     *
     * @param text what came
     * @param most the most characters of it that are published
     */
    public static String markdown(Untrusted text, int most) {
        String visible = Invisible.remove(text.raw().replace("\r\n", "\n").replace('\r', '\n'));
        boolean tooLong = visible.length() > most;
        String kept = tooLong ? visible.substring(0, boundary(visible, most)) : visible;
        String safe = closeFences(disarm(kept.strip()));
        return tooLong ? safe + CUT : safe;
    }

    /**
     * One line of Markdown.
     *
     * @param text what came; line breaks become spaces
     * @param most the most characters of it that are published
     */
    public static String line(Untrusted text, int most) {
        String one = Invisible.remove(text.raw().replaceAll("[\\s\\u2028\\u2029]", " "))
                .strip();
        boolean tooLong = one.length() > most;
        String kept = tooLong ? one.substring(0, boundary(one, most)) + "…" : one;
        return disarm(kept).replace("|", "\\|");
    }

    /**
     * One line of plain text, for titles, commit subjects and logs: nothing is escaped for Markdown, and what would
     * have an effect there is broken apart.
     */
    public static String plain(Untrusted text, int most) {
        String one = Invisible.remove(text.raw().replaceAll("[\\s\\u2028\\u2029]", " "))
                .strip();
        String kept = one.length() > most ? one.substring(0, boundary(one, most - 1)) + "…" : one;
        return Effects.breakApart(withoutComments(kept));
    }

    /** Text within a fenced code block: only the fence itself and what GitHub acts on are broken. */
    public static String code(Untrusted text, int most) {
        String visible = Invisible.remove(text.raw().replace("\r\n", "\n").replace('\r', '\n'));
        String kept = visible.length() > most ? end(visible, most) : visible;
        return Effects.breakApart(withoutComments(kept.replace("```", "` ` `").replace("~~~", "~ ~ ~")));
    }

    private static String withoutComments(String text) {
        return text.replace("<!--", "<! --").replace("-->", "-- >");
    }

    private static int boundary(String text, int most) {
        int end = Math.min(most, text.length());
        return end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }

    /** The end of a text, and no half of a character. */
    private static String end(String text, int most) {
        String end = text.substring(text.length() - most);
        return !end.isEmpty() && Character.isLowSurrogate(end.charAt(0)) ? end.substring(1) : end;
    }

    private static String disarm(String text) {
        var out = new StringBuilder(text.length() + 64);
        boolean lineStart = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (lineStart && c == '/') {
                out.append('\\');
            }
            if (c == '<' && opensTag(text, i + 1)) {
                out.append("&lt;");
            } else if (c == '>' && text.startsWith("--", Math.max(0, i - 2)) && i >= 2) {
                out.append("&gt;");
            } else if (c == '&' && isEntity(text, i + 1)) {
                out.append("&amp;");
            } else if (c == '!' && i + 1 < text.length() && text.charAt(i + 1) == '[') {
                out.append("\\!\\");
            } else {
                out.append(c);
            }
            lineStart = c == '\n' || (lineStart && (c == ' ' || c == '\t' || c == '>' || c == '*' || c == '-'));
        }
        return Links.disarm(Effects.breakApart(out.toString()));
    }

    private static boolean opensTag(String text, int at) {
        if (at >= text.length()) {
            return false;
        }
        char c = text.charAt(at);
        return Character.isLetter(c) || c == '/' || c == '!' || c == '?';
    }

    /** Whether a character reference begins here: Markdown would turn it into what it stands for after we have looked. */
    private static boolean isEntity(String text, int at) {
        int end = at;
        while (end < text.length()
                && end < at + 32
                && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '#')) {
            end++;
        }
        return end > at && end < text.length() && text.charAt(end) == ';';
    }

    /** Closes a code block that the text leaves open: it would swallow what we write below it. */
    private static String closeFences(String text) {
        String open = "";
        for (String line : text.lines().toList()) {
            String start = line.stripLeading();
            if (open.isEmpty()) {
                open = start.startsWith("```") ? run(start, '`') : start.startsWith("~~~") ? run(start, '~') : "";
            } else if (start.startsWith(open)
                    && start.strip().length() == run(start, open.charAt(0)).length()) {
                open = "";
            }
        }
        return open.isEmpty() ? text : text + "\n" + open;
    }

    private static String run(String text, char c) {
        int end = 0;
        while (end < text.length() && text.charAt(end) == c) {
            end++;
        }
        return text.substring(0, end);
    }
}
