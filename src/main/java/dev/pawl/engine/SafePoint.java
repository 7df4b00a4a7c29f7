package dev.pawl.engine;

import dev.pawl.domain.decide.Why;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.port.Forge;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.report.Report;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.text.Sentences;
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

    /** The end, where people closed or locked the issue, or it is gone. */
    Optional<Report> unwanted(Performer.Place place, Policy policy) {
        OptionalInt number = OptionalInt.of(place.issue());
        Optional<Issue> now = forge.issue(number.getAsInt());
        if (now.isEmpty() || now.get().locked()) {
            performer.release(place.lease(), Outcome.NOTHING);
            return Optional.of(
                    Report.of(Outcome.NOTHING, number, Sentences.nothing(now.isEmpty() ? Why.GONE : Why.LOCKED)));
        }
        return now.get().open() ? Optional.empty() : Optional.of(closed(place, policy));
    }

    private Report closed(Performer.Place place, Policy policy) {
        RunState ended = place.state().goingOn().in(IssueState.CLOSED_UNRESOLVED);
        Performer.Saved saved = performer.saveAndRelease(
                new Performer.Place(place.snapshot(), place.comment(), ended, place.lease()), policy, Outcome.ADVANCED);
        return Report.of(
                Outcome.ADVANCED,
                saved.state(),
                "The issue was closed while the stage ran; nothing of the stage was written.");
    }
}
