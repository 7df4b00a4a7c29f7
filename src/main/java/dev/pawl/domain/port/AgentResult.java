package dev.pawl.domain.port;

import dev.pawl.domain.model.Plan;
import dev.pawl.domain.model.Readiness;
import dev.pawl.domain.model.Untrusted;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an agent answered, in the protocol's form (section 8) and read strictly. Everything in it is untrusted.
 *
 * @param status whether it is done, needs answers, or gave up
 * @param summary what it did
 * @param questions what it wants to know
 * @param verdict triage's verdict
 * @param plan the work plan
 * @param findings a review's findings
 * @param report a report, in Markdown
 * @param commit what the commit should say
 * @param pullRequest what the pull request should say
 * @param replies what it says to feedback, by its id
 * @param learned what was learned, for context files
 * @param session its conversation
 * @param source the text that it was read from
 */
public record AgentResult(
        Status status,
        Untrusted summary,
        List<Question> questions,
        Optional<Verdict> verdict,
        Optional<Plan> plan,
        List<Finding> findings,
        Optional<Untrusted> report,
        Optional<CommitText> commit,
        Optional<PullRequestText> pullRequest,
        List<Reply> replies,
        List<Untrusted> learned,
        AgentSession session,
        Untrusted source) {
    public AgentResult {
        questions = List.copyOf(questions);
        findings = List.copyOf(findings);
        replies = List.copyOf(replies);
        learned = List.copyOf(learned);
    }

    /** One that replies to nothing. */
    public AgentResult(
            Status status,
            Untrusted summary,
            List<Question> questions,
            Optional<Verdict> verdict,
            Optional<Plan> plan,
            List<Finding> findings,
            Optional<Untrusted> report,
            Optional<CommitText> commit,
            Optional<PullRequestText> pullRequest,
            List<Untrusted> learned,
            AgentSession session,
            Untrusted source) {
        this(
                status,
                summary,
                questions,
                verdict,
                plan,
                findings,
                report,
                commit,
                pullRequest,
                List.of(),
                learned,
                session,
                source);
    }

    /** The same result, of that conversation. */
    public AgentResult in(AgentSession other) {
        return new AgentResult(
                status,
                summary,
                questions,
                verdict,
                plan,
                findings,
                report,
                commit,
                pullRequest,
                replies,
                learned,
                other,
                source);
    }

    /** Whether it is done, needs answers, or gave up. */
    public enum Status {
        OK,
        NEEDS_INPUT,
        FAILED
    }

    /**
     * A question to people.
     *
     * @param text the question
     * @param about what it is about
     */
    public record Question(Untrusted text, Optional<Untrusted> about) {}

    /**
     * Triage's verdict.
     *
     * @param readiness the verdict
     * @param type the type
     * @param priority 1 is first
     * @param reason why
     */
    public record Verdict(Readiness readiness, Optional<String> type, OptionalInt priority, Untrusted reason) {}

    /**
     * One finding of a review.
     *
     * @param blocking whether the work must change
     * @param file where
     * @param line where in the file, from 1
     * @param text what is wrong
     * @param suggestion what would be right
     */
    public record Finding(
            boolean blocking,
            Optional<String> file,
            OptionalInt line,
            Untrusted text,
            Optional<Untrusted> suggestion) {}

    /**
     * What it says to feedback.
     *
     * @param id the feedback's
     * @param text what was done, or why not; Markdown
     */
    public record Reply(String id, Untrusted text) {}

    /**
     * What a commit should say.
     *
     * @param type the conventional type, such as {@code fix}
     * @param scope the conventional scope
     * @param subject in a few words
     * @param body more
     */
    public record CommitText(String type, Optional<String> scope, Untrusted subject, Optional<Untrusted> body) {}

    /**
     * What a pull request should say.
     *
     * @param title one line
     * @param body Markdown
     * @param risk how risky the change is
     */
    public record PullRequestText(Untrusted title, Untrusted body, Risk risk) {
        /** How risky a change is. */
        public enum Risk {
            LOW,
            MEDIUM,
            HIGH
        }
    }
}
