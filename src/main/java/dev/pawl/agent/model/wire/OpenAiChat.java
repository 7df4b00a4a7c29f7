package dev.pawl.agent.model.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.result.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * OpenAI's chat completions (platform.openai.com, "Chat Completions"), which DeepSeek, Mistral, Ollama, vLLM and most
 * gateways speak, too. Only what all of them know is said: so no bound on the answer, whose name differs.
 */
final class OpenAiChat implements Dialect {
    /** Fields of an answer that nobody takes back. */
    private static final List<String> ANSWER_ONLY = List.of("annotations", "audio", "refusal", "function_call");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Override
    public String home() {
        return "https://api.openai.com/v1";
    }

    @Override
    public String path(String base, String model) {
        return "/chat/completions";
    }

    @Override
    public Map<String, String> headers(Optional<String> key) {
        return key.map(k -> Map.of("Authorization", "Bearer " + k)).orElseGet(Map::of);
    }

    @Override
    public ObjectNode write(String model, Question question) {
        ObjectNode body = JSON.objectNode();
        body.put("model", model);
        ArrayNode tools = body.putArray("tools");
        for (Question.Tool tool : question.tools()) {
            tools.addObject()
                    .put("type", "function")
                    .putObject("function")
                    .put("name", tool.name())
                    .put("description", tool.description())
                    .set("parameters", tool.parameters());
        }
        ArrayNode messages = body.putArray("messages");
        message(messages, "system", question.system());
        for (Turn turn : question.turns()) {
            switch (turn) {
                case Turn.Ours(String said) -> message(messages, "user", said);
                case Turn.Models models -> messages.add(models.verbatim());
                case Turn.Results(List<Turn.Result> results) ->
                    results.forEach(r -> message(messages, "tool", r.text())
                            .put("tool_call_id", r.call().id()));
            }
        }
        return body;
    }

    private static ObjectNode message(ArrayNode messages, String role, String content) {
        return messages.addObject().put("role", role).put("content", content);
    }

    @Override
    public Optional<Answer.Said> read(JsonNode body) {
        JsonNode choice = body.path("choices").path(0);
        if (!(choice.path("message") instanceof ObjectNode message)) {
            return Optional.empty();
        }
        var calls = new ArrayList<Turn.Call>();
        for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.path("function");
            calls.add(new Turn.Call(
                    call.path("id").asText(), function.path("name").asText(), arguments(function.path("arguments"))));
        }
        boolean refused = message.path("refusal").isTextual()
                || choice.path("finish_reason").asText().equals("content_filter");
        boolean cut = choice.path("finish_reason").asText().equals("length");
        return Optional.of(new Answer.Said(
                Dialect.turn(kept(message), calls),
                refused ? Answer.End.REFUSED : cut ? Answer.End.LENGTH : Answer.End.DONE,
                tokens(body.path("usage"))));
    }

    private static ObjectNode kept(ObjectNode message) {
        ObjectNode kept = message.deepCopy();
        kept.remove(ANSWER_ONLY);
        kept.removeIf(JsonNode::isNull);
        kept.put("role", "assistant");
        if (!kept.has("content")) {
            kept.put("content", kept.path("tool_calls").isEmpty() ? NOTHING : "");
        }
        return kept;
    }

    /** A text that should be JSON; some servers send the object itself. */
    private static JsonNode arguments(JsonNode node) {
        if (!node.isTextual()) {
            return Dialect.arguments(node);
        }
        try {
            return Dialect.arguments(StrictJson.mapper().readTree(node.asText()));
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static Answer.Tokens tokens(JsonNode usage) {
        long cached = usage.path("prompt_tokens_details")
                .path("cached_tokens")
                .asLong(usage.path("prompt_cache_hit_tokens").asLong());
        return new Answer.Tokens(
                usage.path("prompt_tokens").asLong() - cached,
                cached,
                0,
                usage.path("completion_tokens").asLong());
    }
}
