package dev.pawl.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds a way to log in that needs no person: by a key that the agent has in its environment. */
final class Login {
    /** How agents name that way where the protocol's type doesn't say it, such as {@code gemini-api-key}. */
    private static final Pattern KEY = Pattern.compile("(.*[-_.])?api[-_]?key", Pattern.CASE_INSENSITIVE);

    private Login() {}

    /**
     * The id of the way.
     *
     * @param methods what the agent offers
     * @param set the variables that the policy gives it, as far as they have a value
     */
    static Optional<String> withoutPerson(JsonNode methods, Set<String> set) {
        for (JsonNode method : methods) {
            String id = method.path("id").asText();
            boolean works =
                    switch (method.path("type").asText("agent")) {
                        case "env_var" -> variables(method, set);
                        case "agent" -> !set.isEmpty() && KEY.matcher(id).matches();
                        default -> false;
                    };
            if (works) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    private static boolean variables(JsonNode method, Set<String> set) {
        for (JsonNode variable : method.path("vars")) {
            if (!variable.path("optional").asBoolean()
                    && !set.contains(variable.path("name").asText())) {
                return false;
            }
        }
        return !method.path("vars").isEmpty();
    }
}
