package dev.pawl.agent.model.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Finds a text in the files below a folder. Text, not a pattern: a pattern may be made to take forever. */
record Search(Tree tree) implements Tool {
    private static final int MOST_HITS = 200;
    private static final long MOST_BYTES = 256L << 20;
    private static final int LONGEST_LINE = 300;
    private static final int DEEPEST = 100;

    @Override
    public String name() {
        return "search";
    }

    @Override
    public Outcome use(JsonNode arguments) {
        return switch (tree.find(arguments.path("path").asText())) {
            case Tree.Place.Outside(String why) -> Outcome.refused(why);
            case Tree.Place.Inside(Path start, String name) -> search(start, name, arguments);
        };
    }

    private Outcome search(Path start, String name, JsonNode arguments) {
        boolean exact = !arguments.path("case").asText().equals("ignore");
        String ending = arguments.path("ending").asText();
        String wanted = folded(arguments.path("text").asText(), exact);
        var hits = new StringBuilder();
        int count = 0;
        long bytes = 0;
        for (Walk.Found one : Walk.below(start, DEEPEST)) {
            if (!one.attributes().isRegularFile() || !one.path().toString().endsWith(ending)) {
                continue;
            }
            bytes += one.attributes().size();
            if (bytes > MOST_BYTES || count >= MOST_HITS) {
                hits.append("… and perhaps more: search a folder below, or for a longer text\n");
                break;
            }
            if (tree.read(one.path()) instanceof Tree.Content.Text(String text)
                    && folded(text, exact).contains(wanted)) {
                count += hits(
                        hits, Tree.visible(tree.root().relativize(one.path()).toString()), text, wanted, exact);
            }
        }
        return count == 0 ? Outcome.done("nothing found") : Outcome.found("search in " + name, hits.toString());
    }

    private static int hits(StringBuilder hits, String file, String text, String wanted, boolean exact) {
        List<String> lines = text.lines().toList();
        int count = 0;
        for (int i = 0; i < lines.size() && count < MOST_HITS; i++) {
            String line = lines.get(i);
            if (folded(line, exact).contains(wanted)) {
                count++;
                String shown = Tree.visible(line);
                hits.append(file).append(':').append(i + 1).append(": ");
                hits.append(shown, 0, Math.min(shown.length(), LONGEST_LINE)).append('\n');
            }
        }
        return count;
    }

    private static String folded(String text, boolean exact) {
        return exact ? text : text.toLowerCase(Locale.ROOT);
    }
}
