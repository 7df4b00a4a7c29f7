package dev.pawl.domain.decide;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Comment;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.Approved;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Decides what one invocation does with one issue. One pure function; the engine, {@code explain} and the dry run all
 * call it, so they cannot disagree.
 */
public final class Decider {
    /** The label that stops everything while it is there. */
    public static final String PAUSE_LABEL = "pawl:pause";

    /** A person who takes this label off lifts the block. */
    private static final String LIFTED_BLOCK = "pawl:" + IssueState.BLOCKED.word();

    private final Snapshot snapshot;
    private final Policy policy;
    private final Instant now;
    private final Authority authority;

    private Decider(Snapshot snapshot, Policy policy, Instant now) {
        this.snapshot = snapshot;
        this.policy = policy;
        this.now = now;
        this.authority = new Authority(snapshot, policy);
    }

    /**
     * What to do.
     *
     * @param snapshot what is known of the issue
     * @param policy the default branch's policy
     * @param now the forge's time
     * @return the decision, or an {@link Decision.Ask} for something that it depends on
     */
    public static Decision decide(Snapshot snapshot, Policy policy, Instant now) {
        return new Decider(snapshot, policy, now).decision();
    }

    private Decision decision() {
        if (snapshot.issue().locked()) {
            return new Decision.Nothing(Why.LOCKED);
        }
        return switch (snapshot.state()) {
            case StateFound.Broken(var _, String why) ->
                lost().reset().orElseGet(() -> new Decision.Notify(Why.BROKEN_STATE, why));
            case StateFound.Newer(var _, String what) -> new Decision.Notify(Why.NEWER_STATE, what);
            case StateFound.None _, StateFound.Elsewhere _ -> withoutState();
            case StateFound.Older _ -> withoutState();
            case StateFound.Found(var _, RunState state) -> withRun(state);
        };
    }

    /**
     * How an issue's state is written anew because a person wants it, whatever its comment says.
     *
     * @param snapshot an issue that knows what is left
     * @param kind what is wrong with its state
     * @return a {@link Decision.Rebuild}; what it depends on; or why there is nothing to write
     */
    public static Decision rewrite(Snapshot snapshot, Policy policy, Instant now, Loss.Kind kind) {
        LostState lost = new Decider(snapshot, policy, now).lost();
        return switch (Rebuilding.of(snapshot, policy, now)) {
            case Rebuilding.Verdict.Never() ->
                new Decision.Notify(Why.LOST_STATE, "the ledger knows of no state that was ever saved");
            case Rebuilding.Verdict.NotShown() -> new Decision.Nothing(Why.NOT_SHOWN);
            case Rebuilding.Verdict.Unclear(String why) -> new Decision.Notify(Why.LOST_STATE, why);
            case Rebuilding.Verdict.Over(RunState state) -> lost.rewritten(state, kind);
            case Rebuilding.Verdict.Going(RunState state) -> lost.rewritten(state, kind);
        };
    }

    private LostState lost() {
        return new LostState(snapshot, policy, now, authority);
    }

    /** There never was a state, or it is gone: what runs left outside of it tells. */
    private Decision withoutState() {
        if (lost().isToBeAskedAfter()) {
            return new Decision.Ask.Left();
        }
        if (snapshot.known().remains().isEmpty()) {
            return withoutRun();
        }
        return switch (Rebuilding.of(snapshot, policy, now)) {
            case Rebuilding.Verdict.Never() -> withoutRun();
            case Rebuilding.Verdict.NotShown() -> new Decision.Nothing(Why.NOT_SHOWN);
            case Rebuilding.Verdict.Over(RunState state) ->
                snapshot.state() instanceof StateFound.Older
                        ? lost().rebuild(state)
                        : lost().over(state, this::withRun);
            case Rebuilding.Verdict.Going(RunState state) -> lost().rebuild(state);
            case Rebuilding.Verdict.Unclear(String why) ->
                lost().reset()
                        .orElseGet(() -> snapshot.issue().open()
                                ? new Decision.Notify(Why.LOST_STATE, why)
                                : new Decision.Nothing(Why.CLOSED));
        };
    }

    private Decision withoutRun() {
        if (!snapshot.issue().open()) {
            return new Decision.Nothing(Why.CLOSED);
        }
        if (snapshot.issue().has(PAUSE_LABEL)) {
            return new Decision.Nothing(Why.PAUSED);
        }
        Optional<Decision> commanded = command(Optional.empty());
        if (commanded.isPresent()) {
            return commanded.get();
        }
        return wish().map(by -> begin(by, approval(by), Optional.empty())).orElseGet(() -> labelled(Optional.empty()));
    }

    private Decision withRun(RunState state) {
        Issue issue = snapshot.issue();
        Optional<PullRequest.Status> pull = snapshot.pull().map(PullRequest::status);
        if (!state.state().ended()) {
            if (pull.filter(PullRequest.Status.MERGED::equals).isPresent()) {
                return new Decision.Finish(Runs.merged(state));
            }
            if (!issue.open() || pull.filter(PullRequest.Status.CLOSED::equals).isPresent()) {
                return new Decision.Finish(state.goingOn().in(IssueState.CLOSED_UNRESOLVED));
            }
        } else if (!issue.open()) {
            return new Decision.Nothing(Why.CLOSED);
        }
        if (issue.has(PAUSE_LABEL)) {
            return new Decision.Nothing(Why.PAUSED);
        }
        Optional<Decision> commanded = command(Optional.of(state));
        if (commanded.isPresent()) {
            return commanded.get();
        }
        if (state.state().ended()) {
            return openPull().reopened(state).orElseGet(() -> again(state));
        }
        if (snapshot.trigger() instanceof Trigger.Dispatched(var _, Optional<StageKind> stage, Actor actor)
                && stage.isPresent()) {
            return permitted(actor, () -> commands(approvedBy(actor, state)).retry(stage));
        }
        if (snapshot.trigger() instanceof Trigger.IssueTouched touched
                && touched.action().equals("unlabeled")
                && touched.label().filter(LIFTED_BLOCK::equals).isPresent()
                && state.state() == IssueState.BLOCKED
                && !isSpent(state)) {
            return permitted(
                    touched.actor(),
                    () -> commands(approvedBy(touched.actor(), state)).retry(Optional.empty()));
        }
        Optional<Actor> asking = wish().filter(_ -> Approval.comesLate(state, snapshot));
        if (asking.isPresent()) {
            return permitted(asking.get(), () -> goOn(approvedBy(asking.get(), state)));
        }
        return goOn(state);
    }

    private RunState approvedBy(Actor actor, RunState state) {
        return state.with(state.people().approving(approval(actor)));
    }

    /** After a run has ended: a new one begins when somebody asks for it now, and not because the label is still there. */
    private Decision again(RunState ended) {
        return wish().filter(_ -> !isSpent(ended))
                .map(by -> begin(by, approval(by), Optional.of(ended)))
                .orElse(new Decision.Nothing(Why.ENDED));
    }

    /** Whether the event was there before the run's latest agent start: an old one that comes once more asks for nothing. */
    private boolean isSpent(RunState state) {
        List<Instant> starts = state.spending().starts();
        return snapshot.trigger() instanceof Trigger.IssueTouched event
                && !starts.isEmpty()
                && event.at().filter(at -> at.isBefore(starts.getLast())).isPresent();
    }

    /** Who asks for a run by this very event. */
    private Optional<Actor> wish() {
        return switch (snapshot.trigger()) {
            case Trigger.Dispatched d -> Optional.of(d.actor());
            case Trigger.IssueTouched(
                    var _,
                    String action,
                    Actor actor,
                    Optional<String> label,
                    var _,
                    var _,
                    var _) -> {
                boolean starts = action.equals("labeled")
                        && label.filter(policy.start().label()::equalsIgnoreCase)
                                .isPresent();
                boolean reopens = action.equals("reopened");
                yield (starts || reopens) && snapshot.issue().has(policy.start().label())
                        ? Optional.of(actor)
                        : Optional.empty();
            }
            case Trigger.Commented _,
                    Trigger.PullTouched _,
                    Trigger.ChecksDone _,
                    Trigger.Pushed _,
                    Trigger.Sweep _,
                    Trigger.Continued _,
                    Trigger.NotOurs _ -> Optional.empty();
        };
    }

    /** The label is there and the event doesn't say who put it on: the timeline does. */
    private Decision labelled(Optional<RunState> before) {
        if (!snapshot.issue().has(policy.start().label())) {
            return new Decision.Nothing(Why.NOT_ASKED);
        }
        if (snapshot.known().labeler().isEmpty()) {
            return excluded() ? new Decision.Nothing(Why.EXCLUDED) : new Decision.Ask.Labeler();
        }
        return snapshot.known()
                .labeler()
                .get()
                .map(by -> begin(by, approval(by), before))
                .orElse(new Decision.Nothing(Why.UNKNOWN_ACTOR));
    }

    private Approved approval(Actor by) {
        return Approval.by(by, snapshot, now);
    }

    private Decision begin(Actor by, Approved approved, Optional<RunState> before) {
        if (excluded()) {
            return new Decision.Nothing(Why.EXCLUDED);
        }
        return permitted(by, () -> {
            RunState begun = Runs.begin(snapshot, policy, by, before);
            RunState approving = begun.with(begun.people().approving(approved));
            return goOn(before.isPresent() ? approving : approving.with(Rebuilding.used(snapshot, policy, now)));
        });
    }

    private Decision permitted(Actor actor, Supplier<Decision> then) {
        Optional<Boolean> may = authority.maySteer(actor);
        if (may.isEmpty()) {
            return new Decision.Ask.PermissionOf(actor);
        }
        return may.get() ? then.get() : authority.refuse(actor);
    }

    /** The run as it stands, without a command. */
    private Decision goOn(RunState state) {
        if (state.waiting().isPresent()) {
            Waiting waiting = state.waiting().get();
            if (waiting.reason() == Waiting.Reason.ANSWERS) {
                return commands(state).answered().orElse(new Decision.Wait(state, waiting));
            }
            if (OpenPull.concerns(state)) {
                return openPull().decide(state, OptionalLong.empty());
            }
            if (Dependencies.concerns(waiting)) {
                return Dependencies.still(state, waiting, startDue(state.goingOn(), OptionalLong.empty()));
            }
            if (waiting.reason() == Waiting.Reason.TEXT_CHANGED && !Approval.isStale(state, snapshot)) {
                return startDue(state.goingOn(), OptionalLong.empty());
            }
            boolean over = waiting.until().filter(until -> !now.isBefore(until)).isPresent();
            if (!over) {
                return new Decision.Wait(state, waiting);
            }
        }
        return startDue(state.goingOn(), OptionalLong.empty());
    }

    /** Starts the stage that is due, where nothing stands against it. */
    private Decision startDue(RunState state, OptionalLong command) {
        RunState next = Runs.skippingIdle(state, policy);
        Optional<StageRecord> due = next.due();
        if (due.isEmpty()) {
            return new Decision.Finish(next.in(IssueState.COMPLETED));
        }
        if (excluded()) {
            return new Decision.Nothing(Why.EXCLUDED);
        }
        if (due.get().kind() == StageKind.MERGE) {
            return openPull().decide(next, command);
        }
        if (snapshot.trigger() instanceof Trigger.Continued(var _, int hop)
                && hop > policy.limits().runsPerIssue()) {
            return new Decision.Nothing(Why.TOO_MANY_HOPS);
        }
        StageKind kind = due.get().kind();
        Optional<Decision> first =
                openPull().unseen(kind, next).or(() -> new Dependencies(snapshot, now).hold(next, kind, command));
        if (first.isPresent()) {
            return first.get();
        }
        if (kind.usesAgent() && Approval.isStale(next, snapshot)) {
            var changed = new Waiting(Waiting.Reason.TEXT_CHANGED, now, Optional.empty(), "");
            return new Decision.Escalate(next.waiting(IssueState.WAITING_ON_HUMAN, changed), command);
        }
        RunState started = next.change(kind, StageRecord::started).in(Runs.during(kind));
        if (!AgentStarts.needed(kind, snapshot, next, policy)) {
            return Budget.withoutAgent(next, policy, new Decision.Start(kind, started, command), now);
        }
        if (next.people().startedBy() == Actor.GHOST.id()) {
            return new Decision.Escalate(leaderless(next), command);
        }
        Actor leader = Authority.leader(next);
        Optional<Boolean> may = authority.maySteer(leader);
        if (may.isEmpty()) {
            return new Decision.Ask.PermissionOf(leader);
        }
        if (!may.get()) {
            return authority.refuse(leader);
        }
        Optional<Actor> later = new Told(snapshot, next, authority).unknown();
        if (later.isPresent()) {
            return new Decision.Ask.PermissionOf(later.get());
        }
        Stage stage = Runs.configured(next, policy, kind);
        Optional<RunState> stopped = Budget.stops(next, policy, stage, due.get(), now)
                .or(() -> snapshot.known().daybook().flatMap(book -> DayBudget.stops(next, policy, book, now)));
        return stopped.<Decision>map(s -> new Decision.Escalate(s, command))
                .orElseGet(() ->
                        new Decision.Start(kind, started.with(started.spending().start(now)), command));
    }

    private OpenPull openPull() {
        return new OpenPull(snapshot, policy, now, authority, this::startDue);
    }

    /** The state that knew who started the run is gone, and nobody answers for what an agent would do. */
    private RunState leaderless(RunState state) {
        String why = "nobody can tell any more who started this run";
        return state.waiting(IssueState.BLOCKED, new Waiting(Waiting.Reason.ACCESS, now, Optional.empty(), why));
    }

    /**
     * Whether a stage starts an agent for this issue.
     *
     * @return false for stages without one, and for triage where the rules give a verdict
     */
    public static boolean asksAgent(StageKind kind, Issue issue, Policy policy) {
        return kind.usesAgent()
                && !(kind == StageKind.TRIAGE
                        && ReadinessRules.judge(issue, policy).isPresent());
    }

    private boolean excluded() {
        return policy.start().exclude().stream().anyMatch(snapshot.issue()::has);
    }

    /**
     * The oldest unanswered command, where there is one. Those of an account that was refused before and still may not
     * stand in nobody's way.
     */
    private Optional<Decision> command(Optional<RunState> state) {
        Optional<Decision> refusedAgain = Optional.empty();
        for (Comment comment : new Unanswered(snapshot, authority, now).oldestFirst(state)) {
            Decision decision = obey(comment, state);
            if (!new Decision.Nothing(Why.SAID_BEFORE).equals(decision)) {
                return Optional.of(decision);
            }
            if (snapshot.trigger() instanceof Trigger.Commented by
                    && comment.author().is(by.actor())) {
                refusedAgain = Optional.of(decision);
            }
        }
        return refusedAgain;
    }

    private Decision obey(Comment comment, Optional<RunState> state) {
        return new Commands(snapshot, policy, now, authority, this::startDue)
                .obey(
                        comment,
                        state,
                        () -> begin(comment.author(), Approval.by(comment, snapshot, Optional.empty()), state));
    }

    private Commands.OnRun commands(RunState state) {
        return new Commands(snapshot, policy, now, authority, this::startDue).on(state);
    }
}
