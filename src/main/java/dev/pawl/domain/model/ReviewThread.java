package dev.pawl.domain.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A conversation on a line of a pull request's diff.
 *
 * @param id the forge's name for it; opaque
 * @param resolved whether somebody resolved it
 * @param outdated whether the lines that it is about changed since
 * @param path the file
 * @param line the line in the head's file; empty when it is about the whole file, or outdated
 * @param remarks what was said, oldest first; at least one
 */
public record ReviewThread(
        String id, boolean resolved, boolean outdated, String path, OptionalInt line, List<Remark> remarks) {
    public ReviewThread {
        if (remarks.isEmpty()) {
            throw new IllegalArgumentException("a thread begins with a remark");
        }
        remarks = List.copyOf(remarks);
    }

    /** What it began with. Replies go to this one (docs.github.com, "Create a reply for a review comment"). */
    public Remark first() {
        return remarks.getFirst();
    }

    /** What was said last. */
    public Remark last() {
        return remarks.getLast();
    }

    /** Whether we answered under that key. */
    public boolean answered(String key) {
        return remarks.stream().anyMatch(remark -> remark.key().equals(Optional.of(key)));
    }

    /**
     * A comment in it.
     *
     * @param id the forge's id; grows with time
     * @param author who wrote it
     * @param body what it says
     * @param created when it was written
     * @param edited when it was last changed; equals {@code created} when it never was
     * @param key of a reply of ours, the key that it was written under; empty for everybody else's
     */
    public record Remark(
            long id, Actor author, Untrusted body, Instant created, Instant edited, Optional<String> key) {}
}
