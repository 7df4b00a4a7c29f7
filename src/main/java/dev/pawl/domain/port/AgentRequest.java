package dev.pawl.domain.port;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Feedback;
import dev.pawl.domain.model.Leg;
import dev.pawl.domain.model.Plan;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one agent is asked in one stage. The agent adapter writes it in the protocol's form (section 8) and adds the
 * prompt and the result schema for the stage.
 *
 * @param agent who is asked
 * @param stage the stage
 * @param leg the plan's tasks to do now, for stages that work through a plan
 * @param issue what people wrote
 * @param plan the plan, where there is one
 * @param feedback what came back from later stages or from people
 * @param base the branch and commit that the work grows from
 * @param limits what it may use
 * @param conversation which conversation it is part of
 * @param diff for a review: the change under review, in unified form
 */
public record AgentRequest(
        AgentSpec agent,
        StageKind stage,
        Optional<Leg> leg,
        IssueText issue,
        Optional<Plan> plan,
        List<Feedback> feedback,
        Base base,
        Bounds limits,
        Conversation conversation,
        Optional<Untrusted> diff) {
    public AgentRequest {
        feedback = List.copyOf(feedback);
    }

    /** Whether it asks for fixes of a pull request that is no run's: a review of nothing but failed checks. */
    public boolean suggests() {
        return stage == StageKind.REVIEW
                && plan.isEmpty()
                && !feedback.isEmpty()
                && feedback.stream().allMatch(f -> f.kind() == Feedback.Kind.CI);
    }

    /** The plan's task to do now, if it is just one. */
    public Optional<Plan.Task> task() {
        return leg.flatMap(Leg::only);
    }

    /** The agent's own session to go on with. */
    public Optional<String> session() {
        return conversation.session();
    }

    /**
     * Which conversation a request is part of, besides its issue, stage and agent.
     *
     * @param repository the repository's id
     * @param task hash of what people wrote, but for what is told anew each time: commands, answers, wishes
     * @param session the agent's own session to go on with, as the run remembers it
     */
    public record Conversation(long repository, String task, Optional<String> session) {
        /** None: nothing is remembered. */
        public static final Conversation NONE = new Conversation(0, "", Optional.empty());
    }

    /**
     * What people wrote.
     *
     * @param number the issue's number
     * @param title its title
     * @param body its body
     * @param type its type, once it is known
     * @param labels its labels
     * @param comments the people's comments, oldest first
     */
    public record IssueText(
            int number,
            Untrusted title,
            Untrusted body,
            Optional<String> type,
            List<String> labels,
            List<Said> comments) {
        public IssueText {
            labels = List.copyOf(labels);
            comments = List.copyOf(comments);
        }
    }

    /**
     * One comment.
     *
     * @param id the forge's id
     * @param author who wrote it
     * @param body what it says
     */
    public record Said(long id, Actor author, Untrusted body) {}

    /**
     * Where the work grows from.
     *
     * @param branch the base branch's name
     * @param sha its commit
     */
    public record Base(String branch, Sha sha) {}

    /**
     * What the agent may use.
     *
     * @param time wall-clock time until it is stopped
     * @param turns model turns; empty for no limit
     * @param cost money that is left for the issue
     */
    public record Bounds(Duration time, OptionalInt turns, Usd cost) {}
}
