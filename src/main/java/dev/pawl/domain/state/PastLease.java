package dev.pawl.domain.state;

import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.StageKind;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A lease that was held, as the ledger remembers it: the one witness of a run that nobody can edit by hand.
 *
 * @param commit the ledger's last commit of it
 * @param epoch which claim of the issue it was
 * @param stage what it was claimed for
 * @param since since when it was held
 * @param end how it ended; empty where nobody released it
 */
public record PastLease(Sha commit, long epoch, StageKind stage, Instant since, Optional<End> end) {
    /** The outcome of a lease under which the state was saved and no stage was run. */
    public static final String ANSWERED = "answered";
    /** The outcome of a lease that left the run over. */
    public static final String ENDED = "ended";

    private static final long MOMENT = 2;
    /** Outcomes that were released without a save. */
    private static final Set<String> UNSAVED = Set.of("nothing", "retry-later", "error");

    /**
     * Its release.
     *
     * @param at when
     * @param outcome what came of it
     */
    public record End(Instant at, String outcome) {}

    /** Whether it ended with that outcome. */
    public boolean ended(String... outcomes) {
        return end.filter(e -> Set.of(outcomes).contains(e.outcome())).isPresent();
    }

    /** Whether a state was saved that says that it was released. */
    public boolean saved() {
        return end.filter(e -> !UNSAVED.contains(e.outcome())).isPresent();
    }

    /** Whether the stage was run under it, as far as can be told. */
    public boolean ranStage() {
        return !ended(ANSWERED, "nothing");
    }

    /** Whether something that was written then was written under it. Two machines' clocks may differ by a moment. */
    public boolean covers(Instant time) {
        Instant last = end.map(End::at).orElse(since);
        return !time.isBefore(since.minusSeconds(MOMENT)) && !time.isAfter(last.plusSeconds(MOMENT));
    }
}
