package dev.pawl.agent.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A schema in the words that every provider takes for a tool's arguments: references are resolved, and of the rules only
 * the shape is left. What is left out is checked by us, not by them.
 */
final class PlainSchema {
    private static final List<String> KEPT = List.of("type", "description", "required");

    private final JsonNode root;

    private PlainSchema(JsonNode root) {
        this.root = root;
    }

    static ObjectNode of(ObjectNode schema) {
        return new PlainSchema(schema).plain(schema);
    }

    private ObjectNode plain(JsonNode schema) {
        ObjectNode plain = schema.has("$ref")
                ? plain(root.at(schema.get("$ref").asText().substring(1)))
                : JsonNodeFactory.instance.objectNode();
        for (String word : KEPT) {
            if (schema.has(word)) {
                plain.set(word, schema.get(word).deepCopy());
            }
        }
        if (schema.has("enum")) {
            plain.put("type", "string").set("enum", schema.get("enum").deepCopy());
        }
        if (schema.has("items")) {
            plain.set("items", plain(schema.get("items")));
        }
        if (schema.has("properties") || schema.path("type").asText().equals("object")) {
            ObjectNode properties = plain.putObject("properties");
            schema.path("properties").properties().forEach(p -> properties.set(p.getKey(), plain(p.getValue())));
        }
        return plain;
    }
}
