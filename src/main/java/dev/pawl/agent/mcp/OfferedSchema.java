package dev.pawl.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A server's schema of a tool's arguments, in the words that every provider of models takes, with as much of it as is
 * sensible: it may be made to be endless. What is left out isn't checked by us; the server knows its own rules.
 */
final class OfferedSchema {
    private static final Set<String> TYPES =
            Set.of("string", "number", "integer", "boolean", "array", "object", "null");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final int DEEPEST = 8;
    private static final int MOST_NODES = 300;
    private static final int MOST_WORDS = 100;
    private static final int LONGEST_WORD = 200;
    private static final int LONGEST_DESCRIPTION = 500;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JsonNode root;
    private int nodes;

    private OfferedSchema(JsonNode root) {
        this.root = root;
    }

    /** The schema of an object, whatever was given. */
    static ObjectNode of(JsonNode schema) {
        ObjectNode plain = new OfferedSchema(schema).plain(schema, 0);
        plain.put("type", "object");
        plain.remove(List.of("items", "enum"));
        if (!plain.has("properties")) {
            plain.putObject("properties");
        }
        return plain;
    }

    /** Where it becomes too much, anything goes. */
    private ObjectNode plain(JsonNode given, int depth) {
        ObjectNode plain = JSON.objectNode();
        if (depth > DEEPEST || ++nodes > MOST_NODES) {
            return plain;
        }
        JsonNode schema = resolved(given, 0);
        String type = type(schema);
        if (!type.isEmpty()) {
            plain.put("type", type);
        }
        String description = UntrustedText.line(
                given.path("description").asText(schema.path("description").asText()), LONGEST_DESCRIPTION);
        if (!description.isEmpty()) {
            plain.put("description", description);
        }
        words(schema, plain);
        if (type.equals("array")) {
            plain.set("items", plain(schema.path("items"), depth + 1));
        }
        if (type.equals("object")) {
            properties(schema, plain, depth);
        }
        return plain;
    }

    private void properties(JsonNode schema, ObjectNode plain, int depth) {
        ObjectNode properties = plain.putObject("properties");
        schema.path("properties").properties().forEach(p -> {
            if (NAME.matcher(p.getKey()).matches() && nodes < MOST_NODES) {
                properties.set(p.getKey(), plain(p.getValue(), depth + 1));
            }
        });
        ArrayNode required = JSON.arrayNode();
        schema.path("required").forEach(name -> {
            if (name.isTextual() && properties.has(name.asText()) && required.size() < properties.size()) {
                required.add(name);
            }
        });
        if (!required.isEmpty()) {
            plain.set("required", required);
        }
    }

    /** What it refers to, or the first of several forms that says something. */
    private JsonNode resolved(JsonNode schema, int steps) {
        if (steps > DEEPEST) {
            return JSON.objectNode();
        }
        if (schema.path("$ref").isTextual()) {
            String reference = schema.get("$ref").asText();
            return reference.startsWith("#/")
                    ? resolved(root.at(reference.substring(1)), steps + 1)
                    : JSON.objectNode();
        }
        for (String choice : List.of("anyOf", "oneOf", "allOf")) {
            for (JsonNode form : schema.path(choice)) {
                if (!schema.has("type") && !form.path("type").asText().equals("null")) {
                    return resolved(form, steps + 1);
                }
            }
        }
        return schema;
    }

    private static String type(JsonNode schema) {
        JsonNode given = schema.path("type");
        for (JsonNode one : given.isArray() ? given : List.of(given)) {
            if (TYPES.contains(one.asText()) && !one.asText().equals("null")) {
                return one.asText();
            }
        }
        return schema.path("properties").isObject() ? "object" : schema.has("items") ? "array" : "";
    }

    private static void words(JsonNode schema, ObjectNode plain) {
        ArrayNode words = JSON.arrayNode();
        for (JsonNode word : schema.path("enum")) {
            if (word.isTextual()
                    && word.asText().length() <= LONGEST_WORD
                    && UntrustedText.line(word.asText(), LONGEST_WORD).equals(word.asText())) {
                words.add(word);
            }
        }
        // Half a list of words would be a wrong one.
        if (!words.isEmpty() && words.size() == schema.path("enum").size() && words.size() <= MOST_WORDS) {
            plain.put("type", "string").set("enum", words);
        }
    }
}
