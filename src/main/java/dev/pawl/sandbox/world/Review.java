package dev.pawl.sandbox.world;

import java.time.Instant;

/** A submitted review of a pull request's head commit. */
public record Review(long id, String author, Verdict verdict, String body, String commit, Instant submittedAt) {
    /** What it says; the names are the REST field {@code state}. */
    public enum Verdict {
        /** May be merged. */
        APPROVED,
        /** Must change. */
        CHANGES_REQUESTED,
        /** Only words. */
        COMMENTED,
        /** Taken back by a maintainer. */
        DISMISSED
    }

    /** The same review, taken back. */
    public Review dismissed() {
        return new Review(id, author, Verdict.DISMISSED, body, commit, submittedAt);
    }
}
