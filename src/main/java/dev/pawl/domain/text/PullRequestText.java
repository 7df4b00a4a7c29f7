package dev.pawl.domain.text;

import dev.pawl.domain.model.Issue;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import java.util.List;
import java.util.Locale;

/** A pull request's title and body. */
public final class PullRequestText {
    private PullRequestText() {}

    /** The title, one line. */
    public static String title(AgentResult.PullRequestText wanted, Issue issue) {
        String title = Sanitizer.plain(wanted.title(), 120);
        return title.isBlank() ? Sanitizer.plain(issue.title(), 120) : title;
    }

    /**
     * The body.
     *
     * @param commits the subjects of the branch's commits, oldest first
     */
    public static String body(AgentResult.PullRequestText wanted, Issue issue, RunState state, List<String> commits) {
        var text = new StringBuilder("Closes #").append(issue.number()).append(".\n\n## Summary\n\n");
        text.append(Sanitizer.markdown(wanted.body(), 20_000)).append("\n\n## What changed\n\n");
        commits.forEach(c -> text.append("- ")
                .append(Sanitizer.line(new Untrusted(withoutNumber(c, issue)), 200))
                .append('\n'));
        text.append("\n## Validation\n\n");
        text.append("- validate: ").append(result(state, StageKind.VALIDATE)).append('\n');
        text.append("- review: ").append(result(state, StageKind.REVIEW)).append('\n');
        text.append("\n## Risk\n\n")
                .append(wanted.risk().name().toLowerCase(Locale.ROOT))
                .append(". ")
                .append(
                        switch (wanted.risk()) {
                            case LOW -> "A person should look at it and merge it.";
                            case MEDIUM -> "A person should read it with care before merging.";
                            case HIGH -> "A person who knows this code must review it before merging.";
                        });
        text.append("\n\n## Steering\n\n")
                .append(merging(state))
                .append(" Commits pushed to this branch are kept. ")
                .append("Comment `/pawl status` on #")
                .append(issue.number())
                .append(" to see where it stands; close this pull request to end the run.\n");
        return text.toString();
    }

    private static String merging(RunState state) {
        return state.stage(StageKind.MERGE).isPresent()
                ? "Pawl merges this once people and checks agree, as the policy asks for."
                : "Pawl never merges this by itself.";
    }

    /** Our commits end in the issue's number, which this page says already. */
    private static String withoutNumber(String subject, Issue issue) {
        String number = " (#" + issue.number() + ")";
        return subject.endsWith(number) ? subject.substring(0, subject.length() - number.length()) : subject;
    }

    private static String result(RunState state, StageKind kind) {
        return state.stage(kind)
                .map(StageRecord::result)
                .filter(r -> !r.isEmpty())
                .orElse("not part of this workflow");
    }
}
