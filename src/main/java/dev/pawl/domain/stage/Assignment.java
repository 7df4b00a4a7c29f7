package dev.pawl.domain.stage;

import dev.pawl.domain.model.Leg;
import dev.pawl.domain.model.Plan;
import dev.pawl.domain.policy.AgentOptions.Tier;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.StageKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who works on a stage, with which model, and on which of the plan's tasks.
 *
 * <p>The agent is the invocation's, else the one that the workflow names for the stage, else the one that the plan's task
 * names, else the role's. The model is the one that the workflow names for the stage, else the agent's for the size of
 * the task, else the agent's own. Tasks that follow each other and get the same agent with the same model are one leg.
 *
 * @param agent the agent, with the model for the work
 * @param leg the tasks, for an implement stage with a plan
 */
public record Assignment(AgentSpec agent, Optional<Leg> leg) {
    /**
     * The assignment for a stage.
     *
     * @param context with the run as it stands
     * @param wanted the agent that the invocation asks for, by its name in the policy
     * @return empty where neither the invocation nor the policy names an agent
     */
    public static Optional<Assignment> of(Context context, Optional<String> wanted) {
        Policy policy = context.policy();
        Stage stage = context.stage();
        Optional<AgentSpec> chosen = wanted.map(policy.agents()::get);
        return chosen.or(() -> policy.agentFor(stage))
                .map(usual -> stage.kind() == StageKind.IMPLEMENT
                        ? context.plan()
                                .map(plan -> new Choice(policy, stage, usual, chosen.isPresent())
                                        .next(plan, context.state().work().tasks()))
                                .orElseGet(() -> alone(usual, stage))
                        : alone(usual, stage));
    }

    private static Assignment alone(AgentSpec agent, Stage stage) {
        return new Assignment(stage.model().map(agent::with).orElse(agent), Optional.empty());
    }

    /**
     * What is to be chosen from.
     *
     * @param usual the agent of tasks that name none
     * @param forced whether the invocation asks for that one
     */
    private record Choice(Policy policy, Stage stage, AgentSpec usual, boolean forced) {
        Assignment next(Plan plan, int done) {
            List<Plan.Task> tasks = plan.tasks();
            if (done >= tasks.size()) {
                return again(plan);
            }
            AgentSpec first = specFor(tasks.get(done));
            int end = done + 1;
            while (end < tasks.size() && specFor(tasks.get(end)).equals(first)) {
                end++;
            }
            return new Assignment(first, Optional.of(Leg.of(plan, done, end)));
        }

        /** All tasks are done and the work came back: it is done as a whole, by whoever did all of it. */
        private Assignment again(Plan plan) {
            var agents = plan.tasks().stream().map(this::agentFor).collect(Collectors.toSet());
            AgentSpec agent = agents.size() == 1 ? agents.iterator().next() : usual;
            Tier largest = plan.tasks().stream()
                    .map(Choice::tier)
                    .max(Comparator.naturalOrder())
                    .orElse(Tier.STANDARD);
            return new Assignment(with(agent, largest), Optional.of(Leg.whole(plan)));
        }

        private AgentSpec specFor(Plan.Task task) {
            return with(agentFor(task), tier(task));
        }

        /** A task's agent is an agent's word: it chooses among the policy's agents, and where the policy leaves a choice. */
        private AgentSpec agentFor(Plan.Task task) {
            return forced || stage.decides()
                    ? usual
                    : task.agent().flatMap(policy::agent).orElse(usual);
        }

        private AgentSpec with(AgentSpec agent, Tier tier) {
            return stage.model()
                    .or(() -> Optional.ofNullable(agent.options().tiers().get(tier)))
                    .map(agent::with)
                    .orElse(agent);
        }

        /** A task without a tier, or with one that isn't known, is a standard one. */
        private static Tier tier(Plan.Task task) {
            return task.tier().flatMap(Tier::parse).orElse(Tier.STANDARD);
        }
    }
}
