package dev.pawl.domain.stage;

import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.text.Documents;
import java.util.List;
import java.util.Optional;

/** Writes the report from the research, as a draft that the next stage posts. */
record Summarize() implements StageWork {
    @Override
    public Conclusion conclude(Context context, Work work) {
        return switch (work) {
            case Work.Asked(AgentOutcome.Failed failure, var _) -> Ends.failed(context, failure);
            case Work.Asked(AgentOutcome.Finished(AgentResult result, Usage usage), var _) ->
                summarized(context, result, usage);
            case Work.Rules _, Work.Validated _, Work.Dispatched _, Work.Repeatable _, Work.Found _ ->
                throw new IllegalArgumentException("summarize does no such work");
        };
    }

    private static Conclusion summarized(Context context, AgentResult result, Usage usage) {
        RunState state = Ends.booked(context, usage, result.session());
        if (result.status() != AgentResult.Status.OK || result.report().isEmpty()) {
            return Ends.attempt(context, state, FailureKind.AGENT_RESULT, "no report", usage);
        }
        Untrusted report = Research.cut(result.report().get());
        var note = Ends.note(
                context,
                Note.Topic.REPORT,
                "report",
                "## Report (draft)\n\n" + Documents.report(report),
                Optional.of(new Note.Data.Found(report)));
        return Ends.succeeded(context, state, usage, "drafted", List.of(note));
    }
}
