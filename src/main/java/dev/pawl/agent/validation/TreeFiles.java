package dev.pawl.agent.validation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of a work tree by name, to find again what a stack trace names in its own way. */
final class TreeFiles {
    private final String root;
    private final Map<String, List<String>> byName;

    private TreeFiles(String root, Map<String, List<String>> byName) {
        this.root = root;
        this.byName = byName;
    }

    static TreeFiles of(Path root) {
        var byName = new HashMap<String, List<String>>();
        TreeWalk.files(
                root,
                (file, attributes) -> byName.computeIfAbsent(file.getFileName().toString(), name -> new ArrayList<>())
                        .add(file.toString().replace('\\', '/')));
        return new TreeFiles(root.toAbsolutePath() + "/", byName);
    }

    /**
     * The file that is meant: its path in the tree, absolute or relative, or the end of it where only one file ends so.
     *
     * @param named as the report names it
     * @return relative to the tree
     */
    Optional<String> find(String named) {
        String path = named.replace('\\', '/');
        if (path.startsWith(root)) {
            path = path.substring(root.length());
        }
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        String wanted = path;
        List<String> candidates = byName.getOrDefault(wanted.substring(wanted.lastIndexOf('/') + 1), List.of());
        if (candidates.contains(wanted)) {
            return Optional.of(wanted);
        }
        List<String> ending =
                candidates.stream().filter(c -> c.endsWith("/" + wanted)).toList();
        return ending.size() == 1 ? Optional.of(ending.getFirst()) : Optional.empty();
    }
}
