package dev.pawl.agent.session;

import dev.pawl.domain.policy.AgentSpec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The room that all conversations take together. The ones that were kept longest ago go first. What isn't named as ours
 * is neither counted nor touched: the folder may be somebody's own.
 *
 * @param root the folder
 */
record Room(Path root) {
    static final long MOST_BYTES = 64L << 20;
    static final int MOST = 200;
    private static final int MOST_LOOKED_AT = 10_000;

    /** A slot's folder, its size, and when it was kept. */
    private record Taken(Path folder, long bytes, Instant at) {}

    /** Removes the oldest ones until there is room, but never that one. */
    void makeBeside(Path newest) throws IOException {
        var slots = new ArrayList<Taken>();
        for (Path repository : folders(root, 0)) {
            for (Path issue : folders(repository, 1)) {
                for (Path slot : folders(issue, 2)) {
                    slots.add(taken(slot));
                }
            }
        }
        slots.sort(Comparator.comparing(Taken::at));
        long bytes = slots.stream().mapToLong(Taken::bytes).sum();
        int count = slots.size();
        for (Taken slot : slots) {
            if (bytes <= MOST_BYTES && count <= MOST) {
                return;
            }
            if (!slot.folder().equals(newest)) {
                remove(slot.folder());
                bytes -= slot.bytes();
                count--;
            }
        }
    }

    private static List<Path> folders(Path parent, int depth) throws IOException {
        var found = new ArrayList<Path>();
        int looked = 0;
        try (DirectoryStream<Path> children = Files.newDirectoryStream(parent)) {
            for (Path child : children) {
                if (++looked > MOST_LOOKED_AT) {
                    break;
                }
                boolean ours = Slot.ours(depth, String.valueOf(child.getFileName()))
                        && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
                if (ours) {
                    found.add(child);
                }
            }
        }
        return found;
    }

    /** What can't be read is as old as can be. */
    private static Taken taken(Path slot) {
        String name = String.valueOf(slot.getFileName());
        Instant at = AgentSpec.Kind.parse(name.substring(name.lastIndexOf('.') + 1))
                .flatMap(kind -> SessionFolder.about(slot, kind))
                .map(Kept::at)
                .orElse(Instant.EPOCH);
        return new Taken(slot, size(slot.resolve(SessionFolder.CONVERSATION)), at);
    }

    private static long size(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .size();
        } catch (IOException e) {
            return 0;
        }
    }

    private static void remove(Path slot) throws IOException {
        for (String name : List.of(SessionFolder.ABOUT, SessionFolder.CONVERSATION)) {
            Files.deleteIfExists(slot.resolve(name));
            Files.deleteIfExists(slot.resolve(name + ".new"));
        }
        try {
            Files.deleteIfExists(slot);
        } catch (IOException e) {
            return; // something of somebody else's is in it
        }
    }
}
