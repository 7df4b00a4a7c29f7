package dev.pawl.agent.model;

import dev.pawl.domain.policy.AgentSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which of an agent's variables is the model's key, and what its programs may see of the others. */
sealed interface ModelKey {
    /** The endings of variables that hold keys. */
    List<String> ENDINGS = List.of("_KEY", "_TOKEN");

    /**
     * All is there.
     *
     * @param value the key; empty where a model on this machine needs none
     * @param passed the names of the variables that programs get
     */
    record Found(Optional<String> value, List<String> passed) implements ModelKey {}

    /**
     * Something is missing.
     *
     * @param reason for people
     * @param names the variables that it is about
     */
    record Missing(String reason, List<String> names) implements ModelKey {}

    /**
     * Finds the key.
     *
     * @param agent whose key
     * @param environment our own environment
     */
    static ModelKey of(AgentSpec agent, Map<String, String> environment) {
        List<String> keys = agent.env().stream().filter(ModelKey::named).toList();
        boolean needed =
                agent.options().baseUrl().filter(ModelKey::onThisMachine).isEmpty();
        if (keys.size() > 1) {
            return new Missing(
                    "Agent " + agent.name()
                            + " lists more than one variable that looks like a key: list its model's only.",
                    keys);
        }
        if (keys.isEmpty()) {
            return needed
                    ? new Missing(
                            "Agent " + agent.name() + " lists no variable with its model's key, such as "
                                    + example(agent) + ", in env.",
                            List.of())
                    : new Found(Optional.empty(), agent.env());
        }
        Optional<String> value = Optional.ofNullable(environment.get(keys.getFirst()))
                .map(String::strip)
                .filter(v -> !v.isEmpty());
        if (value.isEmpty() && needed) {
            return new Missing("The variable with the key of agent " + agent.name() + " isn't set.", keys);
        }
        if (value.filter(v -> !v.chars().allMatch(c -> c > ' ' && c < 0x7f)).isPresent()) {
            return new Missing("The variable with the key of agent " + agent.name() + " holds no key.", keys);
        }
        var passed = new ArrayList<>(agent.env());
        passed.removeIf(name -> keys.contains(name)
                || value.filter(v -> environment.getOrDefault(name, "").contains(v))
                        .isPresent());
        return new Found(value, passed);
    }

    /** Whether a variable's name says that it holds a key. */
    static boolean named(String variable) {
        return ENDINGS.stream().anyMatch(variable::endsWith);
    }

    private static boolean onThisMachine(String base) {
        return base.startsWith("http://");
    }

    private static String example(AgentSpec agent) {
        return switch (agent.options().provider().orElse("")) {
            case "anthropic" -> "ANTHROPIC_API_KEY";
            case "google" -> "GEMINI_API_KEY";
            default -> "OPENAI_API_KEY";
        };
    }
}
