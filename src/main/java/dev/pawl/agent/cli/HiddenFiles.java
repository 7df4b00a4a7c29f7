package dev.pawl.agent.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files at the root of a work tree that a program must not see, moved aside while it runs and put back afterwards. What
 * the program put in their place goes.
 */
final class HiddenFiles implements AutoCloseable {
    private final Map<Path, Path> moved = new LinkedHashMap<>();

    HiddenFiles(Path tree, List<String> names, Path aside) {
        try {
            for (String name : names) {
                Path file = tree.resolve(name);
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(aside);
                    moved.put(file, Files.move(file, aside.resolve(name)));
                }
            }
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("the repository's agent configuration can't be moved aside", e);
        }
    }

    int count() {
        return moved.size();
    }

    @Override
    public void close() {
        try {
            for (var entry : moved.entrySet()) {
                remove(entry.getKey());
                Files.move(entry.getValue(), entry.getKey());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the repository's agent configuration can't be put back", e);
        }
    }

    private static void remove(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(file, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path found, BasicFileAttributes attributes) throws IOException {
                Files.delete(found);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
