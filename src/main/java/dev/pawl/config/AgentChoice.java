package dev.pawl.config;

import dev.pawl.domain.policy.AgentSpec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a declared agent's name where a role or a stage chooses one. */
final class AgentChoice implements Value.Reader<String> {
    private final Named<AgentsSection.Declared> agents;
    private final Set<String> chosen = new HashSet<>();

    AgentChoice(Named<AgentsSection.Declared> agents) {
        this.agents = agents;
    }

    @Override
    public Optional<String> read(Value value) {
        return value.text("an agent's name").flatMap(name -> {
            if (!agents.places().containsKey(name)) {
                return value.refused("no agent is called " + Shown.quoted(name), unknown(name));
            }
            chosen.add(name);
            Optional<AgentSpec> spec =
                    Optional.ofNullable(agents.values().get(name)).map(AgentsSection.Declared::spec);
            return spec.isPresent() && !spec.get().kind().available() ? later(value, spec.get()) : Optional.of(name);
        });
    }

    /** An only agent does all the work without being chosen: then this version must be able to run it. */
    void refuseOnlyAgent() {
        if (agents.places().size() == 1 && chosen.isEmpty()) {
            agents.values().values().stream()
                    .filter(a -> !a.spec().kind().available())
                    .forEach(a -> later(a.kind(), a.spec()));
        }
    }

    private Optional<String> later(Value value, AgentSpec spec) {
        return value.refused(
                "agent %s is of kind %s, which comes with a later version of Pawl"
                        .formatted(Shown.quoted(spec.name()), spec.kind().word()),
                "This version runs: " + available() + ".");
    }

    private static String available() {
        return Arrays.stream(AgentSpec.Kind.values())
                .filter(AgentSpec.Kind::available)
                .map(AgentSpec.Kind::word)
                .collect(Collectors.joining(", "));
    }

    private String unknown(String name) {
        return agents.places().isEmpty()
                ? "Declare it below agents."
                : Nearest.hint(name, agents.places().keySet());
    }
}
