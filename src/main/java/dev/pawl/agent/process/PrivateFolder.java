package dev.pawl.agent.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that lives as long as one process: its home, its temporary files, and what we exchange with it. Readable by
 * its owner only.
 */
public final class PrivateFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateFolder.class);

    private final Path folder;
    private final Object identity;

    private PrivateFolder(Path folder) throws IOException {
        this.folder = folder;
        this.identity = identity(folder);
    }

    /** Makes one below the scratch folder, which is made where it is missing. */
    public static PrivateFolder in(Path scratch) {
        try {
            Files.createDirectories(scratch);
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Path folder = Files.createTempDirectory(scratch.toRealPath(), "pawl-", ownerOnly);
            Files.createDirectory(folder.resolve("home"));
            Files.createDirectory(folder.resolve("tmp"));
            return new PrivateFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("no private folder can be made", e);
        }
    }

    /** A file in it, which need not exist. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** The process's own places. */
    public PassedEnvironment.Place place() {
        return new PassedEnvironment.Place(file("home"), file("tmp"));
    }

    /** Whether it is still the folder that was made, and not a link or another one in its place. */
    public boolean intact() {
        try {
            return identity.equals(identity(folder));
        } catch (IOException e) {
            return false;
        }
    }

    private static Object identity(Path folder) throws IOException {
        var attributes = Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Object key = attributes.fileKey();
        return key == null ? attributes.creationTime() : key;
    }

    /** Deletes it. Links are deleted, not followed; what can't be deleted is left and logged. */
    @Override
    public void close() {
        try {
            Files.walkFileTree(folder, new Deletion());
        } catch (IOException e) {
            LOG.warn("event=private-folder-left reason={}", e.getClass().getSimpleName());
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            // A process may have closed a folder of its own against us.
            var unused = dir.toFile().setWritable(true, true) && dir.toFile().setExecutable(true, true);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.toFile().setReadable(true, true) && Files.isDirectory(file)) {
                Files.walkFileTree(file, new Deletion());
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
        }
    }
}
