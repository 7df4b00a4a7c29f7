package dev.pawl.domain.state;

import dev.pawl.domain.model.Sha;
import java.time.Instant;
import java.util.Optional;

/**
 * What a run remembers of its open pull request.
 *
 * @param wish the head that a person asked by command to have merged
 * @param heard when the newest was said of what reviewers were answered
 * @param rounds how often reviewers were answered, since a person last lifted that limit
 * @param conflicts how often it conflicted with its base in a row, since it last fitted or a person lifted that limit
 */
public record AfterPull(Optional<Sha> wish, Optional<Instant> heard, int rounds, int conflicts) {
    /** Nothing yet. */
    public static final AfterPull NONE = new AfterPull(Optional.empty(), Optional.empty(), 0, 0);

    public AfterPull {
        if (rounds < 0 || conflicts < 0) {
            throw new IllegalArgumentException("rounds are not negative");
        }
    }

    /** One that never conflicted with its base. */
    public AfterPull(Optional<Sha> wish, Optional<Instant> heard, int rounds) {
        this(wish, heard, rounds, 0);
    }

    /** With the merge of that head asked for. */
    public AfterPull wishing(Sha head) {
        return new AfterPull(Optional.of(head), heard, rounds, conflicts);
    }

    /** With reviewers answered once more: all that was said until then. */
    public AfterPull answering(Instant newest) {
        return new AfterPull(wish, Optional.of(newest), rounds + 1, conflicts);
    }

    /** With the count of rounds forgiven. */
    public AfterPull forgiven() {
        return new AfterPull(wish, heard, 0, conflicts);
    }

    /** With one more conflict with its base. */
    public AfterPull conflicting() {
        return new AfterPull(wish, heard, rounds, conflicts + 1);
    }

    /** With the count of conflicts begun anew. */
    public AfterPull fitting() {
        return new AfterPull(wish, heard, rounds, 0);
    }
}
