package dev.pawl.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** This invocation's own folder, made when it is first needed. */
final class Scratch {
    private final Supplier<Path> made;
    private Path folder = Path.of("");

    Scratch(Path parent) {
        this.made = () -> {
            try {
                Files.createDirectories(parent);
                return Files.createTempDirectory(parent, "pawl-").toRealPath();
            } catch (IOException e) {
                throw new UncheckedIOException("no folder can be made in " + parent, e);
            }
        };
    }

    /** The folder. */
    synchronized Path folder() {
        if (folder.toString().isEmpty()) {
            folder = made.get();
        }
        return folder;
    }
}
