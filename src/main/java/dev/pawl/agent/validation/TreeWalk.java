package dev.pawl.agent.validation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.function.BiConsumer;

/** Walks the regular files of a work tree: no links followed, no folder of git or of installed packages, not forever. */
final class TreeWalk {
    private static final int MOST = 200_000;
    private static final Set<String> SKIPPED = Set.of(".git", "node_modules");

    private TreeWalk() {}

    /** Calls with each file, relative to the root, and its attributes. */
    static void files(Path root, BiConsumer<Path, BasicFileAttributes> each) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                private int seen;

                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean skipped = !folder.equals(root)
                            && SKIPPED.contains(folder.getFileName().toString());
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        each.accept(root.relativize(file), attributes);
                    }
                    seen++;
                    return seen < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the work tree can't be read", e);
        }
    }
}
