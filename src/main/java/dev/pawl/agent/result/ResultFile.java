package dev.pawl.agent.result;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** The file that an agent was told to write. It is looked at before it is opened: opening a FIFO would wait forever. */
public final class ResultFile {
    /** The largest result that is read, in bytes. */
    public static final int LARGEST = 1 << 20;

    private ResultFile() {}

    /** What was found there. */
    public sealed interface Content {
        /** Nothing. */
        record Absent() implements Content {}

        /**
         * Something that isn't read.
         *
         * @param why in our words
         */
        record Refused(String why) implements Content {}

        /**
         * Text.
         *
         * @param text the whole of it
         */
        record Text(String text) implements Content {}
    }

    /** Reads the file. The processes that could write it are gone by now. */
    public static Content read(Path file) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return new Content.Absent();
        }
        if (!attributes.isRegularFile()) {
            return new Content.Refused("expected a regular file");
        }
        if (attributes.size() > LARGEST) {
            return tooLarge();
        }
        if (hasMoreNames(file)) {
            return new Content.Refused("expected a file with one name");
        }
        try {
            var bytes = ByteBuffer.allocate(LARGEST + 1);
            try (SeekableByteChannel channel =
                    Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
                while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                    // until the end, or the limit
                }
            }
            if (!bytes.hasRemaining()) {
                return tooLarge();
            }
            return new Content.Text(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return new Content.Refused("expected UTF-8");
        } catch (IOException e) {
            return new Content.Refused("expected a file that can be read");
        }
    }

    /** A second name for somebody else's file: we may be able to read what its writer isn't. */
    private static boolean hasMoreNames(Path file) {
        try {
            return Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) instanceof Integer names
                    && names > 1;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false; // this system doesn't count them
        }
    }

    private static Content tooLarge() {
        return new Content.Refused("expected at most " + LARGEST + " bytes");
    }
}
