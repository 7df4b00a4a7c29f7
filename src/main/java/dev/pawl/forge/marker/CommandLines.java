package dev.pawl.forge.marker;

import dev.pawl.domain.model.Comment.CommandLine;
import dev.pawl.domain.model.Untrusted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * The lines of a comment that call us: those that begin with {@code /pawl} in a paragraph of the comment itself. Lines
 * in quotes (lazy continuations too), lists, code, HTML and HTML comments don't count. A paragraph that a line of dashes
 * below turns into a heading counts: mail programs write such lines.
 */
public final class CommandLines {
    private static final String CALL = "/pawl";
    /** What the parser may spend on a comment, in characters that it looks at: some twenty milliseconds. */
    private static final long MOST_STEPS = 20_000_000;

    private static final Parser PARSER = Parser.builder()
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    private CommandLines() {}

    /** The command lines, in order, each with the text below it up to the next. */
    public static List<CommandLine> of(String body) {
        if (!body.contains(CALL)) {
            return List.of();
        }
        String[] lines = body.split("\r\n|\n|\r", -1);
        var calls = new TreeSet<Integer>();
        Node document = PARSER.parse(affordable(body));
        for (Node block = document.getFirstChild(); block != null; block = block.getNext()) {
            if (block instanceof Paragraph || block instanceof Heading) {
                collect(block, lines, calls);
            }
        }
        return commands(lines, List.copyOf(calls));
    }

    /**
     * As much of a text as the parser reads in time, in whole lines. It looks for the end of each tag anew, to the end of the text where
     * there is none, and gathers a paragraph's lines anew for each of them: some long texts would take it seconds.
     */
    private static String affordable(String body) {
        int[] reaches = reaches(body);
        long steps = 0;
        int lines = 0;
        int begin = 0;
        for (int i = 0; i < body.length() && steps <= MOST_STEPS; i++) {
            steps += reaches[i];
            char c = body.charAt(i);
            if (c == '\n' || (c == '\r' && !body.startsWith("\n", i + 1))) {
                lines = body.substring(begin, i).isBlank() ? 0 : lines + 1;
                steps += lines;
                begin = i + 1;
            }
        }
        return steps <= MOST_STEPS ? body : body.substring(0, begin);
    }

    /** For each {@code <} how many characters are looked at, at most, for the end of a link, a tag, a comment or the like. */
    private static int[] reaches(String body) {
        var reaches = new int[body.length()];
        int tag = body.length();
        int comment = tag;
        int instruction = tag;
        int section = tag;
        for (int i = body.length() - 1; i >= 0; i--) {
            switch (body.charAt(i)) {
                case '>' -> tag = i;
                case '-' -> comment = body.startsWith("-->", i) ? i : comment;
                case '?' -> instruction = body.startsWith("?>", i) ? i : instruction;
                case ']' -> section = body.startsWith("]]>", i) ? i : section;
                case '<' -> {
                    int end = body.startsWith("<!-", i)
                            ? comment
                            : body.startsWith("<?", i) ? instruction : body.startsWith("<![", i) ? section : tag;
                    reaches[i] = Math.max(end, tag) - i;
                }
                default -> {}
            }
        }
        return reaches;
    }

    /** A line counts where its first character is plain text: not in a code span or an HTML tag that began above. */
    private static void collect(Node block, String[] lines, Set<Integer> calls) {
        for (Node inline = block.getFirstChild(); inline != null; inline = inline.getNext()) {
            if (inline instanceof Text) {
                for (SourceSpan span : inline.getSourceSpans()) {
                    int line = span.getLineIndex();
                    if (isCall(lines[line]) && span.getColumnIndex() == indent(lines[line])) {
                        calls.add(line);
                    }
                }
            }
        }
    }

    private static boolean isCall(String line) {
        String text = line.strip();
        return text.equals(CALL) || text.startsWith(CALL + " ") || text.startsWith(CALL + "\t");
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static List<CommandLine> commands(String[] lines, List<Integer> calls) {
        List<String> all = List.of(lines);
        var commands = new ArrayList<CommandLine>();
        for (int i = 0; i < calls.size(); i++) {
            int line = calls.get(i);
            int end = i + 1 < calls.size() ? calls.get(i + 1) : lines.length;
            String words = lines[line].strip().substring(CALL.length()).strip().replace('\t', ' ');
            String below = String.join("\n", all.subList(line + 1, end)).strip();
            commands.add(new CommandLine(words, new Untrusted(below)));
        }
        return commands;
    }
}
