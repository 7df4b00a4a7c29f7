package dev.pawl.agent.model.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies below a folder, in the order of the names: no links followed, nothing of git, not forever. What is in a folder
 * of installed packages is seen only from inside of it, and what can't be read isn't seen at all.
 */
final class Walk {
    private static final int MOST = 50_000;

    private Walk() {}

    /**
     * Something below the folder.
     *
     * @param path where it is
     * @param attributes what it is
     */
    record Found(Path path, BasicFileAttributes attributes) {}

    static List<Found> below(Path folder, int depth) {
        var found = new ArrayList<Found>();
        try {
            Files.walkFileTree(
                    folder, EnumSet.noneOf(java.nio.file.FileVisitOption.class), depth, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                            if (path.equals(folder)) {
                                return FileVisitResult.CONTINUE;
                            }
                            if (Tree.ofGit(path.getFileName())) {
                                return FileVisitResult.SKIP_SUBTREE;
                            }
                            FileVisitResult next = add(path, attributes);
                            boolean installed = path.getFileName().toString().equals("node_modules");
                            return installed && next == FileVisitResult.CONTINUE ? FileVisitResult.SKIP_SUBTREE : next;
                        }

                        @Override
                        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                            return Tree.ofGit(path.getFileName()) ? FileVisitResult.CONTINUE : add(path, attributes);
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path path, IOException e) {
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(Path path, @Nullable IOException e) {
                            return FileVisitResult.CONTINUE;
                        }

                        private FileVisitResult add(Path path, BasicFileAttributes attributes) {
                            found.add(new Found(path, attributes));
                            return found.size() < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("the work tree can't be read", e);
        }
        found.sort((one, other) -> one.path().compareTo(other.path()));
        return found;
    }
}
