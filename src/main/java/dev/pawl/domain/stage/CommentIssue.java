package dev.pawl.domain.stage;

import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Feedback;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.Workflow;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.text.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Posts the report. */
record CommentIssue() implements StageWork {
    @Override
    public Conclusion conclude(Context context, Work work) {
        return switch (work) {
            case Work.Rules() -> posted(context);
            case Work.Asked _, Work.Validated _, Work.Dispatched _, Work.Repeatable _, Work.Found _ ->
                throw new IllegalArgumentException("comment_issue does no such work");
        };
    }

    private static Conclusion posted(Context context) {
        Untrusted report =
                context.feedback().stream().findFirst().map(Feedback::text).orElseThrow();
        var effects = new ArrayList<Effect>();
        effects.add(Ends.note(
                context,
                Note.Topic.REPORT,
                "report",
                "## Report\n\n" + Documents.report(report),
                Optional.of(new Note.Data.Found(report))));
        Conclusion done = Ends.succeeded(context, context.state(), Ends.free(), "posted", List.of());
        boolean last = done.state().state() == IssueState.COMPLETED;
        boolean close = Optional.ofNullable(
                        context.policy().workflows().get(context.state().id().workflow()))
                .map(Workflow::close)
                .orElse(false);
        if (last && close) {
            effects.add(new Effect.CloseIssue());
        }
        return done.after(effects);
    }
}
