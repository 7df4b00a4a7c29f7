package dev.pawl.agent.price;

import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.Price;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.Agents;
import dev.pawl.domain.port.Usage;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Agents, whose runs cost what their tokens cost where they don't say money themselves. A model without a price costs
 * nothing as far as we know, and that we don't know goes along.
 */
public final class PricedAgents implements Agents {
    private static final Logger LOG = LoggerFactory.getLogger(PricedAgents.class);

    private final Agents agents;
    private final Prices prices;

    /**
     * @param agents run them
     * @param prices say what models cost
     */
    public PricedAgents(Agents agents, Prices prices) {
        this.agents = agents;
        this.prices = prices;
    }

    @Override
    public AgentOutcome run(AgentRequest request, Path workTree) {
        AgentOutcome outcome = agents.run(request, workTree);
        if (!counted(request.agent().kind())) {
            return outcome;
        }
        Usage usage = priced(request.agent(), outcome.usage());
        return switch (outcome) {
            case AgentOutcome.Finished finished -> new AgentOutcome.Finished(finished.result(), usage);
            case AgentOutcome.Failed failed ->
                new AgentOutcome.Failed(failed.kind(), failed.reason(), failed.details(), failed.retryAt(), usage);
        };
    }

    /** A program of the repository's own says what it costs, and if that is nothing; the built-in agent has counted. */
    private static boolean counted(AgentSpec.Kind kind) {
        return switch (kind) {
            case CLAUDE_CODE, CODEX, GEMINI, COPILOT, OPENCODE, QWEN, ACP -> true;
            case COMMAND, MODEL -> false;
        };
    }

    private Usage priced(AgentSpec agent, Usage usage) {
        if (!usage.cost().equals(Usd.ZERO) || usage.inputTokens() + usage.outputTokens() == 0) {
            return usage;
        }
        Optional<String> model = usage.model().or(agent::model);
        Optional<Price> price =
                usage.model().flatMap(prices::of).or(() -> agent.model().flatMap(prices::of));
        if (price.isEmpty()) {
            LOG.warn(
                    "event=no-price agent={} model={} note=\"its cost is unknown and counts as 0; the policy's prices may"
                            + " name it\"",
                    agent.name(),
                    model.orElse("unknown"));
        }
        return price.map(usage::at).orElseGet(usage::withoutPrice);
    }
}
