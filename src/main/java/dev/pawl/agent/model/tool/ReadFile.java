package dev.pawl.agent.model.tool;

import com.fasterxml.jackson.databind.JsonNode;

/** Shows a file, or some of its lines, numbered. */
record ReadFile(Tree tree) implements Tool {
    private static final int MOST_LINES = 2000;
    private static final int MOST_CHARACTERS = 48_000;
    private static final int LONGEST_LINE = 2000;

    @Override
    public String name() {
        return "read_file";
    }

    @Override
    public Outcome use(JsonNode arguments) {
        return switch (tree.find(arguments.path("path").asText())) {
            case Tree.Place.Outside(String why) -> Outcome.refused(why);
            case Tree.Place.Inside(var file, String name) ->
                switch (tree.read(file)) {
                    case Tree.Content.None(String why) -> Outcome.refused(why);
                    case Tree.Content.Text(String text) -> lines(name, Tree.visible(text), arguments);
                };
        };
    }

    private static Outcome lines(String name, String text, JsonNode arguments) {
        String[] lines = text.split("\n", -1);
        int count = text.endsWith("\n") || text.isEmpty() ? lines.length - 1 : lines.length;
        int from = arguments.path("from").asInt(1);
        int to = Math.min(Math.min(arguments.path("to").asInt(count), count), from + MOST_LINES - 1);
        if (from > count) {
            return text.isEmpty()
                    ? Outcome.done("the file is empty")
                    : Outcome.refused("the file has only " + count + " lines");
        }
        var shown = new StringBuilder();
        int last = from - 1;
        while (last < to && shown.length() < MOST_CHARACTERS) {
            String line = lines[last];
            last++;
            shown.append(last).append('\t').append(line, 0, Math.min(line.length(), LONGEST_LINE));
            shown.append(line.length() > LONGEST_LINE ? "…\n" : "\n");
        }
        return Outcome.found(name + ", lines " + from + " to " + last + " of " + count, shown.toString());
    }
}
