package dev.pawl.domain.policy;

import java.time.Duration;
import java.util.Optional;

/**
 * One stage of a workflow, with what the policy says of it.
 *
 * @param kind what it does
 * @param agent the agent by name, instead of the role's
 * @param model the model, instead of the agent's
 * @param attempts how often it may be tried, instead of {@code limits.attempts}
 * @param timeout how long one attempt may take
 * @param approval whether a person must approve its result before the next stage; only plans can be approved
 * @param optional whether a failure is passed over
 */
public record Stage(
        StageKind kind,
        Optional<String> agent,
        Optional<String> model,
        Optional<Integer> attempts,
        Duration timeout,
        boolean approval,
        boolean optional) {
    /** How long a stage may take where the policy says nothing. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(30);

    /** A stage with nothing said of it. */
    public static Stage of(StageKind kind) {
        return new Stage(kind, Optional.empty(), Optional.empty(), Optional.empty(), DEFAULT_TIMEOUT, false, false);
    }

    /** Whether the workflow says who does it or with which model: then a plan's tasks can't choose another agent. */
    public boolean decides() {
        return agent.isPresent() || model.isPresent();
    }

    /** The same stage, waiting for approval. */
    public Stage withApproval() {
        return new Stage(kind, agent, model, attempts, timeout, true, optional);
    }
}
