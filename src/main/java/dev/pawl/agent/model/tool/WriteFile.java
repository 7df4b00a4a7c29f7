package dev.pawl.agent.model.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** Writes a whole file. */
record WriteFile(Tree tree) implements Tool {
    @Override
    public String name() {
        return "write_file";
    }

    @Override
    public Outcome use(JsonNode arguments) {
        return switch (tree.find(arguments.path("path").asText())) {
            case Tree.Place.Outside(String why) -> Outcome.refused(why);
            case Tree.Place.Inside(Path file, String name) ->
                tree.write(file, arguments.path("content").asText())
                        .map(Outcome::refused)
                        .orElseGet(() -> Outcome.done("written"));
        };
    }
}
