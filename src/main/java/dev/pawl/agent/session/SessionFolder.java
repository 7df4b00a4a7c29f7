package dev.pawl.agent.session;

import dev.pawl.domain.model.Hash;
import dev.pawl.domain.policy.AgentSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder with the conversations: below repository, issue and slot two files each, the conversation and what is known
 * of it. Everything in it is readable by its owner only, and belongs to whom the folder belongs to: in a container we are
 * root, and the step that saves the cache isn't.
 */
final class SessionFolder {
    static final String CONVERSATION = "conversation";
    static final String ABOUT = "session.json";

    private static final Logger LOG = LoggerFactory.getLogger(SessionFolder.class);
    private static final int ABOUT_LARGEST = 4 << 10;
    private static final FileAttribute<?> FOLDERS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> FILES =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path root;

    SessionFolder(Path root) {
        this.root = root;
    }

    /** What is kept in a slot. */
    sealed interface Found {
        /** Nothing. */
        record Nothing() implements Found {}

        /** Something that we didn't write, or that was changed since. */
        record Damaged() implements Found {}

        /**
         * A conversation.
         *
         * @param kept what is known of it
         * @param content its text; empty where it was too large to be kept
         */
        record Here(Kept kept, Optional<String> content) implements Found {}
    }

    Found find(Slot slot) {
        Path folder = root;
        for (String name : slot.folders()) {
            folder = folder.resolve(name);
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                return new Found.Nothing();
            }
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                return new Found.Damaged();
            }
        }
        if (!Files.exists(folder.resolve(ABOUT), LinkOption.NOFOLLOW_LINKS)) {
            return new Found.Nothing();
        }
        Path conversation = folder.resolve(CONVERSATION);
        return about(folder, slot.kind()).map(kept -> with(kept, conversation)).orElseGet(Found.Damaged::new);
    }

    /** What is known of the conversation in a slot's folder; empty when it can't be read. */
    static Optional<Kept> about(Path folder, AgentSpec.Kind kind) {
        return PlainFile.read(folder.resolve(ABOUT), ABOUT_LARGEST) instanceof PlainFile.Found.Text(String text)
                ? KeptJson.read(text, kind)
                : Optional.empty();
    }

    private static Found with(Kept kept, Path conversation) {
        if (kept.content().sha256().isEmpty()) {
            return new Found.Here(kept, Optional.empty());
        }
        return PlainFile.read(conversation, Sessions.LARGEST) instanceof PlainFile.Found.Text(String text)
                        && Hash.sha256(text).equals(kept.content().sha256())
                ? new Found.Here(kept, Optional.of(text))
                : new Found.Damaged();
    }

    /** Puts a conversation in the place of the one before; whether that worked. */
    boolean keep(Slot slot, Kept kept, Optional<String> content) {
        try {
            Path folder = folder(slot);
            if (content.isPresent()) {
                write(folder, CONVERSATION, content.get());
            } else {
                Files.deleteIfExists(folder.resolve(CONVERSATION));
            }
            write(folder, ABOUT, KeptJson.write(kept, slot.kind()));
            new Room(root).makeBeside(folder);
            return true;
        } catch (IOException e) {
            LOG.warn("event=session-not-kept reason={}", e.getClass().getSimpleName());
            return false;
        }
    }

    /** Changes what is known of the conversation that is kept. */
    void note(Slot slot, Kept kept) {
        try {
            write(folder(slot), ABOUT, KeptJson.write(kept, slot.kind()));
        } catch (IOException e) {
            LOG.warn("event=session-not-noted reason={}", e.getClass().getSimpleName());
        }
    }

    private Path folder(Slot slot) throws IOException {
        if (!Files.exists(root)) {
            Path parent = root.toAbsolutePath().resolveSibling("").normalize();
            Files.createDirectories(parent);
            made(Files.createDirectory(root, FOLDERS), parent);
        }
        Path folder = root;
        for (String name : slot.folders()) {
            Path parent = folder;
            folder = parent.resolve(name);
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(folder); // a link, or a file
                made(Files.createDirectory(folder, FOLDERS), parent);
            }
        }
        return folder;
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Path beside = folder.resolve(name + ".new");
        Files.deleteIfExists(beside);
        try (var channel =
                Files.newByteChannel(beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILES)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        made(beside, folder);
        try {
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What we made belongs to whom the folder around it belongs to, where we may say so. */
    private static void made(Path file, Path parent) throws IOException {
        var owner = Files.getOwner(parent);
        if (!owner.equals(Files.getOwner(file))) {
            try {
                Files.setOwner(file, owner);
            } catch (IOException e) {
                LOG.debug("event=session-owner-kept");
            }
        }
    }
}
