package dev.pawl.app.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The folder of a rehearsal. It goes with it, also when the user interrupts, unless it is kept. */
final class TemporaryFolder implements AutoCloseable {
    private final Path path;
    private final boolean kept;
    private final Thread hook = new Thread(this::delete, "rehearsal-clean-up");

    TemporaryFolder(boolean kept) {
        this.kept = kept;
        try {
            this.path = Files.createTempDirectory("pawl-sandbox-").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is, from now on cleaned up when the process ends. */
    Path open() {
        if (!kept) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
        return path;
    }

    @Override
    public void close() {
        if (!kept) {
            Runtime.getRuntime().removeShutdownHook(hook);
            delete();
        }
    }

    /** As far as that goes: what can't be deleted stays for the system to clean up. */
    private void delete() {
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed)
                        throws IOException {
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException left) {
            return;
        }
    }
}
