package dev.pawl.domain.stage;

import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.Usd;
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

/** Changes the code: the agent's files, guarded, become one commit of ours on the branch. */
record Implement() implements StageWork {
    @Override
    public Conclusion conclude(Context context, Work work) {
        return switch (work) {
            case Work.Asked(AgentOutcome.Failed failure, var _) -> Ends.failed(context, failure);
            case Work.Asked(AgentOutcome.Finished(AgentResult result, Usage usage), var change) ->
                changed(context, result, usage, change.orElseThrow());
            case Work.Found(BranchName branch, Sha head, Usd cost) -> {
                var usage = new Usage(Optional.empty(), 0, 0, cost, 0);
                yield done(context, Ends.booked(context, usage, AgentSession.NONE), usage, branch, head, List.of());
            }
            case Work.Rules _, Work.Validated _ -> throw new IllegalArgumentException("implement does no such work");
        };
    }

    private static Conclusion changed(Context context, AgentResult result, Usage usage, Work.Change change) {
        RunState state = Ends.booked(context, usage, result.session());
        if (result.status() == AgentResult.Status.NEEDS_INPUT) {
            return Clarify.ask(context, state, result.questions(), usage);
        }
        if (result.status() == AgentResult.Status.FAILED) {
            return Ends.attempt(context, state, FailureKind.AGENT_RESULT, "the agent gave up", usage);
        }
        return switch (change.changes()) {
            case Workspace.Changes.None() ->
                Ends.attempt(context, state, FailureKind.AGENT_RESULT, "nothing was changed", usage);
            case Workspace.Changes.Refused(List<String> reasons) ->
                Ends.attempt(context, state, FailureKind.AGENT_RESULT, "a change was refused", reasons, usage);
            case Workspace.Changes.Accepted _ -> {
                Sha commit = change.commit().orElseThrow();
                yield done(
                        context,
                        state,
                        usage,
                        change.branch(),
                        commit,
                        List.of(new Effect.EnsureBranch(change.branch(), commit)));
            }
        };
    }

    private static Conclusion done(
            Context context, RunState state, Usage usage, BranchName branch, Sha head, List<Effect> effects) {
        int tasks = context.plan().map(p -> p.tasks().size()).orElse(0);
        RunState pushed =
                state.with(state.work().at(branch, head).tasksDone(tasks)).without(Document.FEEDBACK);
        return Ends.succeeded(context, pushed, usage, head.abbreviated(), effects);
    }
}
