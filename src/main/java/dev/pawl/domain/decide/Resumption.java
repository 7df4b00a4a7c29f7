package dev.pawl.domain.decide;

import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.state.Waiting.Reason;
import java.time.Instant;
import java.util.Optional;

/** What a paused run waits for once it is resumed: its gate is still closed, its questions are still open. */
final class Resumption {
    private Resumption() {}

    /** The run, waiting as before the pause; empty where it can go on at once. */
    static Optional<RunState> of(RunState paused, Instant now) {
        Optional<StageRecord> due = paused.due();
        if (due.isEmpty()) {
            return Optional.of(waiting(paused, IssueState.WAITING_ON_REVIEW, Reason.REVIEW, now));
        }
        if (due.get().kind() == StageKind.MERGE) {
            return Optional.of(waiting(paused, IssueState.WAITING_ON_REVIEW, Reason.REVIEW, now));
        }
        if (due.get().status() != StageStatus.WAITING) {
            return Optional.empty();
        }
        StageKind kind = due.get().kind();
        if (kind == StageKind.PLAN) {
            return Optional.of(waiting(paused, IssueState.WAITING_ON_HUMAN, Reason.PLAN_APPROVAL, now));
        }
        if (kind == StageKind.CLARIFY) {
            return Optional.of(waiting(paused, IssueState.NEEDS_CLARIFICATION, Reason.ANSWERS, now));
        }
        return Optional.empty();
    }

    private static RunState waiting(RunState state, IssueState in, Reason reason, Instant now) {
        return state.waiting(in, new Waiting(reason, now, Optional.empty(), ""));
    }
}
