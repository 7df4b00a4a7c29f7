package dev.pawl.agent.prompt;

import dev.pawl.domain.model.Untrusted;

/**
 * Frames text that others wrote, between lines that carry an id which they couldn't know. One fence serves one prompt,
 * and counts what it removed.
 */
final class Fence {
    private static final int LONGEST_LABEL = 200;

    private final String id;
    private int removed;
    private boolean known;

    Fence(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** How many characters were removed so far. */
    int removed() {
        return removed;
    }

    /** Whether a framed text holds the id, so that another one is needed. */
    boolean known() {
        return known;
    }

    /** What a reader sees of it. */
    String visible(Untrusted text) {
        return counted(VisibleText.of(text)).text().strip();
    }

    /** The same on one line. */
    String line(Untrusted text) {
        return counted(VisibleText.of(text).onOneLine()).text();
    }

    /** What a reader sees of a change; only what looks like a marker of ours is broken. */
    String code(Untrusted text) {
        return counted(VisibleText.ofPlain(text)).text().replace("<!-- pawl", "<! -- pawl");
    }

    /** Frames a visible text, at most so long. */
    String frame(String label, String visible, int longest) {
        known |= visible.contains(id) || label.contains(id);
        String text = visible;
        String cut = "";
        if (text.length() > longest) {
            cut = ", the first " + longest + " of " + text.length() + " characters";
            text = whole(text.substring(0, longest));
        }
        return "[data " + id + ": " + plain(label) + cut + "]\n" + (text.isEmpty() ? "(empty)" : text) + "\n[end " + id
                + "]\n";
    }

    /** The two ends of a long text: what went wrong mostly stands at one of them. */
    static String ends(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int half = longest / 2;
        int left = text.length() - 2 * half;
        return whole(text.substring(0, half)) + "\n(" + left + " characters are left out here.)\n"
                + whole(text.substring(text.length() - half));
    }

    /** Without the halves of characters that a cut leaves at its ends. */
    private static String whole(String text) {
        int from = !text.isEmpty() && Character.isLowSurrogate(text.charAt(0)) ? 1 : 0;
        int to = text.length() > from && Character.isHighSurrogate(text.charAt(text.length() - 1))
                ? text.length() - 1
                : text.length();
        return text.substring(from, to);
    }

    /** A label is ours, but names others' files and accounts: nothing in it may close the line. */
    private static String plain(String label) {
        String line = VisibleText.of(new Untrusted(label)).onOneLine().text();
        String open = line.replace('[', '(').replace(']', ')');
        return open.substring(0, Math.min(open.length(), LONGEST_LABEL));
    }

    private VisibleText counted(VisibleText text) {
        removed += text.removed();
        return text;
    }
}
