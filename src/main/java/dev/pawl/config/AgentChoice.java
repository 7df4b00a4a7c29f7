package dev.pawl.config;

import dev.pawl.domain.policy.AgentSpec;
import java.util.Optional;

/** Reads a declared agent's name where a role or a stage chooses one. */
final class AgentChoice implements Value.Reader<String> {
    private final Named<AgentSpec> agents;

    AgentChoice(Named<AgentSpec> agents) {
        this.agents = agents;
    }

    @Override
    public Optional<String> read(Value value) {
        return value.text("an agent's name")
                .flatMap(name -> agents.places().containsKey(name)
                        ? Optional.of(name)
                        : value.refused("no agent is called " + Shown.quoted(name), unknown(name)));
    }

    private String unknown(String name) {
        return agents.places().isEmpty()
                ? "Declare it below agents."
                : Nearest.hint(name, agents.places().keySet());
    }
}
