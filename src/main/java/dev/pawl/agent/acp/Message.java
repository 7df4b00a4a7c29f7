package dev.pawl.agent.acp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A line of JSON-RPC 2.0, as the other side may say it, and the lines that we say. */
sealed interface Message {
    /** A request of the agent's. */
    record Request(JsonNode id, String method, JsonNode params) implements Message {}

    /** What the agent tells without asking. */
    record Notification(String method, JsonNode params) implements Message {}

    /** The answer to a request of ours. */
    record Answer(long id, JsonNode result) implements Message {}

    /** A request of ours failed. */
    record Refusal(long id, JsonNode error) implements Message {}

    /** Something else: programs print warnings on the same stream. */
    record Noise() implements Message {}

    /** Reads a line. */
    static Message of(String line) {
        if (!line.startsWith("{")) {
            return new Noise();
        }
        try {
            return of(Json.MAPPER.readTree(line));
        } catch (JsonProcessingException e) {
            return new Noise();
        }
    }

    private static Message of(JsonNode json) {
        JsonNode id = json.path("id");
        if (json.path("method").isTextual()) {
            String method = json.path("method").asText();
            if (id.isMissingNode() || id.isNull()) {
                return new Notification(method, json.path("params"));
            }
            return Json.canBeSaidAgain(id) ? new Request(id, method, json.path("params")) : new Noise();
        }
        if (!id.canConvertToExactIntegral() || !id.canConvertToLong()) {
            return new Noise();
        }
        if (json.has("error")) {
            return new Refusal(id.asLong(), json.path("error"));
        }
        return json.has("result") ? new Answer(id.asLong(), json.path("result")) : new Noise();
    }

    /** A request of ours. */
    static String request(long id, String method, ObjectNode params) {
        return version()
                .put("id", id)
                .put("method", method)
                .<ObjectNode>set("params", params)
                .toString();
    }

    /** What we tell without asking. */
    static String notification(String method, ObjectNode params) {
        return version().put("method", method).<ObjectNode>set("params", params).toString();
    }

    /** Our answer to a request. */
    static String answer(JsonNode id, ObjectNode result) {
        return version()
                .<ObjectNode>set("id", id)
                .<ObjectNode>set("result", result)
                .toString();
    }

    /** Our answer to a request that we don't know. */
    static String unknown(JsonNode id) {
        ObjectNode json = version().set("id", id);
        json.putObject("error").put("code", Json.METHOD_NOT_FOUND).put("message", "Method not found");
        return json.toString();
    }

    private static ObjectNode version() {
        return Json.object().put("jsonrpc", "2.0");
    }

    /** How it is read and written. */
    final class Json {
        static final int METHOD_NOT_FOUND = -32601;
        private static final int DEEPEST = 200;
        private static final int LONGEST_ID = 200;
        private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(DEEPEST)
                                .build())
                        .build())
                .build();

        private Json() {}

        static ObjectNode object() {
            return MAPPER.createObjectNode();
        }

        private static boolean canBeSaidAgain(JsonNode id) {
            return (id.isTextual() || id.isNumber()) && id.asText().length() <= LONGEST_ID;
        }
    }
}
