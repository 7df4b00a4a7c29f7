package dev.pawl.agent.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Google's generateContent (ai.google.dev, "Generating content" and "Function calling"). */
final class GeminiContent implements Dialect {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern DELAY = Pattern.compile("([0-9]{1,6})(\\.[0-9]{1,9})?s");
    private static final Set<String> REFUSALS =
            Set.of("SAFETY", "RECITATION", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "LANGUAGE");

    @Override
    public String home() {
        return "https://generativelanguage.googleapis.com";
    }

    @Override
    public String path(String base, String model) {
        String name = URLEncoder.encode(model.replaceFirst("^models/", ""), StandardCharsets.UTF_8);
        return (base.endsWith("/v1beta") ? "" : "/v1beta") + "/models/" + name + ":generateContent";
    }

    @Override
    public Map<String, String> headers(Optional<String> key) {
        return key.map(k -> Map.of("x-goog-api-key", k)).orElseGet(Map::of);
    }

    @Override
    public ObjectNode write(String model, Question question) {
        ObjectNode body = JSON.objectNode();
        body.putObject("systemInstruction").putArray("parts").addObject().put("text", question.system());
        question.longest().ifPresent(most -> body.putObject("generationConfig").put("maxOutputTokens", most));
        ArrayNode declarations = body.putArray("tools").addObject().putArray("functionDeclarations");
        for (Question.Tool tool : question.tools()) {
            declarations
                    .addObject()
                    .put("name", tool.name())
                    .put("description", tool.description())
                    .set("parametersJsonSchema", tool.parameters());
        }
        ArrayNode contents = body.putArray("contents");
        for (Turn turn : question.turns()) {
            switch (turn) {
                case Turn.Ours(String said) ->
                    contents.addObject()
                            .put("role", "user")
                            .putArray("parts")
                            .addObject()
                            .put("text", said);
                case Turn.Models models -> contents.add(models.verbatim());
                case Turn.Results(List<Turn.Result> results) -> {
                    ArrayNode parts = contents.addObject().put("role", "user").putArray("parts");
                    results.forEach(r -> result(parts.addObject().putObject("functionResponse"), r));
                }
            }
        }
        return body;
    }

    private static void result(ObjectNode response, Turn.Result result) {
        if (!result.call().id().isEmpty()) {
            response.put("id", result.call().id());
        }
        response.put("name", result.call().name());
        response.putObject("response").put(result.failed() ? "error" : "output", result.text());
    }

    @Override
    public Optional<Answer.Said> read(JsonNode body) {
        Answer.Tokens tokens = tokens(body.path("usageMetadata"));
        JsonNode candidate = body.path("candidates").path(0);
        String reason = candidate.path("finishReason").asText();
        boolean blocked = body.path("promptFeedback").path("blockReason").isTextual();
        if (!blocked && reason.isEmpty() && !candidate.path("content").isObject()) {
            return Optional.empty();
        }
        ObjectNode content = candidate.path("content") instanceof ObjectNode found ? found : JSON.objectNode();
        content.put("role", "model");
        var calls = new ArrayList<Turn.Call>();
        for (JsonNode part : content.path("parts")) {
            JsonNode call = part.path("functionCall");
            if (call.isObject()) {
                JsonNode arguments = call.has("args") ? call.path("args") : JSON.objectNode();
                calls.add(new Turn.Call(
                        call.path("id").asText(), call.path("name").asText(), Dialect.arguments(arguments)));
            }
        }
        if (content.path("parts").isEmpty()) {
            content.putArray("parts").addObject().put("text", NOTHING);
        }
        Answer.End end = blocked || REFUSALS.contains(reason)
                ? Answer.End.REFUSED
                : reason.equals("MAX_TOKENS") ? Answer.End.LENGTH : Answer.End.DONE;
        return Optional.of(new Answer.Said(Dialect.turn(content, calls), end, tokens));
    }

    private static Answer.Tokens tokens(JsonNode usage) {
        long cached = usage.path("cachedContentTokenCount").asLong();
        return new Answer.Tokens(
                usage.path("promptTokenCount").asLong() - cached,
                cached,
                0,
                usage.path("candidatesTokenCount").asLong()
                        + usage.path("thoughtsTokenCount").asLong());
    }

    /** Google names the delay in the body ({@code google.rpc.RetryInfo}), not in a header. */
    @Override
    public Optional<Duration> delay(JsonNode body) {
        for (JsonNode detail : body.path("error").path("details")) {
            Matcher delay = DELAY.matcher(detail.path("retryDelay").asText());
            if (delay.matches()) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(delay.group(1)) + 1));
            }
        }
        return Optional.empty();
    }
}
