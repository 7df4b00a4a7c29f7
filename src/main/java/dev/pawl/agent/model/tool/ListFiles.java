package dev.pawl.agent.model.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Lists a folder, some levels deep. */
record ListFiles(Tree tree) implements Tool {
    private static final int MOST = 1000;

    @Override
    public String name() {
        return "list_files";
    }

    @Override
    public Outcome use(JsonNode arguments) {
        return switch (tree.find(arguments.path("path").asText())) {
            case Tree.Place.Outside(String why) -> Outcome.refused(why);
            case Tree.Place.Inside(Path folder, String name) ->
                Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        ? list(folder, name, arguments.path("depth").asInt(2))
                        : Outcome.refused("there is no such folder");
        };
    }

    private Outcome list(Path folder, String name, int depth) {
        List<Walk.Found> found = Walk.below(folder, depth);
        var shown = new StringBuilder();
        for (Walk.Found one : found.subList(0, Math.min(found.size(), MOST))) {
            String kind =
                    one.attributes().isDirectory() ? "/" : one.attributes().isSymbolicLink() ? " (a link)" : "";
            shown.append(Tree.visible(tree.root().relativize(one.path()).toString())
                            .replace('\n', ' '))
                    .append(kind)
                    .append('\n');
        }
        if (found.size() > MOST) {
            shown.append("… and more: ask for a folder below, or for fewer levels\n");
        }
        return Outcome.found("files of " + name, shown.toString());
    }
}
