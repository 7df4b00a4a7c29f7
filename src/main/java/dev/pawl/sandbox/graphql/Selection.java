package dev.pawl.sandbox.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;

/** What is asked for. */
public sealed interface Selection {
    /**
     * A field.
     *
     * @param name its name
     * @param arguments by name, variables put in place
     * @param below what is asked for of it
     */
    record Field(String name, Map<String, JsonNode> arguments, List<Selection> below) implements Selection {
        /** What was given under that name; missing where nothing was. */
        public JsonNode argument(String called) {
            return arguments.getOrDefault(called, MissingNode.getInstance());
        }
    }

    /**
     * What is asked for only of that type.
     *
     * @param type the type's name
     * @param below what is asked for
     */
    record On(String type, List<Selection> below) implements Selection {}
}
