package dev.pawl.agent.model.tool;

import com.fasterxml.jackson.databind.JsonNode;

/** Something that a model may do. */
interface Tool {
    /** Its name; its parameters are described in a resource under this name. */
    String name();

    /**
     * Does it.
     *
     * @param arguments what the tool's schema has accepted
     */
    Outcome use(JsonNode arguments);
}
