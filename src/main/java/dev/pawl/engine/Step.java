package dev.pawl.engine;

import dev.pawl.domain.decide.AgentUse;
import dev.pawl.domain.decide.DayBudget;
import dev.pawl.domain.decide.Decider;
import dev.pawl.domain.decide.Decision;
import dev.pawl.domain.decide.Loss;
import dev.pawl.domain.decide.Rebuilding;
import dev.pawl.domain.decide.Reply;
import dev.pawl.domain.decide.Runs;
import dev.pawl.domain.decide.Snapshot;
import dev.pawl.domain.decide.StateFound;
import dev.pawl.domain.decide.Why;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.Forge;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.port.Lag;
import dev.pawl.domain.port.Ledger;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.report.Report;
import dev.pawl.domain.stage.Clearing;
import dev.pawl.domain.state.Daybook;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.text.LostText;
import dev.pawl.domain.text.Replies;
import dev.pawl.domain.text.Sentences;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** One issue, one decision, one stage at most. */
final class Step {
    private static final Duration SOON = Duration.ofSeconds(1);

    /** How often the daybook is read again because somebody else wrote in it meanwhile. */
    private static final int TRIES = 5;

    private final Forge forge;
    private final Performer performer;
    private final StageRun stages;
    private final Policy policy;
    private final Relics relics;
    private final Sight sight;

    Step(Performer performer, StageRun stages, Relics relics, Sight sight) {
        this.forge = relics.forge();
        this.performer = performer;
        this.stages = stages;
        this.policy = relics.policy();
        this.relics = relics;
        this.sight = sight;
    }

    /** Decides, asking the forge for what the decision depends on. */
    Decided decide(Snapshot snapshot) {
        return decide(snapshot, s -> Decider.decide(s, policy, forge.now()));
    }

    /** Decides something else than what is to be done next, asking in the same way. */
    Decided decide(Snapshot snapshot, Function<Snapshot, Decision> decider) {
        Snapshot known = snapshot;
        while (true) {
            Decision decision = decider.apply(known);
            switch (decision) {
                case Decision.Ask.PermissionOf(Actor actor) -> known = sight.permission(known, actor);
                case Decision.Ask.Labeler() -> known = sight.labeler(known);
                case Decision.Ask.Pull() -> known = sight.of(known);
                case Decision.Ask.Behind() -> known = sight.behind(known);
                case Decision.Ask.MergeWisher() -> known = sight.wisher(known);
                case Decision.Ask.Blockers() -> known = sight.blockers(known);
                case Decision.Ask.Validated(RunState state) -> known = sight.validation(known, state);
                case Decision.Ask.Left() ->
                    known = known.knowing(known.known()
                            .with(Optional.of(relics.of(known.issue().number(), Optional.empty()))));
                case Decision.Start _,
                        Decision.Wait _,
                        Decision.Nothing _,
                        Decision.Refuse _,
                        Decision.Escalate _,
                        Decision.Finish _,
                        Decision.Answer _,
                        Decision.Rebuild _,
                        Decision.Notify _ -> {
                    return new Decided(known, decision);
                }
            }
        }
    }

    /**
     * A decision and what it was made of.
     *
     * @param snapshot what was known
     * @param decision what follows from it
     */
    record Decided(Snapshot snapshot, Decision decision) {}

    /** Does what the decision says. */
    Report act(Decided decided) {
        OptionalInt issue = OptionalInt.of(decided.snapshot().issue().number());
        return switch (decided.decision()) {
            case Decision.Nothing(Why why) -> {
                if (why == Why.ENDED || why == Why.CLOSED) {
                    relabelEnded(decided.snapshot());
                }
                yield Report.of(
                        why == Why.SAID_BEFORE ? Outcome.DENIED : Outcome.NOTHING, issue, Sentences.nothing(why));
            }
            case Decision.Wait(RunState state, var what) -> {
                relabel(decided.snapshot(), state);
                yield Report.of(
                        state.state() == IssueState.BLOCKED ? Outcome.BLOCKED : Outcome.WAITING,
                        state,
                        "Waiting for " + Sentences.waiting(what));
            }
            case Decision.Refuse(Actor actor, Why why) -> {
                say(
                        decided.snapshot(),
                        "refused-" + actor.id(),
                        Replies.refusal(why, policy.start().permission()));
                yield Report.of(Outcome.DENIED, issue, Sentences.nothing(why));
            }
            case Decision.Notify(Why why, String detail) -> {
                say(decided.snapshot(), noticeKey(decided.snapshot()), LostText.notice(why, detail));
                yield Report.of(Outcome.BLOCKED, issue, Sentences.nothing(why));
            }
            case Decision.Start(StageKind stage, RunState state, OptionalLong _) -> claimed(decided, stage, state);
            case Decision.Escalate(RunState state, OptionalLong _) -> claimed(decided, kind(state), state);
            case Decision.Finish(RunState state) -> claimed(decided, kind(state), state);
            case Decision.Rebuild(RunState state, Loss _) -> claimed(decided, kind(state), state);
            case Decision.Answer(long _, var _, Optional<RunState> state) ->
                state.isPresent() ? claimed(decided, kind(state.get()), state.get()) : reply(decided);
            case Decision.Ask _ -> throw new IllegalStateException("decide() answers every question");
        };
    }

    /** A person may have taken our label off, or put another on. */
    private void relabel(Snapshot snapshot, RunState state) {
        performer.perform(snapshot, state, List.of(new Effect.EnsureStateLabel(state.state())), Optional.empty());
    }

    /** Whoever saved a run's end may have died before its label was there. */
    private void relabelEnded(Snapshot snapshot) {
        if (snapshot.state() instanceof StateFound.Found(var _, RunState state)
                && state.state().ended()) {
            relabel(snapshot, state);
        }
    }

    static StageKind kind(RunState state) {
        return state.due()
                .map(StageRecord::kind)
                .orElse(state.stages().getLast().kind());
    }

    /** One notice for each comment that can't be used as a state, and for each loss. */
    private static String noticeKey(Snapshot snapshot) {
        return switch (snapshot.state()) {
            case StateFound.Newer(long comment, var _) -> "newer-" + comment;
            case StateFound.Broken(long comment, var _) -> "state-" + comment;
            case StateFound.None _, StateFound.Elsewhere _, StateFound.Older _, StateFound.Found _ ->
                "lost-" + Rebuilding.loss(snapshot, Loss.Kind.GONE).epoch();
        };
    }

    private void say(Snapshot snapshot, String key, String text) {
        boolean said = snapshot.notes().stream()
                .anyMatch(n -> n.topic() == Note.Topic.NOTICE && n.key().equals(key));
        if (!said) {
            String run = snapshot.state() instanceof StateFound.Found(var _, RunState state)
                    ? state.id().run()
                    : "none";
            performer.perform(snapshot, placeholder(snapshot), List.of(notice(key, run, text)), Optional.empty());
        }
    }

    private static Effect notice(String key, String run, String text) {
        return new Effect.EnsureNote(Note.Topic.NOTICE, key, run, text + "\n", Optional.empty());
    }

    /** Effects without a run bring nothing back; this is what they bring it to. */
    private RunState placeholder(Snapshot snapshot) {
        return Runs.begin(snapshot, policy, Actor.GHOST, Optional.empty());
    }

    private Report claimed(Decided decided, StageKind stage, RunState state) {
        int issue = decided.snapshot().issue().number();
        Ledger.Claim claim;
        try {
            claim = performer.claim(issue, state.fence(), stage, policy);
        } catch (ForgeFailure failure) {
            return unclaimed(decided.snapshot(), failure);
        }
        return switch (claim) {
            case Ledger.Claim.Behind(Instant until) -> act(shown(decided, until));
            case Ledger.Claim.Busy _ -> Report.of(Outcome.BUSY, OptionalInt.of(issue), Sentences.nothing(Why.BUSY));
            case Ledger.Claim.Held(Ledger.Lease lease) ->
                new Salvage(forge, performer, policy)
                        .under(lease, decided.snapshot(), state, () -> underLease(decided, lease));
        };
    }

    /** The decision once the issue shows more than it did; a state that doesn't show by then at all is left to the next invocation. */
    private Decided shown(Decided before, Instant until) {
        Decided now = decide(later(before.snapshot(), until));
        return now.decision().equals(new Decision.Nothing(Why.NOT_SHOWN)) ? shown(now, until) : now;
    }

    /** The issue as it shows a while later: soon at first, for it is a matter of seconds. */
    private Snapshot later(Snapshot old, Instant until) {
        Duration left = Duration.between(forge.now(), until);
        Duration waited = Lag.LONGEST.minus(left);
        Duration time = waited.compareTo(SOON) < 0 ? SOON : waited;
        if (!left.isPositive() || !forge.pause(time.compareTo(left) < 0 ? time : left)) {
            throw new ForgeFailure(
                    FailureKind.FORGE_OUTAGE,
                    "GitHub doesn't show yet what the run before this one wrote on the issue.",
                    Optional.of(until));
        }
        return reread(old);
    }

    /** Without a permission to claim, the most that can be done is to say so, once. */
    private Report unclaimed(Snapshot snapshot, ForgeFailure failure) {
        if (failure.kind() != FailureKind.ACCESS) {
            throw failure;
        }
        String message = String.valueOf(failure.getMessage());
        try {
            say(snapshot, "access", "Pawl can't work on this issue: " + message);
        } catch (ForgeFailure silenced) {
            throw failure;
        }
        return Report.of(Outcome.BLOCKED, OptionalInt.of(snapshot.issue().number()), message);
    }

    /** What was read may be older than the claim: then it is read again, and decided again. */
    private Report underLease(Decided decided, Ledger.Lease lease) {
        Snapshot read = lease.upToDate() ? decided.snapshot() : reread(decided.snapshot());
        Snapshot seen = relics.under(lease, read);
        return follow(seen.equals(decided.snapshot()) ? decided : decide(seen), lease, TRIES);
    }

    private Report follow(Decided current, Ledger.Lease lease, int tries) {
        return switch (current.decision()) {
            case Decision.Start start -> started(current.snapshot(), start, lease, tries);
            case Decision.Escalate(RunState state, OptionalLong command) ->
                settle(
                        current.snapshot(),
                        state,
                        acknowledged(command, !waitsFor(state, Waiting.Reason.TEXT_CHANGED)),
                        lease,
                        state.state() == IssueState.BLOCKED ? Outcome.BLOCKED : Outcome.WAITING);
            case Decision.Finish(RunState state) ->
                settle(
                        current.snapshot(),
                        state,
                        Clearing.found(state, current.snapshot().pull(), policy.merge()),
                        lease,
                        Outcome.ADVANCED);
            case Decision.Rebuild(RunState state, Loss loss) -> rebuilt(current.snapshot(), state, loss, lease);
            case Decision.Answer(long command, var answer, Optional<RunState> state) ->
                settle(
                        current.snapshot(),
                        state.orElseGet(() -> placeholder(current.snapshot())),
                        replied(command, answer, state),
                        lease,
                        Outcome.ADVANCED);
            case Decision.Wait _, Decision.Nothing _, Decision.Refuse _, Decision.Notify _, Decision.Ask _ -> {
                performer.release(lease, Outcome.NOTHING);
                yield act(current);
            }
        };
    }

    /** An agent starts only where the limits on all issues together leave room, and where that is written down. */
    private Report started(Snapshot snapshot, Decision.Start start, Ledger.Lease lease, int tries) {
        if (!AgentUse.of(start.stage(), snapshot, start.state(), policy)) {
            return stages.run(snapshot, start, lease, policy);
        }
        Optional<Daybook> book = snapshot.known().daybook();
        if (book.isPresent()) {
            Usd left = DayBudget.left(start.state(), policy, book.get());
            if (performer.agentStarts(lease, left, start.state().people().startedBy())) {
                return counted(stages.run(snapshot, start, lease, policy), lease);
            }
            if (tries == 0) {
                throw new ForgeFailure(
                        FailureKind.FORGE_LIMIT, "too many agents start at once to be counted", Optional.empty());
            }
        }
        Snapshot counting = snapshot.knowing(snapshot.known().with(performer.daybook(lease)));
        return follow(decide(counting), lease, book.isPresent() ? tries - 1 : tries);
    }

    /** What an invocation that lost its lease has spent isn't known: all that it might have stays counted. */
    private Report counted(Report report, Ledger.Lease lease) {
        if (report.outcome() != Outcome.BUSY) {
            performer.agentEnded(lease, report.cost());
        }
        return report;
    }

    private Snapshot reread(Snapshot old) {
        return Snapshots.read(forge, old.issue().number(), old.trigger())
                .map(s -> s.knowing(old.known().with(Optional.empty()).withPull(Optional.empty())))
                .orElse(old);
    }

    /** The notice comes first: its key outlives a crash. Once the state is written, it is as if it had never been away. */
    private Report rebuilt(Snapshot snapshot, RunState state, Loss loss, Ledger.Lease lease) {
        performer.perform(snapshot, state, List.of(rebuiltNotice(state, loss)), Optional.empty());
        Performer.Saved saved = performer.save(snapshot.state().place(), state, policy, lease);
        return follow(decide(snapshot.rebuilt(saved.comment(), saved.state())), lease, TRIES)
                .saving();
    }

    /** What people are told of a state that was written anew. */
    static Effect rebuiltNotice(RunState state, Loss loss) {
        return notice("rebuilt-" + loss.epoch(), state.id().run(), LostText.rebuilt(state, loss));
    }

    /** A decision that changes the run and starts no stage. */
    private Report settle(
            Snapshot snapshot, RunState state, List<Effect> effects, Ledger.Lease lease, Outcome outcome) {
        // The ledger remembers that no stage was run; Performer.saveAndRelease has the word for it.
        Outcome written = outcome == Outcome.ADVANCED ? Outcome.NOTHING : outcome;
        RunState after = performer.perform(snapshot, state, effects, Optional.empty())
                        instanceof Performer.Performed.Done(RunState done)
                ? done
                : state;
        var place = new Performer.Place(snapshot, snapshot.state().place(), after, lease);
        Performer.Saved saved = performer.saveAndRelease(place, policy, written);
        String reason = state.waiting()
                .map(w -> "Waiting for " + Sentences.waiting(w))
                .orElse("The issue is " + state.state().word() + ".");
        return new Report(
                outcome,
                OptionalInt.of(snapshot.issue().number()),
                Optional.empty(),
                Optional.of(saved.state()),
                reason,
                Usd.ZERO,
                true);
    }

    private Report reply(Decided decided) {
        var answer = (Decision.Answer) decided.decision();
        performer.perform(
                decided.snapshot(),
                placeholder(decided.snapshot()),
                replied(answer.command(), answer.answer(), answer.state()),
                Optional.empty());
        return Report.of(
                Outcome.NOTHING,
                OptionalInt.of(decided.snapshot().issue().number()),
                "Answered a command; nothing else was to do.");
    }

    private static boolean waitsFor(RunState state, Waiting.Reason reason) {
        return state.waiting().filter(w -> w.reason() == reason).isPresent();
    }

    private static List<Effect> acknowledged(OptionalLong command, boolean done) {
        return command.isPresent() ? List.of(new Effect.EnsureReaction(command.getAsLong(), done)) : List.of();
    }

    private static List<Effect> replied(long command, Reply answer, Optional<RunState> state) {
        var effects = new ArrayList<Effect>();
        String run = state.map(s -> s.id().run()).orElse("none");
        Replies.to(answer, state)
                .ifPresent(text -> effects.add(new Effect.EnsureNote(
                        Note.Topic.REPLY, Long.toString(command), run, text + "\n", Optional.empty())));
        effects.add(new Effect.EnsureReaction(command, answer.done()));
        return effects;
    }
}
