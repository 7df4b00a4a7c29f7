package dev.pawl.domain.decide;

import dev.pawl.domain.model.Check;
import dev.pawl.domain.model.CiRun;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Work that one of the repository's own workflows validates: what became of its run. */
record OwnWorkflow(Snapshot snapshot, Instant now) {
    /** How long a workflow that was asked for may take to show. */
    private static final Duration SHOWS_WITHIN = Duration.ofMinutes(10);

    /** Whether the run waits for such a workflow. */
    static boolean concerns(Waiting waiting) {
        return waiting.reason() == Waiting.Reason.WORKFLOW;
    }

    /** Goes on once it has ended, or asks for it again where it never began. */
    Decision still(RunState state, Waiting waiting, Commands.StartDue starts) {
        Optional<Optional<CiRun>> asked = snapshot.known().run();
        if (asked.isEmpty()) {
            return new Decision.Ask.Validated(state);
        }
        Optional<CiRun> run = asked.get();
        if (run.isPresent()) {
            return run.get().result() == Check.Result.PENDING
                    ? new Decision.Wait(state, waiting)
                    : starts.start(state.goingOn(), OptionalLong.empty());
        }
        return now.isAfter(waiting.since().plus(SHOWS_WITHIN))
                ? again(state, starts)
                : new Decision.Wait(state, waiting);
    }

    /** It counts as cut short: what never runs is asked for as often as the stage may be tried. */
    private static Decision again(RunState state, Commands.StartDue starts) {
        return starts.start(
                state.goingOn().change(StageKind.VALIDATE, s -> s.as(StageStatus.RUNNING)), OptionalLong.empty());
    }
}
