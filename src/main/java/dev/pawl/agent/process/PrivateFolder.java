package dev.pawl.agent.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
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
    private final Object exchange;

    private PrivateFolder(Path folder) throws IOException {
        this.folder = folder;
        this.identity = identity(folder);
        this.exchange = identity(exchange());
    }

    /** Makes one below the scratch folder, which is made where it is missing. */
    public static PrivateFolder in(Path scratch) {
        try {
            Files.createDirectories(scratch);
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Path folder = Files.createTempDirectory(scratch.toRealPath(), "pawl-", ownerOnly);
            Files.createDirectory(folder.resolve("home"));
            Files.createDirectory(folder.resolve("tmp"));
            Files.createDirectory(folder.resolve("exchange"));
            return new PrivateFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("no private folder can be made", e);
        }
    }

    /** A file in it, which need not exist. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** The folder in it that the process may write to, for us to read afterwards. */
    public Path exchange() {
        return file("exchange");
    }

    /** The process's own places. */
    public PassedEnvironment.Place place() {
        return new PassedEnvironment.Place(file("home"), file("tmp"));
    }

    /** Whether it and the folder for exchange are those that were made, and not links or others in their places. */
    public boolean intact() {
        try {
            return identity.equals(identity(folder)) && exchange.equals(identity(exchange()));
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
            Within.remove(folder);
        } catch (IOException e) {
            LOG.warn("event=private-folder-left reason={}", e.getClass().getSimpleName());
        }
    }
}
