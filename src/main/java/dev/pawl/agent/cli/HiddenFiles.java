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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files of a work tree that a program must not see, moved aside while it runs and put back afterwards. What the program put
 * in their place goes. A file in a folder that is a link isn't the tree's, and stays.
 */
final class HiddenFiles implements AutoCloseable {
    private final Map<Path, Path> moved = new LinkedHashMap<>();

    HiddenFiles(Path tree, List<String> names, Path aside) {
        try {
            for (String name : names) {
                Path file = tree.resolve(name);
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && foldersAreOurs(tree, name)) {
                    Path place = aside.resolve(name);
                    Files.createDirectories(place.resolve("..").normalize());
                    moved.put(file, Files.move(file, place));
                }
            }
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("the repository's agent configuration can't be moved aside", e);
        }
    }

    private static boolean foldersAreOurs(Path tree, String name) {
        Path folder = Path.of(name).getParent();
        return folder == null
                || (Files.isDirectory(tree.resolve(folder), LinkOption.NOFOLLOW_LINKS)
                        && foldersAreOurs(tree, folder.toString()));
    }

    int count() {
        return moved.size();
    }

    @Override
    public void close() {
        try {
            for (var entry : moved.entrySet()) {
                makeFolder(Optional.ofNullable(entry.getKey().getParent()).orElseThrow());
                remove(entry.getKey());
                Files.move(entry.getValue(), entry.getKey());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the repository's agent configuration can't be put back", e);
        }
    }

    /** The program may have removed it, or put a link in its place. */
    private static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            remove(folder);
            Files.createDirectories(folder);
        }
    }

    /** Removes a file, or a folder and what is in it; links aren't followed. */
    static void remove(Path file) throws IOException {
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
