package dev.pawl.domain.stage;

import dev.pawl.domain.decide.Runs;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Plan;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.text.Documents;
import java.util.List;
import java.util.Optional;

/** Writes the work plan: a comment that people can read, and approve where the policy asks for that. */
record PlanStage() implements StageWork {
    @Override
    public Conclusion conclude(Context context, Work work) {
        return switch (work) {
            case Work.Asked(AgentOutcome.Failed failure, var _) -> Ends.failed(context, failure);
            case Work.Asked(AgentOutcome.Finished(AgentResult result, Usage usage), var _) ->
                planned(context, result, usage);
            case Work.Rules _, Work.Validated _, Work.Dispatched _, Work.Repeatable _, Work.Found _ ->
                throw new IllegalArgumentException("plan does no such work");
        };
    }

    private static Conclusion planned(Context context, AgentResult result, Usage usage) {
        RunState state = Ends.booked(context, usage, result.session());
        if (result.status() == AgentResult.Status.NEEDS_INPUT) {
            return Clarify.ask(context, state, result.questions(), usage);
        }
        if (result.status() == AgentResult.Status.FAILED || result.plan().isEmpty()) {
            return Ends.attempt(context, state, FailureKind.AGENT_RESULT, "no plan", usage);
        }
        Plan plan = result.plan().get();
        boolean approval = context.stage().approval();
        Effect note = Ends.note(
                context,
                Note.Topic.PLAN,
                "plan",
                Documents.plan(
                        plan,
                        approval,
                        context.policy(),
                        Runs.configured(context.state(), context.policy(), StageKind.IMPLEMENT)),
                Optional.of(new Note.Data.Planned(plan)));
        RunState fresh = state.with(state.work().tasksDone(0, plan.tasks().size()));
        if (approval) {
            return Ends.waits(
                    context, fresh, usage, IssueState.WAITING_ON_HUMAN, Waiting.Reason.PLAN_APPROVAL, List.of(note));
        }
        int tasks = plan.tasks().size();
        return Ends.succeeded(context, fresh, usage, tasks + (tasks == 1 ? " task" : " tasks"), List.of(note));
    }
}
