package dev.pawl.agent.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** A file of text that somebody else may have put there: looked at before it is opened, never through a link. */
public final class PlainFile {
    private PlainFile() {}

    /** What was found. */
    public sealed interface Found {
        /** No such file. */
        record Nothing() implements Found {}

        /** Something that isn't read: no regular file, or no text. */
        record Odd() implements Found {}

        /**
         * More than may be read.
         *
         * @param bytes its size
         */
        record TooLarge(long bytes) implements Found {}

        /**
         * A text.
         *
         * @param text the whole of it
         */
        record Text(String text) implements Found {}
    }

    /** Reads a file of at most so many bytes. */
    public static Found read(Path file, int most) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return new Found.Nothing();
        }
        if (!attributes.isRegularFile()) {
            return new Found.Odd();
        }
        if (attributes.size() > most) {
            return new Found.TooLarge(attributes.size());
        }
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            var bytes = ByteBuffer.allocate((int) attributes.size());
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // until the end, or what it was long before
            }
            return new Found.Text(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (IOException e) {
            return new Found.Odd();
        }
    }
}
