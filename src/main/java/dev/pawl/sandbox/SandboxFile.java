package dev.pawl.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.FileMode;

/**
 * A file that a new repository begins with.
 *
 * @param path its place, with slashes
 * @param kind what it is
 * @param content its bytes, asked for once; a link's are the path it leads to
 */
public record SandboxFile(String path, Kind kind, Supplier<byte[]> content) {
    /** What git knows of a file besides its content. */
    public enum Kind {
        /** Only content. */
        REGULAR,
        /** A program. */
        EXECUTABLE,
        /** A symbolic link. */
        LINK;

        FileMode mode() {
            return switch (this) {
                case REGULAR -> FileMode.REGULAR_FILE;
                case EXECUTABLE -> FileMode.EXECUTABLE_FILE;
                case LINK -> FileMode.SYMLINK;
            };
        }
    }

    /** A file of text. */
    public static SandboxFile of(String path, String text) {
        return new SandboxFile(path, Kind.REGULAR, () -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** A program of text, such as a script. */
    public static SandboxFile executable(String path, String text) {
        return new SandboxFile(path, Kind.EXECUTABLE, () -> text.getBytes(StandardCharsets.UTF_8));
    }
}
