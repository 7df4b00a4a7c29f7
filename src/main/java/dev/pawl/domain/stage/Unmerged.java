package dev.pawl.domain.stage;

import dev.pawl.domain.model.Note;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.text.UpdateText;
import java.util.List;
import java.util.Optional;

/** The ends of an update whose merge wasn't made, because branch and base conflict. */
public final class Unmerged {
    private Unmerged() {}

    /**
     * A person has to solve it: an agent may not, or can't.
     *
     * @param reasons one sentence each
     */
    public static Conclusion forPeople(Context context, List<String> reasons) {
        RunState left = context.state()
                .change(
                        context.kind(),
                        s -> s.ended(StageStatus.SKIPPED, "left to people", context.seconds(), Usd.ZERO))
                .waiting(
                        IssueState.WAITING_ON_HUMAN,
                        new Waiting(Waiting.Reason.CONFLICT, context.now(), Optional.empty(), Waiting.FOR_PEOPLE));
        int attempt =
                context.state().stage(context.kind()).map(StageRecord::attempts).orElse(1);
        var note = Ends.note(
                context,
                Note.Topic.NOTICE,
                context.kind().word() + "-" + attempt,
                UpdateText.forPeople(reasons),
                Optional.empty());
        return new Conclusion(
                Conclusion.Result.WAITING, left.with(left.spending().progressed()), List.of(note));
    }

    /** GitHub had said that they fit, and git finds that they don't: it is due again, with an agent. */
    public static Conclusion again(Context context) {
        RunState pending = context.state()
                .change(
                        context.kind(),
                        s -> s.ended(StageStatus.PENDING, "it conflicts with its base", context.seconds(), Usd.ZERO));
        return new Conclusion(
                Conclusion.Result.FAILED, pending.with(pending.after().conflicting()), List.of());
    }
}
