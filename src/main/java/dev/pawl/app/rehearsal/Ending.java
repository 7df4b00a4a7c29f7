package dev.pawl.app.rehearsal;

import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.SandboxPullRequest;
import java.util.List;
import java.util.Optional;

/**
 * How a walk ended.
 *
 * @param reached whether that is where its workflow ends
 * @param sentence where it is, or where it stopped and why
 */
record Ending(boolean reached, String sentence) {
    /** The open pull request of a walk, where there is one. */
    static Optional<SandboxPullRequest> pull(Scene scene) {
        return scene.repository().pullRequests().stream()
                .filter(p -> p.issue().isOpen() || p.isMerged())
                .findFirst();
    }

    /** What became of a walk in which nothing more happens. GitHub's own facts count, not what the engine said. */
    static Ending of(Scene scene, SandboxIssue issue, Scenario scenario, List<Invocation> past) {
        if (scenario == Scenario.RESEARCH) {
            boolean completed = past.stream().anyMatch(i -> i.output("state").equals("completed"));
            boolean reported = issue.comments().stream()
                    .anyMatch(c -> c.body().startsWith("<!--") && c.body().contains("pawl:report "));
            return completed && reported ? new Ending(true, "The report is posted on the issue.") : stopped(past);
        }
        return pull(scene)
                .map(pull -> new Ending(true, "Pull request #" + pull.number() + " is open and waits for a review."))
                .orElseGet(() -> stopped(past));
    }

    /** The walk ran into the limit of invocations. */
    static Ending limit(int most) {
        return new Ending(
                false,
                "The walk stopped after " + most + " invocations, the most of a rehearsal, without reaching its end.");
    }

    /** The engine broke off. */
    static Ending broken(Invocation last) {
        String how = last.ended().inTime()
                ? "The engine ended with exit code " + last.ended().exitCode()
                : "The engine didn't end in time and was stopped";
        String reason = last.output("reason");
        return new Ending(false, how + " on " + last.occasion() + (reason.isEmpty() ? "." : ": " + reason));
    }

    private static Ending stopped(List<Invocation> past) {
        Optional<Invocation> last = past.reversed().stream()
                .filter(i ->
                        !i.output("outcome").isEmpty() && !i.output("outcome").equals("nothing"))
                .findFirst()
                .or(() -> past.isEmpty() ? Optional.empty() : Optional.of(past.getLast()));
        return new Ending(
                false,
                last.map(i -> "The walk stopped "
                                + (i.output("stage").isEmpty() ? "" : "at the stage " + i.output("stage") + " ")
                                + "(" + (i.output("outcome").isEmpty() ? "no outcome" : i.output("outcome")) + ")"
                                + (i.output("reason").isEmpty() ? "." : ": " + i.output("reason")))
                        .orElse("The walk stopped before the engine was ever called."));
    }
}
