package dev.pawl.app;

import dev.pawl.git.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This invocation's own folder, made when it is first needed. It is removed at the end: in a container all of it belongs
 * to root, and the runner can't.
 */
final class Scratch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

    private final Supplier<Path> made;
    private final boolean kept;
    private Path folder = Path.of("");

    /**
     * @param parent where it is made
     * @param kept whether it stays, for people to look into
     */
    Scratch(Path parent, boolean kept) {
        this.kept = kept;
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

    @Override
    public synchronized void close() {
        if (kept || folder.toString().isEmpty()) {
            return;
        }
        try {
            Folders.remove(folder);
        } catch (IOException e) {
            LOG.warn("event=scratch-left reason={}", e.getClass().getSimpleName());
        }
    }
}
