package dev.pawl.agent.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Where a path leads once its links are followed. */
public final class RealPath {
    private RealPath() {}

    /** Follows the links of what exists; what doesn't exist below it has none. */
    public static Path of(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return path.toRealPath();
        }
        Path parent = Optional.ofNullable(path.getParent()).orElseThrow(() -> new IOException("no parent"));
        return of(parent).resolve(path.getFileName());
    }
}
