package dev.pawl.domain.stage;

import dev.pawl.domain.decide.CheckRound;
import dev.pawl.domain.decide.PullSeen;
import dev.pawl.domain.decide.Runs;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.AgentSession;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.port.Workspace;
import dev.pawl.domain.state.Document;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.text.CiText;
import dev.pawl.domain.text.Documents;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Repairs what the pull request's checks found, by their logs: one commit. Where the policy says so, what failed is run
 * once more before an agent looks at it.
 */
record FixCi() implements StageWork {
    @Override
    public Conclusion conclude(Context context, Work work) {
        return switch (work) {
            case Work.Rules() ->
                Ends.succeeded(context, context.state(), Ends.free(), "nothing fails any more", List.of());
            case Work.Repeatable repeatable -> repeated(context, repeatable);
            case Work.Asked(AgentOutcome.Failed failure, var _) -> Ends.failed(context, failure);
            case Work.Asked(AgentOutcome.Finished(AgentResult result, Usage usage), var change) ->
                worked(context, result, usage, change.orElseThrow());
            case Work.Found(BranchName branch, Sha head, Usage usage, OptionalInt _) ->
                pushed(context, Ends.booked(context, usage, AgentSession.NONE), usage, branch, head);
            case Work.Validated _, Work.Dispatched _ -> throw new IllegalArgumentException("fix_ci does no such work");
        };
    }

    private static Optional<CheckRound> checks(Context context) {
        return context.snapshot()
                .known()
                .pull()
                .flatMap(PullSeen::facts)
                .map(facts -> CheckRound.toRepair(facts, context.policy()));
    }

    /** Once for each head; where all of it was run again before, an agent is next. */
    private static Conclusion repeated(Context context, Work.Repeatable repeatable) {
        RunState noted = checks(context)
                .map(checks -> context.state()
                        .with(context.state().after().rerunning(checks.head().abbreviated())))
                .orElse(context.state());
        if (repeatable.runs().isEmpty() && !repeatable.again()) {
            RunState due = noted.change(context.kind(), s -> s.ended(StageStatus.PENDING, "", 0, Usd.ZERO));
            return new Conclusion(Conclusion.Result.ADVANCED, due.in(Runs.during(context.kind())), List.of());
        }
        List<Effect> again =
                repeatable.runs().stream().<Effect>map(Effect.EnsureRerun::new).toList();
        return Ends.succeeded(context, noted, Ends.free(), "what failed runs once more", again);
    }

    private static Conclusion worked(Context context, AgentResult result, Usage usage, Work.Change change) {
        RunState state = Ends.booked(context, usage, result.session());
        Optional<Conclusion> undone = Ends.undone(context, state, result, usage);
        if (undone.isPresent()) {
            return undone.get();
        }
        return switch (change.changes()) {
            case Workspace.Changes.None() -> leftAsItIs(context, state, usage, result);
            case Workspace.Changes.Refused(List<String> reasons) ->
                Ends.attempt(context, state, FailureKind.AGENT_RESULT, "a change was refused", reasons, usage);
            case Workspace.Changes.Accepted _ ->
                pushed(context, state, usage, change.branch(), change.commit().orElseThrow());
        };
    }

    /** An agent may find that the failure isn't the branch's: people read why, and decide. */
    private static Conclusion leftAsItIs(Context context, RunState state, Usage usage, AgentResult result) {
        int attempt =
                context.state().stage(context.kind()).map(StageRecord::attempts).orElse(1);
        Effect said = Ends.note(
                context,
                Note.Topic.NOTICE,
                context.kind().word() + "-" + attempt,
                Documents.leftAsItIs(result.summary()),
                Optional.empty());
        RunState looked = checks(context)
                .map(checks -> state.with(state.after().lookedAt(checks.key())))
                .orElse(state)
                .without(Document.FEEDBACK);
        Conclusion done = Ends.succeeded(context, looked, usage, "nothing was changed", List.of(said));
        var waiting = new Waiting(Waiting.Reason.CHECKS, context.now(), Optional.empty(), CiText.LEFT_AS_IT_IS);
        return new Conclusion(
                Conclusion.Result.WAITING, done.state().waiting(IssueState.WAITING_ON_HUMAN, waiting), done.effects());
    }

    private static Conclusion pushed(Context context, RunState state, Usage usage, BranchName branch, Sha head) {
        RunState next = Runs.validatingAgain(state.with(state.after().repairing())
                .with(state.work().at(branch, head))
                .without(Document.FEEDBACK));
        return Ends.succeeded(context, next, usage, head.abbreviated(), List.of(new Effect.EnsureBranch(branch, head)));
    }
}
