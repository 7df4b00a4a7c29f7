package dev.pawl.forge.marker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Hash;
import dev.pawl.domain.model.Note;
import dev.pawl.forge.marker.MarkerJson.Unreadable;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Our comments other than the state: a first line that says which one it is, what people read, and, where programs read
 * it too, a last line with data.
 */
public final class NoteMarker {
    /** How every comment of ours begins. */
    public static final String OURS = "<!-- pawl:";

    /**
     * The longest comment that we write, in bytes of UTF-8 and so in characters as well. GitHub refuses more than 65,536
     * characters ("Body is too long").
     */
    static final int MOST_COMMENT = 60_000;

    private static final int MOST_DATA = 40_000;
    static final String CUT = "\n\n*(cut: the rest is too long)*\n";
    private static final Pattern LINE = Pattern.compile(
            "<!-- pawl:([a-z-]{1,20}) v1 issue=([1-9][0-9]{0,9}) run=([^ <>]{1,200}) key=([^ <>]{0,600}) -->");
    private static final String DATA = "<!-- pawl:data v1 ";
    private static final String END = " -->";

    private NoteMarker() {}

    /** The whole comment. */
    public static String write(int issue, Effect.EnsureNote note) {
        String first = OURS + note.topic().word() + " v1 issue=" + issue + " run=" + escape(note.run()) + " key="
                + escape(note.key()) + END + "\n";
        String last = note.data()
                .map(data -> "\n" + DATA + MarkerJson.inComment(NoteData.write(data, MOST_DATA)) + END + "\n")
                .orElse("");
        int room = MOST_COMMENT - Cut.size(first) - Cut.size(last);
        String body =
                Cut.size(note.body()) <= room ? note.body() : Cut.bytes(note.body(), room - Cut.size(CUT) - 8) + CUT;
        return first + body + last;
    }

    /**
     * Reads a comment of our account.
     *
     * @param id the comment's id
     * @param body the comment
     * @param issue the issue that it was found on
     * @param edited when it was last changed
     * @return empty when it isn't one of ours, or was copied from another issue
     */
    public static Optional<Note> read(long id, String body, int issue, Instant edited) {
        Matcher line = LINE.matcher(firstLine(body));
        if (!line.matches() || !line.group(2).equals(Integer.toString(issue))) {
            return Optional.empty();
        }
        Optional<String> data = dataOf(body);
        return Note.Topic.parse(line.group(1))
                .map(topic -> new Note(
                        id,
                        topic,
                        unescape(line.group(4)),
                        unescape(line.group(3)),
                        data.flatMap(NoteMarker::parse),
                        Hash.sha256(body),
                        Hash.sha256(data.orElse("")),
                        edited));
    }

    static Optional<String> dataOf(String body) {
        String text = body.stripTrailing();
        String last = text.substring(text.lastIndexOf('\n') + 1);
        boolean data = last.startsWith(DATA) && last.endsWith(END) && last.length() > DATA.length() + END.length();
        return data ? Optional.of(last.substring(DATA.length(), last.length() - END.length())) : Optional.empty();
    }

    private static Optional<Note.Data> parse(String json) {
        try {
            JsonNode node = MarkerJson.read(json, MOST_COMMENT);
            return Optional.of(NoteData.read(node));
        } catch (Unreadable e) {
            return Optional.empty();
        }
    }

    /** The first line, without its end; a web form makes it CR LF. */
    static String firstLine(String body) {
        int end = body.indexOf('\n');
        String line = end < 0 ? body : body.substring(0, end);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /** Percent-encoded, so that no key can end the line. */
    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("--", "-%2D")
                .replace("%3A", ":")
                .replace("%2F", "/");
    }

    private static String unescape(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
