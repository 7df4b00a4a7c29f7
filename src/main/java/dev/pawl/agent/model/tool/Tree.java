package dev.pawl.agent.model.tool;

import dev.pawl.agent.process.RealPath;
import dev.pawl.agent.process.Within;
import dev.pawl.agent.prompt.VisibleText;
import dev.pawl.domain.model.Untrusted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The work tree, and the only way from a model's path to a file: relative, no part of {@code .git}, and after following
 * every link still inside. A link to a file inside is read through; it is never written through.
 */
final class Tree {
    static final int LARGEST = 2 << 20;
    private static final int LONGEST_PATH = 1000;

    private final Path root;

    Tree(Path root) {
        try {
            this.root = root.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("the work tree can't be read", e);
        }
    }

    Path root() {
        return root;
    }

    /** Where a path leads. */
    sealed interface Place {
        /**
         * Inside.
         *
         * @param path without links, but for those that don't exist yet
         * @param name relative to the root, for people
         */
        record Inside(Path path, String name) implements Place {}

        /**
         * Nowhere that may be seen.
         *
         * @param why for the model
         */
        record Outside(String why) implements Place {}
    }

    /** A text, or why there is none. */
    sealed interface Content {
        record Text(String text) implements Content {}

        record None(String why) implements Content {}
    }

    /** Looks a path up. The last part, and folders before it, need not exist. */
    Place find(String text) {
        Path path;
        try {
            path = Path.of(text.isEmpty() ? "." : text).normalize();
        } catch (InvalidPathException e) {
            return new Place.Outside("this is no path");
        }
        if (path.isAbsolute() || path.startsWith("..") || text.length() > LONGEST_PATH) {
            return new Place.Outside("a path is relative to the root of the work tree, and stays inside it");
        }
        if (ofGit(path)) {
            return new Place.Outside("nothing of .git is shown or changed");
        }
        try {
            Path resolved = RealPath.of(root.resolve(path).normalize());
            if (!resolved.startsWith(root) || ofGit(root.relativize(resolved))) {
                return new Place.Outside("a link on this path leads out of the work tree");
            }
            return new Place.Inside(resolved, path.toString().isEmpty() ? "." : path.toString());
        } catch (IOException e) {
            return new Place.Outside("this path can't be followed");
        }
    }

    static boolean ofGit(Path path) {
        for (Path part : path) {
            if (part.toString().equalsIgnoreCase(".git")) {
                return true;
            }
        }
        return false;
    }

    /** Reads a file that is text of a bounded size. It is looked at before it is opened: a pipe would wait forever. */
    Content read(Path file) {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Content.None("this is a folder; list_files shows what is in it");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Content.None("there is no such file");
        }
        try (SeekableByteChannel channel = Within.open(root, file)) {
            if (channel.size() > LARGEST) {
                return new Content.None("the file has more than " + LARGEST + " bytes");
            }
            var bytes = ByteBuffer.allocate((int) channel.size());
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // until the end, or the size that it had
            }
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
            return text.indexOf('\0') < 0 ? new Content.Text(text) : new Content.None("the file is no text");
        } catch (CharacterCodingException e) {
            return new Content.None("the file is no text in UTF-8");
        } catch (IOException e) {
            return new Content.None("the file can't be read");
        }
    }

    /** Writes a file, and the folders before it; a file that is there keeps its permissions. */
    Optional<String> write(Path file, String text) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of("there is something on this path that is no file");
        }
        for (Path folder = file.getParent(); folder != null && !folder.equals(root); folder = folder.getParent()) {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of("the file can't be written");
            }
        }
        try {
            Within.write(root, file, text.getBytes(StandardCharsets.UTF_8));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("the file can't be written");
        }
    }

    /** What a reader sees of a text. */
    static String visible(String text) {
        return VisibleText.ofPlain(new Untrusted(text)).text();
    }
}
