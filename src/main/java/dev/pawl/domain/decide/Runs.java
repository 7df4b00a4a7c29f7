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
import dev.pawl.domain.state.Waiting;
import java.time.Instant;
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

    /**
     * The run with the merge that its workflow ends in, where the policy says that Pawl merges. A run that began while people
     * merged gets it once its pull request is open.
     */
    static RunState merging(RunState state, Policy policy) {
        boolean wanted =
                stages(policy, Optional.of(state.id().workflow())).stream().anyMatch(s -> s.kind() == StageKind.MERGE);
        if (!wanted || state.stage(StageKind.MERGE).isPresent()) {
            return state;
        }
        var stages = new ArrayList<>(state.stages());
        stages.add(StageRecord.pending(StageKind.MERGE));
        return state.with(stages);
    }

    /** The run with its pull request revised by that stage next: it stands behind the work that it changes. */
    static RunState revising(RunState state, StageKind kind) {
        var stages = new ArrayList<>(state.stages());
        stages.removeIf(s -> s.kind() == kind);
        int behind = 0;
        for (int i = 0; i < stages.size(); i++) {
            StageKind other = stages.get(i).kind();
            behind = other == StageKind.IMPLEMENT || other.revises() ? i + 1 : behind;
        }
        stages.add(
                behind,
                state.stage(kind)
                        .map(s -> s.forgiven().as(StageStatus.PENDING))
                        .orElseGet(() -> StageRecord.pending(kind)));
        return state.with(stages);
    }

    /** The run whose work was changed while its pull request is open: it is validated again, and not reviewed by us. */
    public static RunState validatingAgain(RunState state) {
        return state.change(StageKind.VALIDATE, s -> s.as(StageStatus.PENDING));
    }

    /**
     * The run whose work goes back to the stage that made it. All behind that is due again; once the pull request is open, the
     * validation alone.
     *
     * @param from the stage that sent it back, which keeps how it ended
     */
    public static RunState back(RunState state, StageKind producer, StageKind from) {
        if (producer.revises()) {
            return state.change(producer, s -> s.as(StageStatus.PENDING));
        }
        var stages = new ArrayList<StageRecord>();
        boolean after = false;
        for (StageRecord stage : state.stages()) {
            after = after || stage.kind() == producer;
            stages.add(after && stage.kind() != from ? stage.as(StageStatus.PENDING) : stage);
        }
        return state.with(stages);
    }

    /** The stage that changed the work last. */
    public static StageKind producer(RunState state) {
        return state.stages().stream()
                .filter(s -> s.kind().changesFiles() && s.status().passed())
                .map(StageRecord::kind)
                .reduce((_, later) -> later)
                .orElse(StageKind.IMPLEMENT);
    }

    /** The run whose pull request was merged, by whomever: that is its end. */
    public static RunState merged(RunState state) {
        return state.goingOn()
                .change(StageKind.MERGE, s -> s.started().ended(StageStatus.SUCCEEDED, "merged", 0, Usd.ZERO))
                .in(IssueState.COMPLETED);
    }

    /**
     * The run whose merge didn't come about.
     *
     * @param detail what it waits for
     * @param until when it is tried again by itself; empty for the next event
     */
    public static RunState unmerged(RunState state, Instant now, Optional<Instant> until, String detail) {
        return state.change(StageKind.MERGE, s -> s.ended(StageStatus.PENDING, "", 0, Usd.ZERO))
                .waiting(IssueState.WAITING_ON_REVIEW, new Waiting(Waiting.Reason.MERGE, now, until, detail));
    }

    /** The run without the stages that have nothing to do, up to the first one that has. */
    public static RunState skippingIdle(RunState state, Policy policy) {
        RunState next = state;
        for (StageRecord stage : state.stages()) {
            if (stage.status().passed()) {
                continue;
            }
            if (stage.kind() == StageKind.VALIDATE && policy.validation().isEmpty()) {
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
                .filter(s -> !s.kind().revises())
                .filter(s -> s.kind() != StageKind.MERGE || policy.merge().enabled())
                .map(s -> StageRecord.pending(s.kind()))
                .toList();
    }
}
