package dev.pawl.domain.stage;

import dev.pawl.domain.decide.Classification;
import dev.pawl.domain.decide.ReadinessRules;
import dev.pawl.domain.decide.Runs;
import dev.pawl.domain.decide.Verdict;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Readiness;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.text.Sanitizer;
import java.util.List;
import java.util.Optional;

/** Finds the issue's type and says whether it is ready: rules first, an agent only where judgement is needed. */
record Triage() implements StageWork {
    @Override
    public Conclusion conclude(Context context, Work work) {
        return switch (work) {
            case Work.Rules() ->
                verdict(
                        context,
                        context.state(),
                        ReadinessRules.judge(context.snapshot().issue(), context.policy())
                                .orElseThrow(),
                        Ends.free());
            case Work.Asked(AgentOutcome.Failed failure, var _) -> Ends.failed(context, failure);
            case Work.Asked(AgentOutcome.Finished(AgentResult result, Usage usage), var _) ->
                judged(context, result, usage);
            case Work.Validated _, Work.Dispatched _, Work.Repeatable _, Work.Found _ ->
                throw new IllegalArgumentException("triage does no such work");
        };
    }

    private static Conclusion judged(Context context, AgentResult result, Usage usage) {
        RunState state = Ends.booked(context, usage, result.session());
        if (result.verdict().isEmpty()) {
            return Ends.attempt(context, state, FailureKind.AGENT_RESULT, "no verdict", usage);
        }
        AgentResult.Verdict given = result.verdict().get();
        Optional<String> type = Classification.of(context.snapshot().issue(), context.policy())
                .or(given::type)
                .filter(t -> context.policy().workflows().containsKey(t));
        if (type.isEmpty() && given.readiness() == Readiness.READY) {
            return Ends.attempt(
                    context, state, FailureKind.AGENT_RESULT, "the verdict names no type that the policy has", usage);
        }
        return verdict(
                context, state, new Verdict(given.readiness(), type, Sanitizer.markdown(given.reason(), 2_000)), usage);
    }

    private static Conclusion verdict(Context context, RunState before, Verdict verdict, Usage usage) {
        RunState typed =
                verdict.type().map(t -> Runs.typed(before, context.policy(), t)).orElse(before);
        String result = verdict.readiness().word()
                + verdict.type().map(t -> " (" + t + ")").orElse("");
        return switch (verdict.readiness()) {
            case READY -> Ends.succeeded(context, withoutClarify(typed), usage, result, List.of());
            case NEEDS_CLARIFICATION -> clarify(context, typed, usage, result);
            case DUPLICATE ->
                stops(context, typed, usage, verdict, new Stop(IssueState.WAITING_ON_HUMAN, Waiting.Reason.DUPLICATE));
            case OUT_OF_SCOPE ->
                stops(
                        context,
                        typed,
                        usage,
                        verdict,
                        new Stop(IssueState.WAITING_ON_HUMAN, Waiting.Reason.OUT_OF_SCOPE));
            case IN_PROGRESS ->
                stops(
                        context,
                        typed,
                        usage,
                        verdict,
                        new Stop(IssueState.WAITING_ON_HUMAN, Waiting.Reason.ALREADY_IN_PROGRESS));
            case BLOCKED -> stops(context, typed, usage, verdict, new Stop(IssueState.BLOCKED, Waiting.Reason.BLOCKED));
            case WAITING_ON_DEPENDENCY ->
                stops(context, typed, usage, verdict, new Stop(IssueState.BLOCKED, Waiting.Reason.DEPENDENCY));
        };
    }

    private static String result(Verdict verdict) {
        return verdict.readiness().word()
                + verdict.type().map(t -> " (" + t + ")").orElse("");
    }

    /** Where a verdict leaves the issue, and why. */
    private record Stop(IssueState in, Waiting.Reason reason) {}

    /** Nothing is missing, so clarifying has nothing to do. */
    private static RunState withoutClarify(RunState state) {
        return state.change(
                StageKind.CLARIFY,
                s -> s.ended(
                        StageStatus.SKIPPED,
                        "nothing is missing",
                        0,
                        Ends.free().cost()));
    }

    private static Conclusion clarify(Context context, RunState state, Usage usage, String result) {
        Conclusion done = Ends.succeeded(context, Runs.clarifying(state), usage, result, List.of());
        return new Conclusion(done.result(), done.state().in(IssueState.NEEDS_CLARIFICATION), done.effects());
    }

    /** The verdict stops the run; when a person lifts it, triage is due again. */
    private static Conclusion stops(Context context, RunState state, Usage usage, Verdict verdict, Stop stop) {
        IssueState in = stop.in();
        Waiting.Reason reason = stop.reason();
        String said = verdict.reason();
        String result = result(verdict);
        RunState failed = state.change(
                StageKind.TRIAGE, s -> s.ended(StageStatus.WAITING, result, context.seconds(), usage.cost()));
        var waiting = new Waiting(reason, context.now(), Optional.empty(), "");
        Effect why = Ends.note(
                context,
                Note.Topic.NOTICE,
                "triage",
                "### Triage: " + reason.word() + "\n\n" + said + "\n",
                Optional.empty());
        return new Conclusion(Conclusion.Result.WAITING, failed.waiting(in, waiting), List.of(why));
    }
}
