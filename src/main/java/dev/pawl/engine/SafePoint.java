package dev.pawl.engine;

import dev.pawl.domain.decide.Snapshot;
import dev.pawl.domain.decide.Why;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.port.Forge;
import dev.pawl.domain.port.Ledger;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.report.Report;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.text.Sentences;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Between a stage's work and its effects: whether people still want the work. Whoever closed
 * it meanwhile found us busy, so that the run is ended here.
 */
final class SafePoint {
    private final Forge forge;
    private final Performer performer;

    SafePoint(Forge forge, Performer performer) {
        this.forge = forge;
        this.performer = performer;
    }

    /**
     * Where a stage of ours stands.
     *
     * @param snapshot the issue as it was read last
     * @param comment the state comment
     * @param state the run
     * @param lease our claim
     */
    record Place(Snapshot snapshot, Optional<Long> comment, RunState state, Ledger.Lease lease) {}

    private static OptionalInt number(Place place) {
        return OptionalInt.of(place.snapshot().issue().number());
    }

    /** The end, where people closed or locked the issue, or it is gone. */
    Optional<Report> unwanted(Place place, Policy policy) {
        OptionalInt number = number(place);
        Optional<Issue> now = forge.issue(number.getAsInt());
        if (now.isEmpty() || now.get().locked()) {
            performer.release(place.lease(), Outcome.NOTHING);
            return Optional.of(
                    Report.of(Outcome.NOTHING, number, Sentences.nothing(now.isEmpty() ? Why.GONE : Why.LOCKED)));
        }
        return now.get().open() ? Optional.empty() : Optional.of(closed(place, policy));
    }

    private Report closed(Place place, Policy policy) {
        RunState ended = place.state().goingOn().in(IssueState.CLOSED_UNRESOLVED);
        performer.perform(
                place.snapshot(), ended, List.of(new Effect.EnsureStateLabel(ended.state())), Optional.empty());
        Performer.Saved saved =
                performer.saveAndRelease(place.comment(), ended, policy, place.lease(), Outcome.ADVANCED);
        return Report.of(
                Outcome.ADVANCED,
                saved.state(),
                "The issue was closed while the stage ran; nothing of the stage was written.");
    }
}
