package dev.pawl.domain.decide;

import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.PastLease;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/**
 * How often stages of a run failed, as the ledger tells it. It doesn't tell what a person forgave: that counts again, so
 * that losing a state never gives anything back.
 *
 * @param ran the leases under which a stage was run, newest first
 * @param sentBack whether the newest of them sent the work back to implement
 */
record Failings(List<PastLease> ran, boolean sentBack) {
    /** The run with its failures counted. */
    RunState in(RunState state) {
        Optional<StageKind> due = state.due().map(StageRecord::kind);
        RunState counted = due.isPresent()
                ? state.change(due.get(), s -> failed(s, FailureKind.AGENT_RESULT, inARow(s.kind())))
                : state;
        return counted.change(
                StageKind.IMPLEMENT,
                s -> failed(
                        failed(s, FailureKind.VALIDATION, backs(StageKind.VALIDATE)),
                        FailureKind.REVIEW_FINDINGS,
                        backs(StageKind.REVIEW)));
    }

    private static StageRecord failed(StageRecord stage, FailureKind kind, int times) {
        if (times == 0) {
            return stage;
        }
        var all = new EnumMap<FailureKind, Integer>(FailureKind.class);
        all.putAll(stage.failures());
        all.put(kind, times);
        return new StageRecord(
                stage.kind(),
                stage.status(),
                stage.attempts(),
                all,
                stage.status().passed() ? Optional.empty() : Optional.of(kind),
                stage.result(),
                stage.seconds(),
                stage.cost(),
                stage.tokens());
    }

    /** How often an agent's stage failed in a row; what stopped it counts, for it may have been a failure. */
    private int inARow(StageKind due) {
        return due.usesAgent()
                ? (int) ran.stream()
                        .takeWhile(l -> l.stage() == due && !l.ended("advanced", "waiting"))
                        .filter(Failings::failed)
                        .count()
                : 0;
    }

    private static boolean failed(PastLease lease) {
        return lease.ended("failed", "blocked");
    }

    /** How often that stage sent the work back: then it was worked on again, or is about to be. */
    private int backs(StageKind kind) {
        int backs = 0;
        for (int i = 0; i < ran.size(); i++) {
            boolean again = i == 0 ? sentBack : ran.get(i - 1).stage() == StageKind.IMPLEMENT;
            backs += again && ran.get(i).stage() == kind && failed(ran.get(i)) ? 1 : 0;
        }
        return backs;
    }
}
