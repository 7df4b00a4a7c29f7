package dev.pawl.agent.process;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;

/**
 * Files below a folder that an agent's processes may change at the same moment, while we may be root: each folder is opened from the
 * one above it, and no link is ever followed. What is written belongs to whom the folder belongs to.
 */
public final class Within {
    private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwx------");
    private static final Path ASIDE = Path.of(".pawl-written");

    private Within() {}

    /**
     * Writes a file, and the folders before it. What is there and is neither a folder on the way nor a file at its end goes; a
     * file keeps its permissions.
     *
     * @param root the folder, made where it is missing; nobody else can put another one in its place
     * @param file below it, without links as far as the caller knows
     */
    public static void write(Path root, Path file, byte[] content) throws IOException {
        Path way = root.relativize(file);
        Files.createDirectories(root);
        try (SecureDirectoryStream<Path> top = secure(root)) {
            write(new Place(top, root), way, content);
        }
    }

    /** An open folder, and its path. */
    private record Place(SecureDirectoryStream<Path> folder, Path path) {}

    private static void write(Place place, Path way, byte[] content) throws IOException {
        Path name = way.getName(0);
        if (way.getNameCount() > 1) {
            if (look(place.folder(), name)
                    .filter(PosixFileAttributes::isDirectory)
                    .isEmpty()) {
                remove(place.folder(), name);
                // There is no way to make a folder from an open one: should the path lead elsewhere by now, the next
                // line says so.
                Files.createDirectory(place.path().resolve(name));
                inherit(place.folder(), name);
            }
            try (SecureDirectoryStream<Path> next =
                    place.folder().newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                write(new Place(next, place.path().resolve(name)), way.subpath(1, way.getNameCount()), content);
            }
            return;
        }
        Optional<PosixFileAttributes> before = look(place.folder(), name);
        if (before.filter(PosixFileAttributes::isRegularFile).isEmpty()) {
            remove(place.folder(), name);
        }
        remove(place.folder(), ASIDE);
        try (SeekableByteChannel channel =
                place.folder().newByteChannel(ASIDE, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        inherit(place.folder(), ASIDE);
        if (before.filter(PosixFileAttributes::isRegularFile).isPresent()) {
            view(place.folder(), ASIDE).setPermissions(before.get().permissions());
        }
        place.folder().move(ASIDE, place.folder(), name);
    }

    /**
     * Opens a file to read it. Whether it is a regular one was looked at from its own folder.
     *
     * @throws FileNotFoundException where there is a link on the way, or no regular file at its end
     */
    public static SeekableByteChannel open(Path root, Path file) throws IOException {
        try (SecureDirectoryStream<Path> top = secure(root)) {
            return open(top, root.relativize(file));
        }
    }

    private static SeekableByteChannel open(SecureDirectoryStream<Path> folder, Path way) throws IOException {
        Path name = way.getName(0);
        if (way.getNameCount() > 1) {
            try (SecureDirectoryStream<Path> next = folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                return open(next, way.subpath(1, way.getNameCount()));
            }
        }
        if (look(folder, name).filter(PosixFileAttributes::isRegularFile).isEmpty()) {
            throw new FileNotFoundException(name.toString());
        }
        return folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /**
     * Removes a folder of ours with all that is in it. Links are removed, not followed; folders closed to us are opened first.
     */
    public static void remove(Path folder) throws IOException {
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid"));
        try (SecureDirectoryStream<Path> top = secure(folder)) {
            empty(new Place(top, folder), root);
        }
        Files.delete(folder);
    }

    private static void empty(Place place, boolean root) throws IOException {
        var names = new ArrayList<Path>();
        place.folder().forEach(path -> names.add(path.getFileName()));
        for (Path name : names) {
            Optional<PosixFileAttributes> found = look(place.folder(), name).filter(PosixFileAttributes::isDirectory);
            if (found.isEmpty()) {
                remove(place.folder(), name);
                continue;
            }
            Path path = place.path().resolve(name);
            // Root needs no permission; who isn't can do nothing by a path here that whose folder it is couldn't.
            if (!root && !found.get().permissions().containsAll(OPEN)) {
                Files.setPosixFilePermissions(path, OPEN);
            }
            try (SecureDirectoryStream<Path> next =
                    place.folder().newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                empty(new Place(next, path), root);
            }
            place.folder().deleteDirectory(name);
        }
    }

    private static Optional<PosixFileAttributes> look(SecureDirectoryStream<Path> folder, Path name)
            throws IOException {
        try {
            return Optional.of(view(folder, name).readAttributes());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void remove(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        try {
            folder.deleteFile(name);
        } catch (NoSuchFileException e) {
            return; // as wanted
        }
    }

    private static void inherit(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        PosixFileAttributes around =
                folder.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
        PosixFileAttributeView made = view(folder, name);
        if (!made.readAttributes().owner().equals(around.owner())) {
            made.setGroup(around.group());
            made.setOwner(around.owner());
        }
    }

    private static PosixFileAttributeView view(SecureDirectoryStream<Path> folder, Path name) {
        return folder.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    @SuppressWarnings("StreamResourceLeak") // whoever asks closes it
    private static SecureDirectoryStream<Path> secure(Path root) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(root);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        throw new IOException("this system can't read folders without following links");
    }
}
