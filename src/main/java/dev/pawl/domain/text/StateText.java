package dev.pawl.domain.text;

import dev.pawl.domain.decide.Runs;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import java.util.Locale;
import java.util.Optional;

/** What people read in the state comment. */
public final class StateText {
    private StateText() {}

    /**
     * The comment below its first line.
     *
     * @param state the run
     * @param policy for the limits
     * @param invocation where this invocation's log is, and its number; empty outside of Actions
     */
    public static String of(RunState state, Policy policy, Optional<Invocation> invocation) {
        return headline(state, policy, invocation) + "\n\n" + table(state) + "\n" + outlook(state, policy) + "\n";
    }

    /**
     * The workflow run that writes.
     *
     * @param id its number
     * @param url where people look at it
     */
    public record Invocation(long id, String url) {}

    private static String headline(RunState state, Policy policy, Optional<Invocation> invocation) {
        var line = new StringBuilder("**Pawl** · ").append(state.state().word());
        state.due().ifPresent(stage -> {
            line.append(" · stage *").append(stage.kind().word()).append('*');
            if (stage.attempts() > 0) {
                line.append(", attempt ")
                        .append(stage.status() == StageStatus.RUNNING ? used(stage) + 1 : Math.max(1, used(stage)))
                        .append(" of ")
                        .append(policy.attempts(Runs.configured(state, policy, stage.kind())));
            }
            tasks(state, stage).ifPresent(t -> line.append(", ").append(t));
        });
        invocation.ifPresent(i -> line.append(" · run [")
                .append(i.id())
                .append("](")
                .append(i.url())
                .append(')'));
        return line.toString();
    }

    /** How far the plan is carried out, where the stage is the one that does that. */
    private static Optional<String> tasks(RunState state, StageRecord stage) {
        return stage.kind() == StageKind.IMPLEMENT ? Sentences.tasks(state.work()) : Optional.empty();
    }

    private static int used(StageRecord stage) {
        return stage.attemptsUsed();
    }

    /** The stages of a run as a Markdown table. */
    public static String table(RunState state) {
        var table =
                new StringBuilder("| stage | result | attempts | time | cost | tokens |\n|---|---|---|---|---|---|\n");
        for (StageRecord stage : state.stages()) {
            table.append("| ")
                    .append(stage.kind().word())
                    .append(" | ")
                    .append(result(stage, tasks(state, stage)))
                    .append(" | ")
                    .append(stage.attempts() == 0 ? "" : Integer.toString(stage.attempts()))
                    .append(" | ")
                    .append(stage.attempts() == 0 ? "" : duration(stage.seconds()))
                    .append(" | ")
                    .append(cost(stage))
                    .append(" | ")
                    .append(tokens(stage.tokens()))
                    .append(" |\n");
        }
        return table.toString();
    }

    /** What isn't known is no nothing. */
    private static String cost(StageRecord stage) {
        String known = stage.cost().micros() == 0 ? "" : stage.cost().forPeople();
        return stage.tokens().unpriced() == 0 ? known : known.isEmpty() ? "unknown" : known + " and more";
    }

    private static String tokens(StageRecord.Tokens tokens) {
        return tokens.input() + tokens.output() == 0
                ? ""
                : number(tokens.input()) + " in, " + number(tokens.output()) + " out";
    }

    private static String number(long count) {
        if (count < 10_000) {
            return Long.toString(count);
        }
        return count < 1_000_000 ? count / 1000 + "k" : String.format(Locale.ROOT, "%.1fM", count / 1e6);
    }

    private static String result(StageRecord stage, Optional<String> tasks) {
        return switch (stage.status()) {
            case PENDING ->
                stage.last().map(f -> "again: " + f.word()).or(() -> tasks).orElse("");
            case RUNNING -> tasks.map(t -> "running, " + t).orElse("running");
            case SUCCEEDED -> stage.result().isEmpty() ? "done" : stage.result();
            case SKIPPED -> stage.result().isEmpty() ? "skipped" : "skipped: " + stage.result();
            case FAILED -> stage.result().isEmpty() ? "failed" : "failed: " + stage.result();
            case WAITING -> stage.result().isEmpty() ? "waiting" : stage.result();
        };
    }

    private static String outlook(RunState state, Policy policy) {
        String waiting = state.waiting().map(Sentences::waiting).orElse("nothing.");
        String next = state.state().ended()
                ? "nothing"
                : state.due().map(s -> s.kind().word()).orElse("nothing");
        String pull = state.work().pull().isPresent()
                ? "Pull request: #" + state.work().pull().getAsInt() + ". "
                : "";
        String end = state.state() == IssueState.COMPLETED
                ? "The run is complete. "
                : state.state() == IssueState.CLOSED_UNRESOLVED ? "The run has ended without a result. " : "";
        boolean more = state.stages().stream().anyMatch(s -> s.tokens().unpriced() > 0);
        return end + pull + "Waiting for: " + waiting + " Next: " + next + ". Limits: "
                + state.spending().runs() + " of " + policy.limits().runsPerIssue() + " runs, "
                + state.spending().cost().forPeople() + " of "
                + policy.limits().costPerIssue().forPeople()
                + (more ? ", and a cost that isn't known." : ".");
    }

    /** A duration for people: seconds up to two minutes, then minutes. */
    static String duration(long seconds) {
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
    }
}
