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
 * @param repairs what was done about failing checks
 */
public record AfterPull(Optional<Sha> wish, Optional<Instant> heard, int rounds, int conflicts, Repairs repairs) {
    /** Nothing yet. */
    public static final AfterPull NONE = new AfterPull(Optional.empty(), Optional.empty(), 0, 0, Repairs.NONE);

    public AfterPull {
        if (rounds < 0 || conflicts < 0) {
            throw new IllegalArgumentException("rounds are not negative");
        }
    }

    /**
     * What was done about failing checks.
     *
     * @param looked the head and its failures that an agent left as they are, as one key
     * @param rerun the head whose failures were run again, abbreviated
     * @param rounds how often an agent repaired them, since somebody else pushed or lifted that limit
     */
    public record Repairs(Optional<String> looked, Optional<String> rerun, int rounds) {
        /** Nothing yet. */
        public static final Repairs NONE = new Repairs(Optional.empty(), Optional.empty(), 0);

        public Repairs {
            if (rounds < 0) {
                throw new IllegalArgumentException("rounds are not negative");
            }
        }
    }

    /** With the merge of that head asked for. */
    public AfterPull wishing(Sha head) {
        return new AfterPull(Optional.of(head), heard, rounds, conflicts, repairs);
    }

    /** With reviewers answered once more: all that was said until then. */
    public AfterPull answering(Instant newest) {
        return new AfterPull(wish, Optional.of(newest), rounds + 1, conflicts, repairs);
    }

    /** With the count of rounds forgiven. */
    public AfterPull forgiven() {
        return new AfterPull(wish, heard, 0, conflicts, repairs);
    }

    /** With one more conflict with its base. */
    public AfterPull conflicting() {
        return new AfterPull(wish, heard, rounds, conflicts + 1, repairs);
    }

    /** With the count of conflicts begun anew. */
    public AfterPull fitting() {
        return new AfterPull(wish, heard, rounds, 0, repairs);
    }

    /** With what failed on that head run again. */
    public AfterPull rerunning(String head) {
        return with(new Repairs(repairs.looked(), Optional.of(head), repairs.rounds()));
    }

    /** With failing checks repaired once more. */
    public AfterPull repairing() {
        return with(new Repairs(repairs.looked(), repairs.rerun(), repairs.rounds() + 1));
    }

    /** With these failures of a head left as they are by an agent. */
    public AfterPull lookedAt(String key) {
        return with(new Repairs(Optional.of(key), repairs.rerun(), repairs.rounds()));
    }

    /** With what was done about failing checks forgiven. */
    public AfterPull repaired() {
        return with(Repairs.NONE);
    }

    private AfterPull with(Repairs others) {
        return new AfterPull(wish, heard, rounds, conflicts, others);
    }
}
