package dev.pawl.agent.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes folders of ours the agents' user's own: the one that a command works in, its home, its temporary folder and the one for
 * its result. The folders around them stay ours; the user may pass through them and not look around. A folder is lent once,
 * before anybody else was in it: later it may hold names of files that were never ours to give away.
 */
final class Lending {
    private static final int PASSAGE = 0710;
    private static final int READABLE = 0640;

    private final AgentUser user;
    private final Supplier<Path> scratch;

    Lending(AgentUser user, Supplier<Path> scratch) {
        this.user = user;
        this.scratch = scratch;
    }

    synchronized void lend(Command command) {
        try {
            Path root = scratch.get().toRealPath();
            var environment = command.environment();
            Stream<Optional<Path>> places = Stream.of(
                    Optional.of(command.folder()),
                    Optional.ofNullable(environment.get("HOME")).map(Path::of),
                    Optional.ofNullable(environment.get("TMPDIR")).map(Path::of),
                    Optional.ofNullable(environment.get("PAWL_RESULT"))
                            .map(Path::of)
                            .map(Path::getParent));
            for (Path place : places.flatMap(Optional::stream).toList()) {
                if (Files.isDirectory(place)) {
                    lend(place.toRealPath(), root);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a folder can't be lent to an agent", e);
        }
    }

    private void lend(Path folder, Path root) throws IOException {
        if (!folder.startsWith(root) || folder.equals(root)) {
            return; // not ours to give away
        }
        for (Path above = folder.getParent(); above != null && above.startsWith(root); above = above.getParent()) {
            if (isLent(above)) {
                return; // with all that is in it
            }
            open(above, above.equals(root));
        }
        if (!isLent(folder)) {
            Files.walkFileTree(folder, new Gift());
        }
    }

    /** The user can't give anything away: what is its own was lent, and what is ours wasn't. */
    private boolean isLent(Path folder) throws IOException {
        return Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS) instanceof Integer uid
                && Integer.toUnsignedLong(uid) == user.uid();
    }

    /** What lies in it as a file, such as the request, is to be read. */
    private void open(Path folder, boolean root) throws IOException {
        set(folder, "unix:gid", user.gid());
        Files.setAttribute(folder, "unix:mode", PASSAGE, LinkOption.NOFOLLOW_LINKS);
        if (root) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    set(file, "unix:gid", user.gid());
                    Files.setAttribute(file, "unix:mode", READABLE);
                }
            }
        }
    }

    private static void set(Path path, String attribute, long number) throws IOException {
        Files.setAttribute(path, attribute, (int) number, LinkOption.NOFOLLOW_LINKS);
    }

    private final class Gift extends SimpleFileVisitor<Path> {
        private static final List<String> OWNERS = List.of("unix:gid", "unix:uid");

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            // A file with two names may be somebody else's, too.
            if (Objects.equals(Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS), 1)) {
                give(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            give(folder);
            return FileVisitResult.CONTINUE;
        }

        private void give(Path path) throws IOException {
            for (String owner : OWNERS) {
                set(path, owner, owner.endsWith("uid") ? user.uid() : user.gid());
            }
        }
    }
}
