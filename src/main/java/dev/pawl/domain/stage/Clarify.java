package dev.pawl.domain.stage;

import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.text.Documents;
import java.util.List;
import java.util.Optional;

/** Asks a few focused questions in one comment, and goes on once they are answered. */
record Clarify() implements StageWork {
    @Override
    public Conclusion conclude(Context context, Work work) {
        return switch (work) {
            case Work.Asked(AgentOutcome.Failed failure, var _) -> Ends.failed(context, failure);
            case Work.Asked(AgentOutcome.Finished(AgentResult result, Usage usage), var _) ->
                answered(context, result, usage);
            case Work.Rules _, Work.Validated _, Work.Dispatched _, Work.Repeatable _, Work.Found _ ->
                throw new IllegalArgumentException("clarify does no such work");
        };
    }

    private static Conclusion answered(Context context, AgentResult result, Usage usage) {
        RunState state = Ends.booked(context, usage, result.session());
        return switch (result.status()) {
            case OK -> Ends.succeeded(context, state, usage, "nothing is missing", List.of());
            case NEEDS_INPUT -> ask(context, state, result.questions(), usage);
            case FAILED -> Ends.attempt(context, state, FailureKind.AGENT_RESULT, "the agent gave up", usage);
        };
    }

    /** Asks, or turns to a person once it was asked as often as a stage may be tried. */
    static Conclusion ask(Context context, RunState state, List<AgentResult.Question> questions, Usage usage) {
        String key = key(context);
        if (asked(context, key) >= context.policy().attempts(context.stage())) {
            return Ends.waits(context, state, usage, IssueState.WAITING_ON_HUMAN, Waiting.Reason.QUESTIONS, List.of());
        }
        var few =
                questions.stream().limit(context.policy().limits().questions()).toList();
        Effect note = Ends.note(context, Note.Topic.QUESTIONS, key, Documents.questions(few), Optional.empty());
        return Ends.waits(context, state, usage, IssueState.NEEDS_CLARIFICATION, Waiting.Reason.ANSWERS, List.of(note));
    }

    /** By the attempt, so that no later question is written over one that has its answers below it. */
    private static String key(Context context) {
        int attempt =
                context.state().stage(context.kind()).map(StageRecord::attempts).orElse(1);
        return context.kind().word() + "-" + attempt;
    }

    /** How often the stage asked in this run before. A crash's own comment is this attempt's. */
    private static long asked(Context context, String key) {
        return context.snapshot().notes().stream()
                .filter(n -> n.topic() == Note.Topic.QUESTIONS)
                .filter(n -> n.run().equals(context.state().id().run()))
                .filter(n -> n.key().startsWith(context.kind().word() + "-")
                        && !n.key().equals(key))
                .count();
    }
}
