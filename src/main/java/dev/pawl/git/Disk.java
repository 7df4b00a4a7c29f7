package dev.pawl.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A folder that an agent wrote, read without following a link anywhere: each folder is opened from the one above it, each file
 * from its folder.
 */
final class Disk {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final Path root;

    Disk(Path root) {
        this.root = root;
    }

    /** The root, opened. */
    @SuppressWarnings("StreamResourceLeak") // the caller closes it
    SecureDirectoryStream<Path> open() throws IOException {
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("the work tree isn't a folder");
        }
        return secure(Files.newDirectoryStream(root));
    }

    /** A folder in a folder, opened. */
    static SecureDirectoryStream<Path> open(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        return secure(folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
    }

    /** Names in a folder, sorted, so that the same tree always gives the same answer. */
    static List<Path> names(SecureDirectoryStream<Path> folder) {
        List<Path> names = new ArrayList<>();
        folder.forEach(path -> names.add(path.getFileName()));
        names.sort(null);
        return names;
    }

    /** What the name is; of a link, the link itself. */
    static PosixFileAttributes look(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        return folder.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    /** A regular file's content. The caller has looked, and knows that it is one. */
    static InputStream read(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        return Channels.newInputStream(folder.newByteChannel(name, READ));
    }

    /** Does something in the folder that holds the path. */
    <T> T in(String path, Visit<T> visit) throws IOException {
        try (SecureDirectoryStream<Path> top = open()) {
            return in(top, Path.of(path), visit);
        }
    }

    private static <T> T in(SecureDirectoryStream<Path> folder, Path rest, Visit<T> visit) throws IOException {
        if (rest.getNameCount() == 1) {
            return visit.at(folder, rest);
        }
        try (SecureDirectoryStream<Path> next = open(folder, rest.getName(0))) {
            return in(next, rest.subpath(1, rest.getNameCount()), visit);
        }
    }

    /** Where a link points. Read by its path: at worst the text of another link, which nobody follows. */
    String target(String path) throws IOException {
        return Files.readSymbolicLink(root.resolve(path)).toString();
    }

    /** How many names the file has on the disk. */
    int names(String path) throws IOException {
        Object count = Files.getAttribute(root.resolve(path), "unix:nlink", LinkOption.NOFOLLOW_LINKS);
        return count instanceof Integer number ? number : 1;
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        throw new IOException("this system can't read folders without following links");
    }

    /** Something to do with a name in a folder. */
    interface Visit<T> {
        T at(SecureDirectoryStream<Path> folder, Path name) throws IOException;
    }
}
