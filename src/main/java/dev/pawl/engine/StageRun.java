package dev.pawl.engine;

import dev.pawl.domain.decide.AgentUse;
import dev.pawl.domain.decide.Decision;
import dev.pawl.domain.decide.Runs;
import dev.pawl.domain.decide.Snapshot;
import dev.pawl.domain.decide.StateFound;
import dev.pawl.domain.decide.Told;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.Forge;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.port.Ledger;
import dev.pawl.domain.port.Workspace;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.report.Report;
import dev.pawl.domain.stage.Conclusion;
import dev.pawl.domain.stage.Context;
import dev.pawl.domain.stage.StageWork;
import dev.pawl.domain.stage.Unmerged;
import dev.pawl.domain.stage.Work;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.text.MergeText;
import dev.pawl.domain.text.Sentences;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Runs one stage under a lease. The order is fixed: the command's reaction, {@code started} saved, the label, the work,
 * the fence, its checkpoint, the safe point, the effects, the label, {@code finished} saved, the lease released;
 * at a run's end the label comes behind the state. {@code CrashEverywhereTest} pins it.
 */
final class StageRun {
    /** How long a merge that GitHub refused isn't tried again. */
    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(10);

    private final Performer performer;
    private final Workshop workshop;
    private final Forge forge;
    private final InstantSource clock;

    StageRun(Performer performer, Workshop workshop, Forge forge, InstantSource clock) {
        this.performer = performer;
        this.workshop = workshop;
        this.forge = forge;
        this.clock = clock;
    }

    /** One stage of one issue, claimed. */
    private record Claimed(
            Snapshot snapshot, StageKind kind, Optional<Long> comment, Policy policy, Ledger.Lease lease) {
        /** Whether the stage was running already when the issue was read: somebody died there, or was refused. */
        boolean begun() {
            return snapshot.state() instanceof StateFound.Found(var _, RunState state)
                    && state.stage(kind)
                            .filter(s -> s.status() == StageStatus.RUNNING)
                            .isPresent();
        }

        Performer.Place at(RunState state) {
            return new Performer.Place(snapshot, comment, state, lease);
        }

        Claimed saved(long id, IssueState shown) {
            return new Claimed(snapshot.showing(shown), kind, Optional.of(id), policy, lease);
        }
    }

    Report run(Snapshot snapshot, Decision.Start start, Ledger.Lease lease, Policy policy) {
        var claimed = new Claimed(snapshot, start.stage(), snapshot.state().place(), policy, lease);
        Snapshot told = Told.in(snapshot, start.state(), policy);
        RunState state = start.state().with(start.state().work().reading(Contexts.contentHash(told)));
        List<Effect> acknowledgement = acknowledgement(start.command());
        return switch (Contexts.read(start.stage(), told, policy, state, forge.now())) {
            case Contexts.Read.Changed(String document) -> {
                performer.perform(snapshot, state, acknowledgement, Optional.empty());
                yield stopped(claimed, state, Waiting.Reason.DOCUMENT_CHANGED, document);
            }
            case Contexts.Read.Ready(Context context) ->
                takesTime(context) || mergesByCommand(start)
                        ? slow(claimed, context, acknowledgement)
                        : quick(claimed, context, acknowledgement);
        };
    }

    /** A merge ends the run, and who dies behind it leaves nobody to take note of the command that asked for it. */
    private static boolean mergesByCommand(Decision.Start start) {
        return start.stage() == StageKind.MERGE && start.command().isPresent();
    }

    private static boolean takesTime(Context context) {
        return context.kind() == StageKind.VALIDATE
                || context.kind() == StageKind.UPDATE_BRANCH
                || context.kind() == StageKind.FIX_CI
                || AgentUse.of(context.kind(), context.snapshot(), context.state(), context.policy());
    }

    private static List<Effect> acknowledgement(OptionalLong command) {
        return command.isPresent() ? List.of(new Effect.EnsureReaction(command.getAsLong(), true)) : List.of();
    }

    /** Rules and our own words: nothing that would be paid for twice, so its intent isn't written down. */
    private Report quick(Claimed claimed, Context context, List<Effect> acknowledgement) {
        return conclude(claimed, context, clock.instant(), acknowledgement);
    }

    /** Intent before cost: a crash from here on is seen by the next invocation. */
    private Report slow(Claimed claimed, Context context, List<Effect> acknowledgement) {
        Instant began = clock.instant();
        RunState state = context.state();
        performer.perform(claimed.snapshot(), state, acknowledgement, Optional.empty());
        Performer.Saved saved = performer.save(claimed.comment(), state, claimed.policy(), claimed.lease());
        performer.perform(
                claimed.snapshot(), state, List.of(new Effect.EnsureStateLabel(state.state())), Optional.empty());
        return conclude(claimed.saved(saved.comment(), state.state()), context.with(saved.state()), began, List.of());
    }

    private Report conclude(Claimed claimed, Context context, Instant began, List<Effect> first) {
        return switch (workshop.work(context, unfinished(claimed))) {
            case Workshop.Done.BranchTaken(String detail) ->
                fenced(claimed).orElseGet(() -> stopped(claimed, context.state(), Waiting.Reason.BRANCH_MOVED, detail));
            case Workshop.Done.Unmergeable(Context found, List<String> reasons) ->
                fenced(claimed)
                        .orElseGet(() ->
                                finish(claimed, Unmerged.forPeople(later(found, began), reasons), Optional.empty()));
            case Workshop.Done.Conflicting(Context found) ->
                fenced(claimed).orElseGet(() -> finish(claimed, Unmerged.again(later(found, began)), Optional.empty()));
            case Workshop.Done.BranchGone() ->
                fenced(claimed)
                        .orElseGet(() -> finish(claimed, rebuilding(claimed, context.state()), Optional.empty()));
            case Workshop.Done.Worked worked -> {
                yield kept(claimed, worked).orElseGet(() -> {
                    Conclusion conclusion = StageWork.of(claimed.kind())
                            .conclude(later(worked.context(), began), worked.work())
                            .of(claimed.kind(), worked.work().session())
                            .leavingOut(claimed.kind(), leftOut(claimed, worked));
                    return finish(claimed, conclusion.after(first), worked.tree());
                });
            }
        };
    }

    private Context later(Context context, Instant began) {
        return context.at(forge.now(), Duration.between(began, clock.instant()).toSeconds());
    }

    private static int leftOut(Claimed claimed, Workshop.Done.Worked worked) {
        return worked.work() instanceof Work.Asked
                ? claimed.snapshot().comments().size()
                        - worked.context().snapshot().comments().size()
                : 0;
    }

    /** Where to look for what is left of an invocation that began this very attempt and never finished it. */
    private static Optional<String> unfinished(Claimed claimed) {
        return claimed.begun() ? Optional.of(claimed.lease().checkpoint()) : Optional.empty();
    }

    /**
     * Keeps what the agent gave, unless the lease is lost: that is the end then. A forge that doesn't say who holds the issue is
     * no reason to lose what was paid for. A commit is kept by its push, and so here only where it doesn't come to that.
     */
    private Optional<Report> kept(Claimed claimed, Workshop.Done.Worked worked) {
        boolean brief = !takesTime(worked.context()) || claimed.kind() == StageKind.OPEN_PR;
        boolean pushes = claimed.kind().changesFiles();
        try {
            Optional<Report> lost = brief ? Optional.empty() : fenced(claimed);
            if (lost.isPresent()) {
                return lost;
            }
            if (!pushes) {
                keep(claimed, worked);
            }
            Optional<Report> unwanted = brief
                    ? Optional.empty()
                    : unwanted(claimed, worked.context().state());
            unwanted.filter(_ -> pushes).ifPresent(_ -> keep(claimed, worked));
            return unwanted;
        } catch (ForgeFailure unanswered) {
            keep(claimed, worked);
            throw unanswered;
        }
    }

    private Optional<Report> unwanted(Claimed claimed, RunState state) {
        return new SafePoint(forge, performer).unwanted(claimed.at(state), claimed.policy());
    }

    private void keep(Claimed claimed, Workshop.Done.Worked worked) {
        worked.checkpoint().ifPresent(checkpoint -> performer.keep(claimed.lease(), checkpoint));
    }

    /** The end of an invocation that lost its lease while the stage ran. */
    private Optional<Report> fenced(Claimed claimed) {
        return performer.holds(claimed.lease())
                ? Optional.empty()
                : Optional.of(LeaseLost.report(claimed.snapshot().issue().number()));
    }

    private Report finish(Claimed claimed, Conclusion conclusion, Optional<Workspace.Tree> tree) {
        RunState before = conclusion.state();
        Conclusion end =
                switch (performer.perform(claimed.snapshot(), before, conclusion.effects(), tree)) {
                    case Performer.Performed.Done(RunState known) ->
                        new Conclusion(conclusion.result(), known, List.of());
                    case Performer.Performed.BranchMoved(String detail) ->
                        blocked(before, claimed.kind(), Waiting.Reason.BRANCH_MOVED, detail);
                    case Performer.Performed.NotMerged(boolean moved) -> unmerged(before, moved);
                    case Performer.Performed.PushRefused(String reason) ->
                        blocked(before, claimed.kind(), Waiting.Reason.ACCESS, reason);
                    case Performer.Performed.NotStarted(String reason) ->
                        claimed.kind() == StageKind.FIX_CI
                                ? new Conclusion(
                                        Conclusion.Result.FAILED,
                                        before.change(StageKind.FIX_CI, s -> s.as(StageStatus.PENDING)),
                                        List.of())
                                : blocked(before, claimed.kind(), Waiting.Reason.ACCESS, reason);
                };
        RunState state = end.state();
        Outcome outcome = outcome(end.result());
        Performer.Saved saved = performer.saveAndRelease(claimed.at(state), claimed.policy(), outcome);
        return new Report(
                outcome,
                OptionalInt.of(claimed.snapshot().issue().number()),
                Optional.of(claimed.kind()),
                Optional.of(saved.state()),
                reason(saved.state(), claimed.kind()),
                saved.state().spending().cost().minus(costBefore(claimed.snapshot())),
                true);
    }

    private static Usd costBefore(Snapshot snapshot) {
        return snapshot.state() instanceof StateFound.Found(var _, RunState state)
                ? state.spending().cost()
                : Usd.ZERO;
    }

    private Report stopped(Claimed claimed, RunState state, Waiting.Reason reason, String detail) {
        return finish(claimed, blocked(state, claimed.kind(), reason, detail), Optional.empty());
    }

    private Conclusion blocked(RunState state, StageKind kind, Waiting.Reason reason, String detail) {
        RunState stopped = state.change(kind, s -> s.as(StageStatus.PENDING))
                .waiting(IssueState.BLOCKED, new Waiting(reason, forge.now(), Optional.empty(), detail));
        return new Conclusion(Conclusion.Result.BLOCKED, stopped, List.of());
    }

    /** What was pushed just now is looked at with its own event; what GitHub refuses is tried again a while later. */
    private Conclusion unmerged(RunState state, boolean moved) {
        Optional<Instant> again =
                moved ? Optional.empty() : Optional.of(forge.now().plus(AFTER_REFUSAL));
        String detail = moved ? MergeText.moved() : MergeText.refused();
        return new Conclusion(Conclusion.Result.WAITING, Runs.unmerged(state, forge.now(), again, detail), List.of());
    }

    private static Conclusion rebuilding(Claimed claimed, RunState state) {
        RunState noted = state.change(
                claimed.kind(),
                s -> s.ended(StageStatus.PENDING, "the branch was deleted, and the work begins anew", 0, Usd.ZERO));
        return new Conclusion(Conclusion.Result.FAILED, Runs.rebuilding(noted), List.of());
    }

    private static Outcome outcome(Conclusion.Result result) {
        return switch (result) {
            case ADVANCED -> Outcome.ADVANCED;
            case WAITING -> Outcome.WAITING;
            case FAILED -> Outcome.FAILED;
            case BLOCKED -> Outcome.BLOCKED;
        };
    }

    private static String reason(RunState state, StageKind kind) {
        String result = state.stage(kind).map(StageRecord::result).orElse("");
        boolean waits =
                state.stage(kind).filter(s -> s.status() == StageStatus.WAITING).isPresent();
        String what = result.isEmpty() || waits ? kind.word() : kind.word() + ": " + result;
        return state.waiting()
                .map(w -> what + "; waiting for " + Sentences.waiting(w))
                .orElse(what);
    }
}
