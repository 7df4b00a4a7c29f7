package dev.pawl.domain.stage;

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
import dev.pawl.domain.text.Sentences;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Changes the code: an agent's files, guarded, become one commit of ours on the branch, for each leg of the plan. */
record Implement() implements StageWork {
    @Override
    public Conclusion conclude(Context context, Work work) {
        return switch (work) {
            case Work.Asked(AgentOutcome.Failed failure, var _) -> Ends.failed(context, failure);
            case Work.Asked(AgentOutcome.Finished(AgentResult result, Usage usage), var change) ->
                changed(context, result, usage, change.orElseThrow());
            case Work.Found(BranchName branch, Sha head, Usage usage, OptionalInt tasks) -> {
                RunState state = Ends.booked(context, usage, AgentSession.NONE);
                yield done(context, at(state, branch, head), usage, found(context, tasks), List.of());
            }
            case Work.Rules _, Work.Validated _, Work.Dispatched _, Work.Repeatable _ ->
                throw new IllegalArgumentException("implement does no such work");
        };
    }

    private static Conclusion changed(Context context, AgentResult result, Usage usage, Work.Change change) {
        RunState state = Ends.booked(context, usage, result.session());
        Optional<Conclusion> undone = Ends.undone(context, state, result, usage);
        if (undone.isPresent()) {
            return undone.get();
        }
        return switch (change.changes()) {
            case Workspace.Changes.None()
            when continues(context) -> done(context, state, usage, context.reaches(), List.of());
            case Workspace.Changes.None() ->
                Ends.attempt(context, state, FailureKind.AGENT_RESULT, "nothing was changed", usage);
            case Workspace.Changes.Refused(List<String> reasons) ->
                Ends.attempt(context, state, FailureKind.AGENT_RESULT, "a change was refused", reasons, usage);
            case Workspace.Changes.Accepted _ -> {
                Sha commit = change.commit().orElseThrow();
                yield done(
                        context,
                        at(state, change.branch(), commit),
                        usage,
                        context.reaches(),
                        List.of(new Effect.EnsureBranch(change.branch(), commit)));
            }
        };
    }

    /**
     * Whether tasks before these were done by a commit of this run. An agent may have done more than it was asked for, and
     * then the next one has nothing to change; without any commit there is nothing to go on with.
     */
    private static boolean continues(Context context) {
        boolean later = context.assignment()
                .flatMap(Assignment::leg)
                .filter(leg -> !leg.before().isEmpty())
                .isPresent();
        return later && context.state().work().head().isPresent();
    }

    /** The commit says how many tasks are done: at least one more than was known, and no more than there are. */
    private static int found(Context context, OptionalInt tasks) {
        int planned = context.planned();
        int least = Math.min(context.state().work().tasks() + 1, planned);
        return Math.clamp(tasks.orElse(planned), least, planned);
    }

    private static RunState at(RunState state, BranchName branch, Sha head) {
        return state.with(state.work().at(branch, head));
    }

    private static Conclusion done(Context context, RunState state, Usage usage, int tasks, List<Effect> effects) {
        RunState counted =
                state.with(state.work().tasksDone(tasks, context.planned())).without(Document.FEEDBACK);
        if (tasks < context.planned()) {
            String some = Sentences.tasks(counted.work()).orElseThrow();
            return Ends.goesOn(context, counted, usage, some, effects);
        }
        Sha head = counted.work().head().orElseThrow();
        return Ends.succeeded(context, counted, usage, head.abbreviated(), effects);
    }
}
