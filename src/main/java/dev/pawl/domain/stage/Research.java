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

/** Investigates without changing anything. */
record Research() implements StageWork {
    @Override
    public Conclusion conclude(Context context, Work work) {
        return switch (work) {
            case Work.Asked(AgentOutcome.Failed failure, var _) -> Ends.failed(context, failure);
            case Work.Asked(AgentOutcome.Finished(AgentResult result, Usage usage), var _) ->
                found(context, result, usage);
            case Work.Rules _, Work.Validated _, Work.Dispatched _, Work.Repeatable _, Work.Found _ ->
                throw new IllegalArgumentException("research does no such work");
        };
    }

    private static Conclusion found(Context context, AgentResult result, Usage usage) {
        RunState state = Ends.booked(context, usage, result.session());
        if (result.status() == AgentResult.Status.NEEDS_INPUT) {
            return Clarify.ask(context, state, result.questions(), usage);
        }
        Untrusted findings = result.report().orElse(result.summary());
        if (result.status() == AgentResult.Status.FAILED || findings.isBlank()) {
            return Ends.attempt(context, state, FailureKind.AGENT_RESULT, "no findings", usage);
        }
        var note = Ends.note(
                context,
                Note.Topic.RESEARCH,
                "research",
                "### Research notes\n\n" + Documents.report(cut(findings)),
                Optional.of(new Note.Data.Found(cut(findings))));
        return Ends.succeeded(context, state, usage, "done", List.of(note));
    }

    /** The comment holds the findings twice, for people and for the next stage: each gets a part of the room. */
    static Untrusted cut(Untrusted text) {
        int most = 16_000;
        return text.raw().length() <= most ? text : new Untrusted(text.raw().substring(0, most));
    }
}
