package dev.pawl.agent.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.result.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** JSON-RPC 2.0, as far as it is needed. */
final class Messages {
    private static final int NO_SUCH_METHOD = -32601;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Messages() {}

    static ObjectNode request(long id, String method, ObjectNode params) {
        ObjectNode message = notification(method);
        message.put("id", id);
        message.set("params", params);
        return message;
    }

    static ObjectNode notification(String method) {
        return JSON.objectNode().put("jsonrpc", "2.0").put("method", method);
    }

    /** Says that nobody waits for the answer any more. */
    static ObjectNode cancelled(JsonNode request) {
        ObjectNode message = notification("notifications/cancelled");
        message.putObject("params").set("requestId", request.get("id"));
        return message;
    }

    /** The messages in a text: one, or a list of them, as revision 2025-03-26 has it. Empty where there are none. */
    static List<JsonNode> read(String text) {
        try {
            JsonNode json = StrictJson.mapper().readTree(text);
            var messages = new ArrayList<JsonNode>();
            (json.isArray() ? json : List.of(json)).forEach(messages::add);
            return messages.stream().allMatch(m -> m.path("jsonrpc").asText().equals("2.0")) ? messages : List.of();
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    /** What the message says to a request, if it is the answer to it. */
    static Optional<Reply> answer(JsonNode request, JsonNode message) {
        boolean ours = !message.has("method")
                && message.path("id").isIntegralNumber()
                && message.path("id").asLong() == request.path("id").asLong();
        if (!ours) {
            return Optional.empty();
        }
        if (message.path("result").isObject()) {
            return Optional.of(new Reply.Result(message.get("result")));
        }
        return Optional.of(
                message.path("error").isObject()
                        ? new Reply.Refused(message.at("/error/message").asText())
                        : new Reply.Failed(Reply.Why.GARBAGE));
    }

    /**
     * What a server gets that asks us something: whether we are there is answered, and nothing else, since we promised
     * nothing else. Empty where it asked nothing.
     */
    static Optional<ObjectNode> ours(JsonNode message) {
        JsonNode id = message.path("id");
        if (!message.path("method").isTextual() || !(id.isIntegralNumber() || id.isTextual())) {
            return Optional.empty();
        }
        ObjectNode answer = JSON.objectNode().put("jsonrpc", "2.0");
        answer.set("id", id);
        if (message.get("method").asText().equals("ping")) {
            answer.putObject("result");
        } else {
            answer.putObject("error").put("code", NO_SUCH_METHOD).put("message", "Method not found");
        }
        return Optional.of(answer);
    }
}
