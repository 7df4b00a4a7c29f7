package dev.pawl.domain.stage;

import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Feedback;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.Validation;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.text.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Runs the repository's own commands, or its workflow; what fails goes back to the stage that made it. */
record Validate() implements StageWork {
    private static final int MOST_FAILURES = 20;
    private static final int LONGEST = 4_000;

    @Override
    public Conclusion conclude(Context context, Work work) {
        return switch (work) {
            case Work.Validated(List<Validation.Result> results) -> validated(context, results);
            case Work.Dispatched(boolean begun) -> waits(context, begun);
            case Work.Rules _, Work.Asked _, Work.Repeatable _, Work.Found _ ->
                throw new IllegalArgumentException("validate does no such work");
        };
    }

    /** The repository's own workflow does it, and tells by its event. */
    private static Conclusion waits(Context context, boolean begun) {
        RunState state = context.state();
        String workflow = context.policy().validation().workflow().orElseThrow();
        List<Effect> start = begun
                ? List.of()
                : List.of(new Effect.EnsureStarted(
                        workflow,
                        state.work().branch().orElseThrow(),
                        state.work().head().orElseThrow()));
        RunState waiting = state.change(
                        context.kind(),
                        s -> s.ended(StageStatus.WAITING, "waiting for " + workflow, context.seconds(), Usd.ZERO))
                .waiting(
                        IssueState.IN_PROGRESS,
                        new Waiting(Waiting.Reason.WORKFLOW, context.now(), Optional.empty(), workflow));
        return new Conclusion(Conclusion.Result.WAITING, waiting, start);
    }

    private static Conclusion validated(Context context, List<Validation.Result> results) {
        long passed = results.stream()
                .filter(r -> r.status() == Validation.Result.Status.PASSED)
                .count();
        String summary = passed + " of " + results.size() + " passed";
        int attempt = context.state().stage(context.kind()).orElseThrow().attempts();
        boolean clean = passed == results.size();
        String body = Documents.validation(results);
        String key = "validate-" + attempt;
        if (results.stream().allMatch(Validation.Result::acceptable)) {
            return Ends.succeeded(
                    context,
                    context.state(),
                    Ends.free(),
                    summary,
                    clean
                            ? List.of()
                            : List.of(Ends.note(context, Note.Topic.VALIDATION, key, body, Optional.empty())));
        }
        var data = new Note.Data.Said(feedback(results));
        return Ends.sentBack(
                context,
                context.state(),
                FailureKind.VALIDATION,
                summary,
                Ends.free(),
                Ends.note(context, Note.Topic.VALIDATION, key, body, Optional.of(data)));
    }

    private static List<Feedback> feedback(List<Validation.Result> results) {
        var feedback = new ArrayList<Feedback>();
        for (Validation.Result result : results) {
            if (result.acceptable()) {
                continue;
            }
            String name = result.command().name();
            if (result.failures().isEmpty()) {
                feedback.add(new Feedback(
                        name,
                        Feedback.Kind.VALIDATION,
                        new Untrusted(tail(result.log().raw())),
                        Optional.empty(),
                        OptionalInt.empty()));
            }
            for (Validation.Failure failure : result.failures()) {
                if (feedback.size() < MOST_FAILURES) {
                    feedback.add(new Feedback(
                            name + "/" + (feedback.size() + 1),
                            Feedback.Kind.VALIDATION,
                            new Untrusted(failure.test() + ": "
                                    + tail(failure.message().raw())),
                            failure.file(),
                            failure.line()));
                }
            }
        }
        return feedback;
    }

    private static String tail(String text) {
        return text.length() <= LONGEST ? text : text.substring(text.length() - LONGEST);
    }
}
