package dev.pawl.domain.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A review that somebody submitted. One that is still being written is nobody's business.
 *
 * @param id the forge's id; grows with time
 * @param author who gave it
 * @param verdict what it says
 * @param commit the head that it looked at; empty when that commit is gone
 * @param submitted when it was given
 * @param body what it says in words; often nothing
 * @param key which review of ours it is; empty for other people's
 */
public record Review(
        long id,
        Actor author,
        Verdict verdict,
        Optional<Sha> commit,
        Instant submitted,
        Untrusted body,
        Optional<String> key) {
    /** One of other people. */
    public Review(long id, Actor author, Verdict verdict, Optional<Sha> commit, Instant submitted, Untrusted body) {
        this(id, author, verdict, commit, submitted, body, Optional.empty());
    }

    /** What a review says. */
    public enum Verdict {
        APPROVED,
        CHANGES_REQUESTED,
        COMMENTED,
        /** It was an approval or a request once, and was taken back. */
        DISMISSED
    }

    /** Whether it looked at that commit. */
    public boolean of(Sha head) {
        return commit.equals(Optional.of(head));
    }
}
