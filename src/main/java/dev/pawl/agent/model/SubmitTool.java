package dev.pawl.agent.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.model.wire.Question;
import dev.pawl.agent.result.ResultFile;
import dev.pawl.agent.result.ResultReader;
import dev.pawl.agent.result.ResultReader.Reading;
import dev.pawl.agent.result.ResultSchemas;
import dev.pawl.agent.result.StrictJson;
import dev.pawl.domain.policy.StageKind;
import java.util.List;
import java.util.function.UnaryOperator;

/** The tool by which the model hands in its result. What it hands in is read as strictly as a result file. */
final class SubmitTool {
    /** By which the agent hands in its result: it has tools of ours, and so no result file. */
    static final String NAME = "submit_result";

    private SubmitTool() {}

    /** The tool as the model sees it. The version is ours to say. */
    static Question.Tool of(StageKind stage) {
        ObjectNode schema = ResultSchemas.forPrompt(stage);
        ((ObjectNode) schema.get("properties")).remove("version");
        ((ArrayNode) schema.get("required")).removeIf(name -> name.asText().equals("version"));
        return new Question.Tool(
                NAME,
                StrictJson.resource("/dev/pawl/tools.json")
                        .get(NAME)
                        .get("description")
                        .asText(),
                PlainSchema.of(schema));
    }

    /**
     * Reads what was handed in.
     *
     * @param arguments the model's arguments
     * @param stage the stage
     * @param masked takes secrets out of a text
     */
    static Reading read(JsonNode arguments, StageKind stage, UnaryOperator<String> masked) {
        if (!(arguments instanceof ObjectNode given)) {
            return new Reading.Malformed(List.of("/: expected one JSON object"));
        }
        ObjectNode result = given.deepCopy();
        // An adapter's to tell: it has no session, and what it used is counted.
        result.remove(List.of("session", "usage"));
        if (!result.has("version")) {
            result.put("version", 1);
        }
        String text = masked.apply(result.toString());
        return text.length() > ResultFile.LARGEST
                ? new Reading.Malformed(List.of("/: expected at most " + ResultFile.LARGEST + " bytes"))
                : ResultReader.read(text, stage);
    }
}
