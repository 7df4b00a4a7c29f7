package dev.pawl.agent.model.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a model is asked. It has no memory: everything is said again each time.
 *
 * @param system the rules
 * @param turns what was said, in order; the first and the last are ours
 * @param tools what the model may call
 * @param longest how many tokens the answer may have, where the provider's form has one word for that; else it is as long as
 *     it is
 */
public record Question(String system, List<Turn> turns, List<Tool> tools, OptionalInt longest) {
    public Question {
        turns = List.copyOf(turns);
        tools = List.copyOf(tools);
    }

    /** One whose answer may be as long as answers are. */
    public Question(String system, List<Turn> turns, List<Tool> tools) {
        this(system, turns, tools, OptionalInt.empty());
    }

    /**
     * Something that the model may call.
     *
     * @param name its name
     * @param description what it does
     * @param parameters JSON Schema of its arguments: type, properties, required, items, enum and description only, which
     *     all providers understand
     */
    public record Tool(String name, String description, ObjectNode parameters) {}
}
