package dev.pawl.domain.decide;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Hash;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.policy.Workflow;
import dev.pawl.domain.state.Document;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Spending;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a run begins, and which of its stages is due. */
public final class Runs {
    /** The workflow's name while triage hasn't found a type. */
    public static final String UNKNOWN = "unknown";

    private Runs() {}

    /**
     * A new run, started by somebody who may.
     *
     * @param before the run before it, whose fence goes on
     */
    public static RunState begin(Snapshot snapshot, Policy policy, Actor by, Optional<RunState> before) {
        Optional<String> type = Classification.of(snapshot.issue(), policy);
        String name = name(snapshot, before.map(s -> s.id().run()).orElse(""));
        var handled = before.map(s -> s.people().handled()).orElse(List.of());
        return new RunState(
                new RunState.Identity(
                        snapshot.repository().id(), snapshot.issue().number(), name, type.orElse(UNKNOWN)),
                IssueState.NEW,
                stages(policy, type),
                before.map(s -> s.work().again()).orElse(RunState.Work.NONE),
                before.map(RunState::fence).orElse(RunState.Fence.NONE),
                Optional.empty(),
                before.map(s -> s.spending().startsForgiven()).orElse(Spending.NONE),
                new RunState.People(by.id(), by.login(), handled),
                Map.of(),
                Map.of());
    }

    /**
     * The name of a run: by the issue, and the run before it.
     *
     * @param previous that run's name; empty for the first
     */
    static String name(Snapshot snapshot, String previous) {
        String text = snapshot.repository().id() + "/" + snapshot.issue().id() + "/" + previous;
        return "r-" + Hash.sha256(text).substring(0, 6);
    }

    /** The same run, now that its type is known: the workflow's other stages follow the ones it had. */
    public static RunState typed(RunState state, Policy policy, String type) {
        var known = new ArrayList<StageRecord>();
        for (StageRecord stage : stages(policy, Optional.of(type))) {
            known.add(state.stage(stage.kind()).orElse(stage));
        }
        return state.named(type).with(known);
    }

    /** The run with questions to ask: its clarify stage is due, put behind triage where the workflow has none. */
    public static RunState clarifying(RunState state) {
        if (state.stage(StageKind.CLARIFY).isPresent()) {
            return state.change(StageKind.CLARIFY, s -> s.as(StageStatus.PENDING));
        }
        var stages = new ArrayList<>(state.stages());
        stages.add(1, StageRecord.pending(StageKind.CLARIFY));
        return state.with(stages);
    }

    /** Whether stages that are behind the run, or tasks that are, left something on its branch. */
    public static boolean isBuilt(RunState state) {
        return state.work().tasks() > 0
                || state.stage(StageKind.IMPLEMENT)
                        .filter(s -> s.status().passed())
                        .isPresent();
    }

    /** The run without its branch, which somebody deleted: what was built on it is built anew, from the base. */
    public static RunState rebuilding(RunState state) {
        var stages = new ArrayList<StageRecord>();
        boolean again = false;
        for (StageRecord stage : state.stages()) {
            again = again || stage.kind() == StageKind.IMPLEMENT;
            stages.add(again ? stage.as(StageStatus.PENDING) : stage);
        }
        RunState anew = state.with(stages).with(state.work().lost()).without(Document.FEEDBACK);
        return anew.in(during(StageKind.IMPLEMENT));
    }

    /** The run without the stages that have nothing to do, up to the first one that has. */
    public static RunState skippingIdle(RunState state, Policy policy) {
        RunState next = state;
        for (StageRecord stage : state.stages()) {
            if (stage.status().passed()) {
                continue;
            }
            if (stage.kind() == StageKind.VALIDATE
                    && policy.validation().commands().isEmpty()) {
                next = next.change(StageKind.VALIDATE, s -> s.ended(StageStatus.SKIPPED, "no commands", 0, Usd.ZERO));
                continue;
            }
            return next;
        }
        return next;
    }

    /** What the policy says of a stage of the run. */
    public static Stage configured(RunState state, Policy policy, StageKind kind) {
        return Optional.ofNullable(policy.workflows().get(state.id().workflow()))
                .flatMap(w -> w.stage(kind))
                .orElseGet(() -> Stage.of(kind));
    }

    /** The state of an issue while that stage runs. */
    public static IssueState during(StageKind kind) {
        return switch (kind) {
            case TRIAGE -> IssueState.TRIAGING;
            case CLARIFY -> IssueState.NEEDS_CLARIFICATION;
            case SPECIFY, PLAN, DECOMPOSE, RESEARCH, SUMMARIZE, COMMENT_ISSUE -> IssueState.PLANNING;
            case IMPLEMENT, VALIDATE, REVIEW, OPEN_PR, ADDRESS_REVIEW, FIX_CI, UPDATE_BRANCH, MERGE, LEARN ->
                IssueState.IN_PROGRESS;
        };
    }

    /** The state of an issue between two stages: ready where nothing but triage lies behind. */
    public static IssueState before(RunState state, StageKind next) {
        boolean prepared = state.stages().stream()
                .takeWhile(s -> s.kind() != next)
                .allMatch(s -> s.kind() == StageKind.TRIAGE || s.kind() == StageKind.CLARIFY);
        return prepared && next != StageKind.TRIAGE && next != StageKind.CLARIFY ? IssueState.READY : during(next);
    }

    static List<StageRecord> stages(Policy policy, Optional<String> type) {
        return type
                .map(t -> policy.workflows().get(t))
                .map(Workflow::stages)
                .orElse(List.of(Stage.of(StageKind.TRIAGE)))
                .stream()
                .map(s -> StageRecord.pending(s.kind()))
                .toList();
    }
}
