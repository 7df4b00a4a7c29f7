package dev.pawl.domain.decide;

import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.state.Document;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.PastLease;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.state.Waiting.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How far a run had come, by what it left: never further than it was. The ledger's last lease says which stage was due.
 * Stages before it are passed where what they leave is there; the stage itself counts as done only where its work shows
 * that.
 */
final class Reached {
    private final Policy policy;
    private final Traces traces;
    private final List<PastLease> ran;

    Reached(Policy policy, Traces traces) {
        this.policy = policy;
        this.traces = traces;
        this.ran = traces.leases().stream().filter(PastLease::ranStage).toList();
    }

    /** The run, that far. It has its workflow's stages, all of them pending, and its branch. */
    RunState of(RunState fresh, Instant now) {
        RunState known = documented(fresh);
        StageKind at = position(known);
        RunState passed = passed(known, at);
        return waiting(new Failings(ran, sentBack(0)).in(passed), at, now);
    }

    /** The stage that the last lease was for; one that failed the work sent it back to implement. */
    private StageKind position(RunState state) {
        StageKind first = state.stages().getFirst().kind();
        if (sentBack(0)) {
            return StageKind.IMPLEMENT;
        }
        if (ran.isEmpty()) {
            return first;
        }
        return ran.stream()
                .map(PastLease::stage)
                .filter(kind -> state.stage(kind).isPresent())
                .findFirst()
                .orElse(first);
    }

    /** Whether the work went back to implement under that lease: validation failed it, or a review that was written. */
    private boolean sentBack(int index) {
        if (index >= ran.size()) {
            return false;
        }
        PastLease lease = ran.get(index);
        boolean failed = lease.ended("failed", "blocked");
        return failed
                && (lease.stage() == StageKind.VALIDATE
                        || (lease.stage() == StageKind.REVIEW && findings(lease).isPresent()));
    }

    private Optional<Note> findings(PastLease lease) {
        Note.Topic topic = lease.stage() == StageKind.VALIDATE ? Note.Topic.VALIDATION : Note.Topic.REVIEW;
        return traces.written(topic, lease::equals).filter(n -> n.data().isPresent());
    }

    /** With the comments that it depends on, those of them that are as we wrote them. */
    private RunState documented(RunState state) {
        RunState known = state;
        known = with(known, Document.PLAN, plan(l -> true));
        known = with(known, Document.RESEARCH, found(Note.Topic.RESEARCH, StageKind.RESEARCH));
        known = with(known, Document.REPORT, found(Note.Topic.REPORT, StageKind.SUMMARIZE));
        return with(known, Document.FEEDBACK, feedback());
    }

    private static RunState with(RunState state, String name, Optional<Note> note) {
        return note.map(n -> state.with(name, new Document(n.id(), n.documentHash())))
                .orElse(state);
    }

    private Optional<Note> plan(Predicate<PastLease> under) {
        return traces.written(Note.Topic.PLAN, l -> l.stage() == StageKind.PLAN && l.saved() && under.test(l))
                .filter(n -> n.data().isPresent());
    }

    private Optional<Note> found(Note.Topic topic, StageKind kind) {
        return traces.written(topic, l -> l.stage() == kind && l.saved())
                .filter(n -> n.data().isPresent());
    }

    /** What sent the work back, where nothing was implemented since. */
    private Optional<Note> feedback() {
        for (int i = 0; i < ran.size(); i++) {
            PastLease lease = ran.get(i);
            if (sentBack(i)) {
                return findings(lease);
            }
            if (lease.stage() != StageKind.IMPLEMENT || lease.ended("advanced")) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private RunState passed(RunState state, StageKind at) {
        var stages = new ArrayList<StageRecord>();
        RunState known = state.with(tasks(state));
        boolean on = true;
        boolean before = true;
        for (StageRecord stage : state.stages()) {
            StageKind kind = stage.kind();
            before = before && kind != at;
            StageStatus status = !on
                    ? StageStatus.PENDING
                    : before ? left(known, kind) : kind == at ? done(known, kind) : StageStatus.PENDING;
            on = status.passed();
            stages.add(record(kind, status));
        }
        return known.with(stages);
    }

    private StageRecord record(StageKind kind, StageStatus status) {
        return new StageRecord(
                kind,
                status,
                traces.attempts(kind),
                Map.of(),
                Optional.empty(),
                "",
                0,
                Usd.ZERO,
                StageRecord.Tokens.NONE);
    }

    /** What became of a stage before the one that was due. */
    private StageStatus left(RunState state, StageKind kind) {
        return switch (kind) {
            case TRIAGE, CLARIFY, VALIDATE, REVIEW -> StageStatus.SUCCEEDED;
            case PLAN -> planned(state);
            case IMPLEMENT -> passedIf(implemented(state));
            case OPEN_PR -> passedIf(state.work().pull().isPresent());
            case RESEARCH -> passedIf(state.documents().containsKey(Document.RESEARCH));
            case SUMMARIZE -> passedIf(state.documents().containsKey(Document.REPORT));
            case COMMENT_ISSUE, SPECIFY, DECOMPOSE, ADDRESS_REVIEW, FIX_CI, UPDATE_BRANCH, MERGE, LEARN ->
                StageStatus.PENDING;
        };
    }

    /** A plan that was never made, although the run went on, was skipped. */
    private StageStatus planned(RunState state) {
        boolean made = ran.stream().anyMatch(l -> l.stage() == StageKind.PLAN && l.ended("advanced", "waiting"));
        return state.documents().containsKey(Document.PLAN)
                ? StageStatus.SUCCEEDED
                : made ? StageStatus.PENDING : StageStatus.SKIPPED;
    }

    /** What became of the stage that was due: done only where its work shows that it is. */
    private StageStatus done(RunState state, StageKind kind) {
        boolean advanced =
                ran.stream().findFirst().filter(l -> l.ended("advanced")).isPresent();
        if (!advanced) {
            return StageStatus.PENDING;
        }
        PastLease last = ran.getFirst();
        return switch (kind) {
            case PLAN -> passedIf(plan(last::equals).isPresent());
            case IMPLEMENT -> passedIf(implemented(state));
            case OPEN_PR -> passedIf(state.work().pull().isPresent());
            case RESEARCH ->
                passedIf(traces.written(Note.Topic.RESEARCH, last::equals)
                        .filter(n -> n.data().isPresent())
                        .isPresent());
            case SUMMARIZE ->
                passedIf(traces.written(Note.Topic.REPORT, last::equals)
                        .filter(n -> n.data().isPresent())
                        .isPresent());
            case TRIAGE,
                    CLARIFY,
                    VALIDATE,
                    REVIEW,
                    COMMENT_ISSUE,
                    SPECIFY,
                    DECOMPOSE,
                    ADDRESS_REVIEW,
                    FIX_CI,
                    UPDATE_BRANCH,
                    MERGE,
                    LEARN -> StageStatus.PENDING;
        };
    }

    private static StageStatus passedIf(boolean is) {
        return is ? StageStatus.SUCCEEDED : StageStatus.PENDING;
    }

    /** How many of the plan's tasks are done, by the last commit of the run. */
    private RunState.Work tasks(RunState state) {
        int planned = size(state);
        return commit().map(c -> state.work().tasksDone(Math.clamp(c.tasks().orElse(planned), 0, planned), planned))
                .orElse(state.work());
    }

    private int size(RunState state) {
        Document plan = state.documents().get(Document.PLAN);
        return plan == null
                ? 0
                : traces.notes()
                        .filter(n -> n.id() == plan.comment())
                        .findFirst()
                        .flatMap(Note::data)
                        .map(d -> d instanceof Note.Data.Planned planned
                                ? planned.plan().tasks().size()
                                : 0)
                        .orElse(0);
    }

    private Optional<Remains.Commit> commit() {
        return traces.branch().stream()
                .flatMap(b -> b.commits().stream())
                .filter(c -> c.run().equals(traces.run()) && c.stage() == StageKind.IMPLEMENT)
                .findFirst();
    }

    private boolean implemented(RunState state) {
        return commit().isPresent() && state.work().tasks() >= size(state);
    }

    /** With what it waited for, as far as that shows. */
    private RunState waiting(RunState state, StageKind at, Instant now) {
        Optional<StageKind> due = state.due().map(StageRecord::kind);
        if (due.isEmpty()) {
            return waits(state, IssueState.WAITING_ON_REVIEW, Reason.REVIEW, now);
        }
        RunState going = state.in(Runs.before(state, due.get()));
        if (ran.isEmpty()) {
            return going;
        }
        PastLease last = ran.getFirst();
        if (last.ended("blocked")) {
            var stopped =
                    new Waiting(Reason.ATTEMPTS, now, Optional.empty(), "it had stopped before its state was lost");
            return going.waiting(IssueState.BLOCKED, stopped);
        }
        if (due.get() != at || !last.ended("waiting")) {
            return going;
        }
        Stage stage = Runs.configured(state, policy, at);
        if (stage.approval() && plan(last::equals).isPresent()) {
            return waits(waited(going, at), IssueState.WAITING_ON_HUMAN, Reason.PLAN_APPROVAL, now);
        }
        boolean asked = traces.written(Note.Topic.QUESTIONS, last::equals)
                .filter(n -> n.key().startsWith(at.word() + "-"))
                .isPresent();
        return asked ? waits(waited(going, at), IssueState.NEEDS_CLARIFICATION, Reason.ANSWERS, now) : going;
    }

    private static RunState waited(RunState state, StageKind at) {
        return state.change(at, s -> s.as(StageStatus.WAITING));
    }

    private static RunState waits(RunState state, IssueState in, Reason reason, Instant now) {
        return state.waiting(in, new Waiting(reason, now, Optional.empty(), ""));
    }

    /** The pull request of the run: an open one, or one that it had opened and that was closed or merged since. */
    Optional<PullRequest> pull() {
        boolean opened = ran.stream().anyMatch(l -> l.stage() == StageKind.OPEN_PR && l.ended("advanced"));
        return traces.branch()
                .flatMap(b -> traces.openPull(b.name())
                        .or(() -> opened ? traces.pulls(b.name()).findFirst() : Optional.empty()));
    }
}
