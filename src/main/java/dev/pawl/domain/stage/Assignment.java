package dev.pawl.domain.stage;

import dev.pawl.domain.model.Plan;
import dev.pawl.domain.policy.AgentOptions.Tier;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.StageKind;
import java.util.Comparator;
import java.util.Optional;

/**
 * With which model an agent works on a stage: the one that the stage names, else for an implement stage the agent's one
 * for the largest task of the plan, else the agent's own.
 */
public final class Assignment {
    private Assignment() {}

    /**
     * The agent with that model.
     *
     * @param agent who was chosen
     * @param stage for what
     * @param plan the work plan, where there is one
     */
    public static AgentSpec of(AgentSpec agent, Stage stage, Optional<Plan> plan) {
        Optional<String> model = stage.model()
                .or(() -> stage.kind() == StageKind.IMPLEMENT
                        ? plan.map(Assignment::largest).map(agent.options().tiers()::get)
                        : Optional.empty());
        return model.map(agent::with).orElse(agent);
    }

    /** A task without a tier, or with one that isn't known, is a standard one. */
    private static Tier largest(Plan plan) {
        return plan.tasks().stream()
                .map(task -> task.tier().flatMap(Tier::parse).orElse(Tier.STANDARD))
                .max(Comparator.naturalOrder())
                .orElse(Tier.STANDARD);
    }
}
