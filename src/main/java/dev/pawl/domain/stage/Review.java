package dev.pawl.domain.stage;

import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Feedback;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.text.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Has another agent look at the change; what blocks goes back to implement. */
record Review() implements StageWork {
    @Override
    public Conclusion conclude(Context context, Work work) {
        return switch (work) {
            case Work.Asked(AgentOutcome.Failed failure, var _) -> Ends.failed(context, failure);
            case Work.Asked(AgentOutcome.Finished(AgentResult result, Usage usage), var _) ->
                reviewed(context, result, usage);
            case Work.Rules _, Work.Validated _, Work.Dispatched _, Work.Repeatable _, Work.Found _ ->
                throw new IllegalArgumentException("review does no such work");
        };
    }

    private static Conclusion reviewed(Context context, AgentResult result, Usage usage) {
        RunState state = Ends.booked(context, usage, result.session());
        if (result.status() != AgentResult.Status.OK) {
            return Ends.attempt(context, state, FailureKind.AGENT_RESULT, "no review", usage);
        }
        int attempt = state.stage(context.kind()).orElseThrow().attempts();
        List<AgentResult.Finding> blocking =
                result.findings().stream().filter(AgentResult.Finding::blocking).toList();
        int minor = result.findings().size() - blocking.size();
        String summary = blocking.size() + " blocking, " + minor + " minor";
        String body = Documents.review(result.summary(), result.findings());
        String key = "review-" + attempt;
        if (blocking.isEmpty()) {
            Effect note = Ends.note(context, Note.Topic.REVIEW, key, body, Optional.empty());
            return Ends.succeeded(context, state, usage, summary, List.of(note));
        }
        var data = new Note.Data.Said(feedback(result.findings()));
        return Ends.sentBack(
                context,
                state,
                FailureKind.REVIEW_FINDINGS,
                summary,
                usage,
                Ends.note(context, Note.Topic.REVIEW, key, body, Optional.of(data)));
    }

    private static List<Feedback> feedback(List<AgentResult.Finding> findings) {
        var feedback = new ArrayList<Feedback>();
        for (AgentResult.Finding finding : findings) {
            feedback.add(new Feedback(
                    (finding.blocking() ? "blocking-" : "minor-") + (feedback.size() + 1),
                    Feedback.Kind.REVIEW,
                    finding.text(),
                    finding.file(),
                    finding.line()));
        }
        return feedback;
    }
}
