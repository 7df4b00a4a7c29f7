package dev.pawl.domain.text;

import dev.pawl.domain.model.Plan;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.Validation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The comments that carry a stage's result: plan, questions, validation, review, report. */
public final class Documents {
    private static final int PARAGRAPH = 12_000;
    private static final int LINE = 400;
    private static final int REPORT = 50_000;

    private Documents() {}

    /**
     * A plan.
     *
     * @param implement what the workflow says of carrying it out
     */
    public static String plan(Plan plan, boolean approval, Policy policy, Stage implement) {
        var text = new StringBuilder("### Plan\n\n");
        text.append(Sanitizer.markdown(plan.approach(), PARAGRAPH)).append("\n\n#### Tasks\n\n");
        int number = 1;
        for (Plan.Task task : plan.tasks()) {
            text.append(number++).append(". ").append(Sanitizer.line(task.title(), LINE));
            task.detail().ifPresent(d -> text.append("  \n   ").append(Sanitizer.line(d, 1_000)));
            if (!task.files().isEmpty()) {
                text.append("  \n   Files: ").append(files(task.files()));
            }
            wishes(task, policy, implement)
                    .ifPresent(w -> text.append("  \n   ").append(w));
            text.append('\n');
        }
        bullets(text, "Risks", plan.risks());
        bullets(text, "Done when", plan.criteria());
        if (approval) {
            text.append("\nSay `/pawl approve` to go on, or `/pawl revise <what should be different>`.\n");
        }
        return text.toString();
    }

    /** Who a task asks for and how much model, and where that isn't followed, why. */
    private static Optional<String> wishes(Plan.Task task, Policy policy, Stage implement) {
        String chosen = implement.decides()
                ? " (not followed: the workflow chooses for *implement*)"
                : " (not followed: the policy has no such agent)";
        Optional<String> agent = task.agent()
                .map(name -> "Agent: " + codeSpan(name)
                        + (implement.decides() || policy.agent(name).isEmpty() ? chosen : ""));
        Optional<String> tier = task.tier()
                .map(word -> "Tier: " + codeSpan(word)
                        + (implement.model().isPresent()
                                ? " (not followed: the workflow names the model of *implement*)"
                                : ""));
        return Stream.of(agent, tier).flatMap(Optional::stream).reduce((a, t) -> a + ". " + t);
    }

    private static String files(List<String> files) {
        return String.join(", ", files.stream().map(Documents::codeSpan).toList());
    }

    private static String codeSpan(String text) {
        return "`" + Sanitizer.plain(new Untrusted(text.replace('`', '\'')), 200) + "`";
    }

    private static void bullets(StringBuilder text, String heading, List<Untrusted> items) {
        if (items.isEmpty()) {
            return;
        }
        text.append("\n#### ").append(heading).append("\n\n");
        items.forEach(
                item -> text.append("- ").append(Sanitizer.line(item, LINE)).append('\n'));
    }

    /** Questions to people. */
    public static String questions(List<AgentResult.Question> questions) {
        var text = new StringBuilder(
                questions.size() == 1 ? "### One question\n\n" : "### " + questions.size() + " questions\n\n");
        int number = 1;
        for (AgentResult.Question question : questions) {
            text.append(number++).append(". ");
            question.about()
                    .ifPresent(
                            a -> text.append('*').append(Sanitizer.line(a, 80)).append(":* "));
            text.append(Sanitizer.line(question.text(), 1_000)).append('\n');
        }
        return text.append(
                        "\nPlease answer in a comment. The issue's author may answer, and everybody who may start Pawl.\n")
                .toString();
    }

    /** What the repository's commands said. */
    public static String validation(List<Validation.Result> results) {
        var text = new StringBuilder("### Validation\n\n| command | result | time |\n|---|---|---|\n");
        for (Validation.Result result : results) {
            text.append("| ")
                    .append(Sanitizer.line(new Untrusted(result.command().name()), 80))
                    .append(" | ")
                    .append(verdict(result))
                    .append(" | ")
                    .append(StateText.duration(result.took().toSeconds()))
                    .append(" |\n");
        }
        for (Validation.Result result : results) {
            if (result.status() != Validation.Result.Status.PASSED) {
                failure(text, result);
            }
        }
        return text.toString();
    }

    private static String verdict(Validation.Result result) {
        String optional = result.command().required() ? "" : " (optional)";
        return switch (result.status()) {
            case PASSED -> "passed";
            case FAILED ->
                (result.failures().isEmpty()
                                ? "failed"
                                : "failed: " + count(result.failures().size(), "test"))
                        + optional;
            case TIMED_OUT -> "stopped at its time limit" + optional;
            case NOT_FOUND -> "there is no such program" + optional;
        };
    }

    private static void failure(StringBuilder text, Validation.Result result) {
        text.append("\n#### ")
                .append(Sanitizer.line(new Untrusted(result.command().name()), 80))
                .append("\n\n");
        if (result.failures().isEmpty()) {
            text.append("```text\n")
                    .append(Sanitizer.code(result.log(), PARAGRAPH))
                    .append("\n```\n");
            return;
        }
        int shown = 0;
        for (Validation.Failure failure : result.failures()) {
            if (shown++ == 10) {
                text.append("- and ").append(result.failures().size() - 10).append(" more\n");
                return;
            }
            text.append("- ")
                    .append(codeSpan(failure.test()))
                    .append(place(failure.file().orElse(""), failure.line()))
                    .append(": ")
                    .append(Sanitizer.line(failure.message(), LINE))
                    .append('\n');
        }
    }

    /** A review's findings. */
    public static String review(Untrusted summary, List<AgentResult.Finding> findings) {
        var text = new StringBuilder("### Review\n\n");
        text.append(Sanitizer.markdown(summary, PARAGRAPH)).append("\n\n");
        if (findings.isEmpty()) {
            return text.append("No findings.\n").toString();
        }
        for (AgentResult.Finding finding : findings) {
            text.append("- ")
                    .append(finding.blocking() ? "**blocking** " : "minor ")
                    .append(finding.file().map(Documents::codeSpan).orElse(""))
                    .append(place("", finding.line()))
                    .append(finding.file().isPresent() ? ": " : "")
                    .append(Sanitizer.line(finding.text(), 1_000))
                    .append('\n');
        }
        return text.toString();
    }

    private static String place(String file, OptionalInt line) {
        String at = line.isPresent() ? " line " + line.getAsInt() : "";
        return file.isEmpty() ? at : " (" + codeSpan(file) + at + ")";
    }

    /** That an agent looked at failing checks, and left the branch as it is. */
    public static String leftAsItIs(Untrusted summary) {
        String why = Sanitizer.markdown(summary, PARAGRAPH).strip();
        return "### Checks: nothing was changed\n\n"
                + (why.isEmpty() ? "The agent that looked at them gives no reason." : why) + "\n";
    }

    /** Why an attempt's result wasn't accepted. */
    public static String rejection(StageKind stage, int attempt, String reason, List<String> details) {
        var text = new StringBuilder("### Attempt " + attempt + " of *" + stage.word() + "* wasn't accepted\n\n");
        String why = reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
        text.append(Sanitizer.line(new Untrusted(why), LINE)).append(":\n\n");
        details.stream()
                .limit(20)
                .forEach(d -> text.append("- ")
                        .append(Sanitizer.line(new Untrusted(d), LINE))
                        .append('\n'));
        return text.toString();
    }

    /** A report. */
    public static String report(Untrusted report) {
        return Sanitizer.markdown(report, REPORT) + "\n";
    }

    /** Such as {@code 1 test} or {@code 3 tests}. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
