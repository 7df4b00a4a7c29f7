package dev.pawl.domain.stage;

import dev.pawl.domain.decide.Runs;
import dev.pawl.domain.decide.Snapshot;
import dev.pawl.domain.model.Feedback;
import dev.pawl.domain.model.Leg;
import dev.pawl.domain.model.Plan;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a stage knows.
 *
 * @param kind which stage
 * @param snapshot the issue
 * @param policy the policy
 * @param state the run, with this stage running
 * @param plan the plan, where there is one
 * @param feedback what later stages or people said of the work
 * @param commits subjects of the branch's commits, oldest first
 * @param now the forge's time
 * @param seconds how long the stage took
 * @param assignment who does the work, once that is settled
 */
public record Context(
        StageKind kind,
        Snapshot snapshot,
        Policy policy,
        RunState state,
        Optional<Plan> plan,
        List<Feedback> feedback,
        List<String> commits,
        Instant now,
        long seconds,
        Optional<Assignment> assignment) {
    public Context {
        feedback = List.copyOf(feedback);
        commits = List.copyOf(commits);
    }

    /** What the policy says of this stage. */
    public Stage stage() {
        return Runs.configured(state, policy, kind);
    }

    /** The same, later. */
    public Context at(Instant time, long took) {
        return new Context(kind, snapshot, policy, state, plan, feedback, commits, time, took, assignment);
    }

    /** The same, with the run as it was saved or as its branch was found. */
    public Context with(RunState other) {
        return new Context(kind, snapshot, policy, other, plan, feedback, commits, now, seconds, assignment);
    }

    /** The same, knowing the branch's commits. */
    public Context withCommits(List<String> subjects) {
        return new Context(kind, snapshot, policy, state, plan, feedback, subjects, now, seconds, assignment);
    }

    /** The same, done by that agent. */
    public Context assigned(Optional<Assignment> settled) {
        return new Context(kind, snapshot, policy, state, plan, feedback, commits, now, seconds, settled);
    }

    /** The same, with more to take into account. */
    public Context hearing(List<Feedback> more) {
        List<Feedback> all = Stream.concat(feedback.stream(), more.stream()).toList();
        return new Context(kind, snapshot, policy, state, plan, all, commits, now, seconds, assignment);
    }

    /** The agent that does the work. */
    Optional<AgentSpec> agent() {
        return assignment.map(Assignment::agent);
    }

    /** How many of the plan's tasks are done when the work is; all of them where no leg says otherwise. */
    int reaches() {
        return assignment.flatMap(Assignment::leg).map(Leg::reaches).orElseGet(this::planned);
    }

    /** How many tasks the plan has; none where there is no plan. */
    int planned() {
        return plan.map(p -> p.tasks().size()).orElse(0);
    }
}
