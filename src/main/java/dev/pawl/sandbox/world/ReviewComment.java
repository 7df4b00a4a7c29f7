package dev.pawl.sandbox.world;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A comment on a line of a pull request's diff.
 *
 * @param review the review it was submitted with
 * @param place where it stands
 * @param inReplyTo the first comment of its thread, unless it is the first
 */
public record ReviewComment(
        long id,
        long review,
        String author,
        String body,
        Place place,
        @Nullable Long inReplyTo,
        Instant createdAt,
        Instant updatedAt) {
    /** A line of a file at a commit, on the side {@code RIGHT} unless it was removed. */
    public record Place(String path, int line, @Nullable Integer startLine, String side, String commit) {}
}
