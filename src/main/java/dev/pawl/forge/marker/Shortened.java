package dev.pawl.forge.marker;

/** A comment of ours that was too long: its first line and its data stay, of what people read between them half goes. */
public final class Shortened {
    private Shortened() {}

    /** The comment, shorter. */
    public static String of(String body) {
        String text = body.stripTrailing();
        int head = text.indexOf('\n') + 1;
        int tail = NoteMarker.dataOf(text).isPresent() ? text.lastIndexOf('\n') : text.length();
        String words = text.substring(head, Math.max(head, tail));
        String half = Cut.chars(words, words.length() / 2) + NoteMarker.CUT;
        return text.substring(0, head) + half + text.substring(Math.max(head, tail)) + "\n";
    }
}
