package dev.pawl.agent.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Anthropic's Messages API (docs.claude.com, "Messages"). */
final class AnthropicMessages implements Dialect {
    private static final String VERSION = "2023-06-01";
    private static final int MOST_OUTPUT = 16_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Override
    public String home() {
        return "https://api.anthropic.com";
    }

    @Override
    public String path(String base, String model) {
        return base.endsWith("/v1") ? "/messages" : "/v1/messages";
    }

    @Override
    public Map<String, String> headers(Optional<String> key) {
        var headers = new HashMap<>(Map.of("anthropic-version", VERSION));
        key.ifPresent(k -> headers.put("x-api-key", k));
        return headers;
    }

    /** The rules and the last turn are marked for the provider's cache: what came before costs a tenth the next time. */
    @Override
    public ObjectNode write(String model, Question question) {
        ObjectNode body = JSON.objectNode();
        body.put("model", model);
        body.put("max_tokens", question.longest().orElse(MOST_OUTPUT));
        cached(text(body.putArray("system").addObject(), question.system()));
        ArrayNode tools = body.putArray("tools");
        for (Question.Tool tool : question.tools()) {
            tools.addObject()
                    .put("name", tool.name())
                    .put("description", tool.description())
                    .set("input_schema", tool.parameters());
        }
        ArrayNode messages = body.putArray("messages");
        for (Turn turn : question.turns()) {
            ObjectNode message = messages.addObject().put("role", turn instanceof Turn.Models ? "assistant" : "user");
            switch (turn) {
                case Turn.Ours(String said) -> text(message.putArray("content").addObject(), said);
                case Turn.Models models -> message.set("content", models.verbatim());
                case Turn.Results(List<Turn.Result> results) -> {
                    ArrayNode content = message.putArray("content");
                    results.forEach(r -> result(content.addObject(), r));
                }
            }
        }
        JsonNode last = messages.path(messages.size() - 1).path("content");
        if (last.path(last.size() - 1) instanceof ObjectNode block) {
            cached(block);
        }
        return body;
    }

    private static ObjectNode text(ObjectNode block, String text) {
        return block.put("type", "text").put("text", text);
    }

    private static void result(ObjectNode block, Turn.Result result) {
        block.put("type", "tool_result")
                .put("tool_use_id", result.call().id())
                .put("content", result.text())
                .put("is_error", result.failed());
    }

    private static void cached(ObjectNode block) {
        block.putObject("cache_control").put("type", "ephemeral");
    }

    @Override
    public Optional<Answer.Said> read(JsonNode body) {
        JsonNode content = body.path("content");
        if (!content.isArray() || !body.path("stop_reason").isTextual()) {
            return Optional.empty();
        }
        var calls = new ArrayList<Turn.Call>();
        for (JsonNode block : content) {
            if (block.path("type").asText().equals("tool_use")) {
                calls.add(new Turn.Call(
                        block.path("id").asText(),
                        block.path("name").asText(),
                        Dialect.arguments(block.path("input"))));
            }
        }
        if (content.isEmpty()) {
            text(((ArrayNode) content).addObject(), NOTHING);
        }
        Answer.End end =
                switch (body.path("stop_reason").asText()) {
                    case "max_tokens", "model_context_window_exceeded" -> Answer.End.LENGTH;
                    case "refusal" -> Answer.End.REFUSED;
                    default -> Answer.End.DONE;
                };
        JsonNode usage = body.path("usage");
        return Optional.of(new Answer.Said(
                Dialect.turn(content, calls),
                end,
                new Answer.Tokens(
                        usage.path("input_tokens").asLong(),
                        usage.path("cache_read_input_tokens").asLong(),
                        usage.path("cache_creation_input_tokens").asLong(),
                        usage.path("output_tokens").asLong())));
    }
}
