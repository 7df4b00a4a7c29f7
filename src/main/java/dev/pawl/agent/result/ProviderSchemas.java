package dev.pawl.agent.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.domain.policy.StageKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The results' schemas as model providers take them: what they have no words for is left out, and still holds when the
 * result is read.
 */
public final class ProviderSchemas {
    /** What the strict mode has no words for (OpenAI, "Structured model outputs", supported schemas). */
    private static final List<String> NOT_STRICT = List.of("minLength", "maxLength", "not", "pattern");

    private ProviderSchemas() {}

    /** The schema of a tool's input: providers refuse conditions at its top. */
    public static ObjectNode forTools(StageKind stage) {
        ObjectNode schema = ResultSchemas.forPrompt(stage);
        schema.remove("allOf");
        return schema;
    }

    /** The same for OpenAI's strict mode: every field is required, and what was optional may be null. */
    public static ObjectNode strict(StageKind stage) {
        ObjectNode schema = forTools(stage);
        tighten(schema);
        schema.path("$defs").forEach(ProviderSchemas::tighten);
        return schema;
    }

    private static void tighten(JsonNode node) {
        if (!(node instanceof ObjectNode schema)) {
            return;
        }
        schema.remove(NOT_STRICT);
        if (schema.has("$ref")) {
            schema.retain("$ref");
        }
        if (schema.has("const")) {
            schema.put("type", "integer").putArray("enum").add(schema.remove("const"));
        }
        if (schema.has("enum") && !schema.has("type")) {
            schema.put("type", "string");
        }
        tighten(schema.path("items"));
        if (schema.path("properties") instanceof ObjectNode properties) {
            object(schema, properties);
        }
    }

    private static void object(ObjectNode schema, ObjectNode properties) {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        ArrayNode all = schema.putArray("required");
        for (var property : new ArrayList<>(properties.properties())) {
            tighten(property.getValue());
            all.add(property.getKey());
            if (!required.contains(property.getKey())) {
                ObjectNode nullable = StrictJson.mapper().createObjectNode();
                ArrayNode either = nullable.putArray("anyOf").add(property.getValue());
                either.addObject().put("type", "null");
                properties.set(property.getKey(), nullable);
            }
        }
        schema.put("additionalProperties", false);
    }

    /** An answer in strict mode as the result that it means: a field that is null was left out. */
    public static JsonNode withoutNulls(JsonNode answer) {
        if (answer instanceof ObjectNode object) {
            object.properties().removeIf(p -> p.getValue().isNull());
        }
        answer.forEach(ProviderSchemas::withoutNulls);
        return answer;
    }
}
