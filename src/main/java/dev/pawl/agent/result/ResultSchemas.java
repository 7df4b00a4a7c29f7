package dev.pawl.agent.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.domain.policy.StageKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The schema of each stage's result, made of one description of all fields and one of what each stage must give.
 * {@code docs/schemas} holds copies; a test holds them together.
 */
public final class ResultSchemas {
    private static final JsonNode FIELDS = StrictJson.resource("/dev/pawl/schemas/agent-result-v1.json");
    private static final JsonNode STAGES = StrictJson.resource("/dev/pawl/schemas/agent-result-stages-v1.json");
    private static final Map<StageKind, ObjectNode> SCHEMAS = all();

    private ResultSchemas() {}

    /** The stages whose results have a schema: those in which an agent takes part. */
    public static Set<StageKind> stages() {
        return SCHEMAS.keySet();
    }

    /**
     * The stage's whole schema: what is read, and what is published.
     *
     * @throws IllegalArgumentException when no agent takes part in that stage
     */
    public static ObjectNode of(StageKind stage) {
        ObjectNode schema = SCHEMAS.get(stage);
        if (schema == null) {
            throw new IllegalArgumentException("a stage without results of agents: " + stage.word());
        }
        return schema.deepCopy();
    }

    /** The same for an agent's eyes: without the other stages' fields. */
    public static ObjectNode forPrompt(StageKind stage) {
        ObjectNode schema = of(stage);
        schema.remove(List.of("$schema", "title", "description"));
        ObjectNode properties = (ObjectNode) schema.get("properties");
        properties.remove(foreign(stage));
        properties.remove(List.of("session", "usage")); // an adapter's to tell
        String rest = properties.toString();
        var unused = new ArrayList<String>();
        schema.get("$defs").fieldNames().forEachRemaining(name -> {
            if (!rest.contains("#/$defs/" + name)) {
                unused.add(name);
            }
        });
        ((ObjectNode) schema.get("$defs")).remove(unused);
        return schema;
    }

    private static Map<StageKind, ObjectNode> all() {
        var schemas = new EnumMap<StageKind, ObjectNode>(StageKind.class);
        STAGES.fieldNames()
                .forEachRemaining(word -> StageKind.parse(word).ifPresent(stage -> schemas.put(stage, compose(stage))));
        return schemas;
    }

    private static ObjectNode compose(StageKind stage) {
        ObjectNode schema = FIELDS.deepCopy();
        schema.put("title", schema.get("title").asText() + ": " + stage.word());
        for (String name : foreign(stage)) {
            ((ObjectNode) schema.get("properties")).put(name, true);
        }
        JsonNode ok = STAGES.get(stage.word()).get("ok");
        if (!ok.isEmpty()) {
            ObjectNode rule = ((ArrayNode) schema.get("allOf")).addObject();
            ObjectNode condition = rule.putObject("if");
            condition.putObject("properties").putObject("status").put("const", "ok");
            condition.putArray("required").add("status");
            rule.set("then", ok);
        }
        return schema;
    }

    /** The fields that belong to other stages only. */
    private static Set<String> foreign(StageKind stage) {
        var foreign = new TreeSet<String>();
        STAGES.forEach(other -> other.get("own").forEach(name -> foreign.add(name.asText())));
        STAGES.get(stage.word()).get("own").forEach(name -> foreign.remove(name.asText()));
        return foreign;
    }
}
