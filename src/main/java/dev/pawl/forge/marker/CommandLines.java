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
    /** What may be spent on looking for the ends of tags, in characters: some twenty milliseconds. */
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
     * The parser looks for the end of each tag anew, to the end of the text where there is none, so that a long text of such beginnings
     * would take seconds. Whoever writes one calls us above its first tag or not at all.
     */
    private static String affordable(String body) {
        if (steps(body) <= MOST_STEPS) {
            return body;
        }
        int tag = body.indexOf('<');
        return body.substring(0, Math.max(body.lastIndexOf('\n', tag), body.lastIndexOf('\r', tag)) + 1);
    }

    /** At most so many characters are looked at for the ends of links, tags, comments and the like. */
    private static long steps(String body) {
        long steps = 0;
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
                    steps += Math.max(end, tag) - i;
                }
                default -> {}
            }
        }
        return steps;
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
