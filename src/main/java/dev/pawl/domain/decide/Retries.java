package dev.pawl.domain.decide;

import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import java.util.ArrayList;
import java.util.List;

/** A run that is taken back to one of its stages. */
final class Retries {
    private Retries() {}

    /** The run with that stage and all after it due again, and with the counter that stopped it forgiven. */
    static RunState from(RunState state, StageKind stage) {
        List<StageRecord> stages = new ArrayList<>();
        boolean again = false;
        for (StageRecord record : state.stages()) {
            again = record.kind() == stage || (again && !stage.revises());
            stages.add(again ? record.as(StageStatus.PENDING) : record);
        }
        RunState next = state.with(stages).change(stage, StageRecord::forgiven);
        Waiting.Reason reason = state.waiting().map(Waiting::reason).orElse(Waiting.Reason.ATTEMPTS);
        var spending = state.spending().progressed();
        RunState lifted =
                switch (reason) {
                    case RUNS, HOURLY, NO_PROGRESS -> next.with(spending.startsForgiven());
                    case COST -> next.with(spending.costForgiven());
                    case ROUNDS -> next.with(spending).with(next.after().forgiven());
                    case CONFLICT -> next.with(spending).with(next.after().fitting());
                    case BRANCH_MOVED ->
                        next.with(spending)
                                .with(
                                        isGone(state)
                                                ? state.work().lost()
                                                : state.work().anywhere());
                    case ACCESS ->
                        next.with(spending)
                                .with(
                                        state.work().pull().isPresent()
                                                ? state.work()
                                                : state.work().ontoAny());
                    case PLAN_APPROVAL,
                            ANSWERS,
                            REVIEW,
                            MERGE,
                            CHECKS,
                            WORKFLOW,
                            ATTEMPTS,
                            DAILY,
                            CONCURRENT,
                            PROVIDER,
                            DEPENDENCY,
                            BLOCKED,
                            DUPLICATE,
                            OUT_OF_SCOPE,
                            ALREADY_IN_PROGRESS,
                            QUESTIONS,
                            DOCUMENT_CHANGED,
                            TEXT_CHANGED,
                            PAUSED -> next.with(spending);
                };
        return lifted.goingOn();
    }

    /** The stage to go back to for one that is to be tried again: where the work itself is gone, the one that does it. */
    static StageKind back(RunState state, StageKind stage) {
        return isGone(state)
                ? state.stages().stream()
                        .map(StageRecord::kind)
                        .takeWhile(kind -> kind != stage)
                        .filter(StageKind::changesFiles)
                        .findFirst()
                        .orElse(stage)
                : stage;
    }

    private static boolean isGone(RunState state) {
        return state.waiting().filter(Waiting::isBranchGone).isPresent();
    }

    /** Whether a person may go past a stage: not past the ones that everything after them needs. */
    static boolean skippable(StageKind stage) {
        return switch (stage) {
            case CLARIFY, PLAN, VALIDATE, REVIEW, SPECIFY, LEARN, SUMMARIZE -> true;
            case TRIAGE,
                    IMPLEMENT,
                    OPEN_PR,
                    RESEARCH,
                    COMMENT_ISSUE,
                    DECOMPOSE,
                    ADDRESS_REVIEW,
                    FIX_CI,
                    UPDATE_BRANCH,
                    MERGE -> false;
        };
    }
}
