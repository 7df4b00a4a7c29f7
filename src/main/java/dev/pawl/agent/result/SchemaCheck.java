package dev.pawl.agent.result;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Holds a value against a schema, for the part of JSON Schema 2020-12 that our schemas use, so that what is published
 * and what is enforced are the same file. Complaints are in our words: where, and what was expected.
 */
public final class SchemaCheck {
    private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    private final JsonNode root;

    SchemaCheck(JsonNode root) {
        this.root = root;
    }

    /** What is wrong with a value, held against a schema; nothing when it is valid. */
    public static List<String> of(JsonNode schema, JsonNode value) {
        return new SchemaCheck(schema).complaints(value);
    }

    /** What is wrong with the value; nothing when it is valid. */
    List<String> complaints(JsonNode value) {
        var complaints = new ArrayList<String>();
        check(root, value, "", complaints);
        return complaints;
    }

    private void check(JsonNode schema, JsonNode value, String at, List<String> complaints) {
        if (schema.isBoolean()) {
            return; // only true is used
        }
        if (schema.has("$ref")) {
            check(root.at(schema.get("$ref").asText().substring(1)), value, at, complaints);
        }
        int before = complaints.size();
        ScalarRules.complaint(schema, value).ifPresent(c -> complaints.add(where(at) + ": expected " + c));
        if (complaints.size() > before) {
            return;
        }
        if (value.isArray()) {
            array(schema, value, at, complaints);
        }
        if (value.isObject()) {
            object(schema, value, at, complaints);
        }
        conditions(schema, value, at, complaints);
    }

    private void array(JsonNode schema, JsonNode value, String at, List<String> complaints) {
        if (value.size() < schema.path("minItems").asInt(0)) {
            complaints.add(where(at) + ": expected at least " + schema.get("minItems") + " items");
        }
        if (value.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
            complaints.add(where(at) + ": expected at most " + schema.get("maxItems") + " items");
            return;
        }
        if (schema.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                check(schema.get("items"), value.get(i), at + "/" + i, complaints);
            }
        }
    }

    private void object(JsonNode schema, JsonNode value, String at, List<String> complaints) {
        JsonNode properties = schema.path("properties");
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asText())) {
                complaints.add(at + "/" + name.asText() + ": expected, but missing");
            }
        }
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            JsonNode member = value.get(property.getKey());
            if (member != null) {
                check(property.getValue(), member, at + "/" + property.getKey(), complaints);
            }
        }
        if (!schema.path("additionalProperties").asBoolean(true)) {
            value.fieldNames().forEachRemaining(name -> {
                if (!properties.has(name)) {
                    complaints.add(where(at) + ": unknown field" + shown(name) + ", expected only "
                            + String.join(", ", names(properties)));
                }
            });
        }
    }

    private void conditions(JsonNode schema, JsonNode value, String at, List<String> complaints) {
        for (JsonNode part : schema.path("allOf")) {
            check(part, value, at, complaints);
        }
        if (schema.has("if") && holds(schema.get("if"), value)) {
            check(schema.path("then"), value, at, complaints);
        }
        if (schema.has("anyOf")) {
            boolean any = false;
            for (JsonNode part : schema.get("anyOf")) {
                any |= holds(part, value);
            }
            if (!any) {
                check(schema.get("anyOf").get(0), value, at, complaints);
            }
        }
    }

    private boolean holds(JsonNode schema, JsonNode value) {
        var complaints = new ArrayList<String>();
        check(schema, value, "", complaints);
        return complaints.isEmpty();
    }

    private static Set<String> names(JsonNode properties) {
        var names = new TreeSet<String>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** An unknown name is the agent's word: only a plain one is repeated. */
    private static String shown(String name) {
        return SAFE_NAME.matcher(name).matches() ? " " + name : "";
    }

    private static String where(String at) {
        return at.isEmpty() ? "/" : at;
    }
}
