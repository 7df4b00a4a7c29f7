package dev.pawl.scenario;

import dev.pawl.git.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** A folder for a test that other users can pass through, as they can through a runner's: a temporary one of JUnit's is closed. */
final class OpenFolder {
    private OpenFolder() {}

    static Path create() throws IOException {
        Path folder = Files.createTempDirectory("pawl-sec");
        open(folder, "rwxr-xr-x");
        return folder;
    }

    static void open(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    /** Gives it and all that is in it to a user. */
    static void give(Path folder, int uid) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.setAttribute(file, "unix:uid", uid);
            }
        }
    }

    static void remove(Path folder) throws IOException {
        Folders.remove(folder);
    }
}
