package dev.pawl.domain.report;

import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an invocation did, for outputs and the step summary.
 *
 * @param outcome how it ended
 * @param issue the issue that it looked at
 * @param stage the stage that it ran
 * @param state the run as it left it
 * @param reason one sentence in our own words
 * @param cost what this invocation's agent cost
 * @param saved whether it saved the run's state
 */
public record Report(
        Outcome outcome,
        OptionalInt issue,
        Optional<StageKind> stage,
        Optional<RunState> state,
        String reason,
        Usd cost,
        boolean saved) {
    /** An invocation that ran no stage. */
    public static Report of(Outcome outcome, OptionalInt issue, String reason) {
        return new Report(outcome, issue, Optional.empty(), Optional.empty(), reason, Usd.ZERO, false);
    }

    /** An invocation that ran no stage, of an issue whose run is known. */
    public static Report of(Outcome outcome, RunState state, String reason) {
        return new Report(
                outcome,
                OptionalInt.of(state.id().issue()),
                Optional.empty(),
                Optional.of(state),
                reason,
                Usd.ZERO,
                false);
    }

    /** The same, of an invocation that saved the run's state before. */
    public Report saving() {
        return new Report(outcome, issue, stage, state, reason, cost, true);
    }

    /** The stage that is due next; empty where the run waits or is over. */
    public Optional<StageKind> next() {
        return state.filter(s -> !s.state().ended()).flatMap(RunState::due).map(StageRecord::kind);
    }
}
