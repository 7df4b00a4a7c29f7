package dev.pawl.agent.model.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** Replaces a text that stands exactly once in a file. */
record EditFile(Tree tree) implements Tool {
    @Override
    public String name() {
        return "edit_file";
    }

    @Override
    public Outcome use(JsonNode arguments) {
        return switch (tree.find(arguments.path("path").asText())) {
            case Tree.Place.Outside(String why) -> Outcome.refused(why);
            case Tree.Place.Inside(Path file, String name) ->
                switch (tree.read(file)) {
                    case Tree.Content.None(String why) -> Outcome.refused(why);
                    case Tree.Content.Text(String text) ->
                        edit(
                                file,
                                text,
                                arguments.path("old").asText(),
                                arguments.path("new").asText());
                };
        };
    }

    /** The model sees plain line ends; a file with others keeps its own. */
    private Outcome edit(Path file, String text, String old, String replacement) {
        boolean windows = !text.contains(old) && text.contains("\r\n");
        String wanted = windows ? old.replace("\n", "\r\n") : old;
        int at = text.indexOf(wanted);
        if (at < 0) {
            return Outcome.refused("the old text doesn't stand in the file; read the file again and copy it exactly,"
                    + " without the line numbers");
        }
        if (text.indexOf(wanted, at + 1) >= 0) {
            return Outcome.refused("the old text stands in the file more than once; add lines around it");
        }
        String changed = text.substring(0, at)
                + (windows ? replacement.replace("\n", "\r\n") : replacement)
                + text.substring(at + wanted.length());
        return tree.write(file, changed).map(Outcome::refused).orElseGet(() -> Outcome.done("edited"));
    }
}
