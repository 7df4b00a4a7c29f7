package dev.pawl.agent.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pawl.agent.cli.Transcript.Ending;
import dev.pawl.agent.result.ResultFile;
import dev.pawl.agent.result.StrictJson;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.Usage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The events of Copilot CLI ({@code --output-format json}); tokens are in a file that it writes at its end. */
final class CopilotEvents implements Events {
    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9-]{1,100}");

    private final String usageFile;
    private @Nullable JsonNode end;
    private @Nullable JsonNode error;
    private boolean aborted;
    private int toolCalls;
    private int turns;
    private boolean answered;

    CopilotEvents(String usageFile) {
        this.usageFile = usageFile;
    }

    @Override
    public void event(JsonNode event) {
        switch (event.path("type").asText()) {
            case "assistant.message" -> {
                answered = true;
                turns++;
            }
            case "tool.execution_start" -> toolCalls++;
            case "session.error" -> error = event.path("data");
            case "abort" -> aborted = true;
            case "result" -> end = event;
            default -> {}
        }
    }

    @Override
    public int toolCalls() {
        return toolCalls;
    }

    @Override
    public Transcript transcript(int code, Path exchange) {
        return new Transcript(ending(), session(), usage(exchange.resolve(usageFile)), answered);
    }

    private Optional<String> session() {
        return Optional.ofNullable(end)
                .map(e -> e.path("sessionId").asText())
                .filter(id -> SESSION.matcher(id).matches());
    }

    private Ending ending() {
        if (error != null) {
            return new Ending.Broken(trouble(error));
        }
        if (end == null || aborted || !end.path("exitCode").isInt()) {
            return new Ending.Open();
        }
        return end.path("exitCode").asInt() == 0
                ? new Ending.Complete(Optional.empty())
                : new Ending.Broken(Trouble.unknown());
    }

    private static Trouble trouble(JsonNode error) {
        if (error.path("statusCode").isInt()) {
            return Trouble.http(error.path("statusCode").asInt());
        }
        return switch (error.path("errorType").asText()) {
            case "authentication", "authorization" -> Trouble.http(401);
            case "rate_limit", "quota" -> Trouble.http(429);
            default -> Trouble.unknown();
        };
    }

    private Usage usage(Path file) {
        Usage usage = new Usage(Optional.empty(), 0, 0, Usd.ZERO, turns);
        for (var metrics : read(file).path("modelMetrics").properties()) {
            JsonNode tokens = metrics.getValue().path("usage");
            usage = Usages.sum(
                    usage,
                    new Usage(
                            Usages.model(StrictJson.mapper().getNodeFactory().textNode(metrics.getKey())),
                            Usages.tokens(tokens.path("inputTokens")),
                            Usages.tokens(tokens.path("outputTokens")),
                            Usd.ZERO,
                            0,
                            Usages.cache(tokens.path("cacheReadTokens"), tokens.path("cacheWriteTokens")),
                            true));
        }
        return usage;
    }

    private static JsonNode read(Path file) {
        try {
            return ResultFile.read(file) instanceof ResultFile.Content.Text(String text)
                    ? StrictJson.mapper().readTree(text)
                    : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
