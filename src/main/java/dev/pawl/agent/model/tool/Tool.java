package dev.pawl.agent.model.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.result.SchemaCheck;
import dev.pawl.agent.result.StrictJson;
import java.util.List;

/** Something that a model may do. */
interface Tool {
    /** What ours do, and their arguments, by their names. */
    JsonNode DESCRIPTIONS = StrictJson.resource("/dev/pawl/tools.json");

    /** Its name. */
    String name();

    /** What a model is told of it. */
    default Toolbox.Description description() {
        JsonNode described = DESCRIPTIONS.get(name());
        return new Toolbox.Description(
                name(), described.get("description").asText(), (ObjectNode) described.get("parameters"));
    }

    /** What is wrong with arguments, in our words; nothing when they may be used. */
    default List<String> complaints(JsonNode arguments) {
        return SchemaCheck.of(description().parameters(), arguments);
    }

    /**
     * Does it.
     *
     * @param arguments an object, about which there are no complaints
     */
    Outcome use(JsonNode arguments);
}
