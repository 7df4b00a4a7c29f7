package dev.pawl.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What an open session lets us choose: how much the agent asks, and its model. */
final class Choices {
    /** The mode in which agents ask before they change something, where they have modes. */
    private static final String ASKING = "default";

    private final JsonNode session;
    private final String id;

    /**
     * @param session how the agent answered when the session was opened
     */
    Choices(JsonNode session) {
        this.session = session;
        this.id = session.path("sessionId").asText();
    }

    /**
     * A request that makes a choice.
     *
     * @param mandatory whether nothing else will do
     */
    record Choice(String method, ObjectNode params, boolean mandatory) {}

    /** The mode that asks; empty where there is none, or it is the one already. */
    Optional<Choice> asking() {
        JsonNode modes = session.path("modes");
        return modes.path("currentModeId").asText().equals(ASKING)
                ? Optional.empty()
                : find(modes.path("availableModes"), "id", ASKING)
                        .map(mode -> new Choice("session/set_mode", params().put("modeId", mode), false));
    }

    /** The model of that name or id; empty where the agent doesn't offer it. */
    Optional<Choice> model(String model) {
        for (JsonNode option : session.path("configOptions")) {
            if (option.path("category").asText().equals("model")) {
                return find(option.path("options"), "value", model)
                        .map(value -> new Choice(
                                "session/set_config_option",
                                params().put("configId", option.path("id").asText())
                                        .put("value", value),
                                true));
            }
        }
        // Not in the protocol yet, but what Gemini CLI and Qwen Code have.
        return find(session.at("/models/availableModels"), "modelId", model)
                .map(found -> new Choice("session/set_model", params().put("modelId", found), true));
    }

    private ObjectNode params() {
        return Message.Json.object().put("sessionId", id);
    }

    /** Options may stand in groups. */
    private static Optional<String> find(JsonNode options, String field, String wanted) {
        for (JsonNode option : options) {
            String value = option.path(field).asText();
            if (value.equals(wanted) || option.path("name").asText().equals(wanted)) {
                return Optional.of(value);
            }
            Optional<String> inGroup = find(option.path("options"), field, wanted);
            if (inGroup.isPresent()) {
                return inGroup;
            }
        }
        return Optional.empty();
    }
}
