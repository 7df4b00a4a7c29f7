package dev.pawl.domain.stage;

import dev.pawl.domain.decide.Runs;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.AgentSession;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.port.Workspace;
import dev.pawl.domain.state.Document;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.RunState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Takes the base into the branch: git's own merge where they fit, an agent's where they conflict. Never a rewritten commit. */
record UpdateBranch() implements StageWork {
    @Override
    public Conclusion conclude(Context context, Work work) {
        return switch (work) {
            case Work.Asked(AgentOutcome.Failed failure, var _) -> Ends.failed(context, failure);
            case Work.Asked(AgentOutcome.Finished(AgentResult result, Usage usage), var change) ->
                solved(context, result, usage, change.orElseThrow());
            case Work.Found(BranchName branch, Sha head, Usage usage, OptionalInt _) ->
                merged(context, Ends.booked(context, usage, AgentSession.NONE), usage, new Merged(branch, head));
            case Work.Rules() ->
                Ends.succeeded(context, context.state(), Ends.free(), "it has all that its base has", List.of());
            case Work.Validated _, Work.Dispatched _, Work.Repeatable _ ->
                throw new IllegalArgumentException("update_branch does no such work");
        };
    }

    private record Merged(BranchName branch, Sha head) {}

    private static Conclusion solved(Context context, AgentResult result, Usage usage, Work.Change change) {
        RunState state = Ends.booked(context, usage, result.session());
        Optional<Conclusion> undone = Ends.undone(context, state, result, usage);
        if (undone.isPresent()) {
            return undone.get();
        }
        return switch (change.changes()) {
            case Workspace.Changes.None() ->
                Ends.attempt(context, state, FailureKind.AGENT_RESULT, "nothing was changed", usage);
            case Workspace.Changes.Refused(List<String> reasons) ->
                Ends.attempt(context, state, FailureKind.AGENT_RESULT, "a change was refused", reasons, usage);
            case Workspace.Changes.Accepted _ ->
                merged(
                        context,
                        state,
                        usage,
                        new Merged(change.branch(), change.commit().orElseThrow()));
        };
    }

    private static Conclusion merged(Context context, RunState state, Usage usage, Merged merged) {
        RunState updated =
                state.with(state.work().at(merged.branch(), merged.head())).without(Document.FEEDBACK);
        return Ends.succeeded(
                context,
                Runs.validatingAgain(updated),
                usage,
                merged.head().abbreviated(),
                List.of(new Effect.EnsureBranch(merged.branch(), merged.head())));
    }
}
