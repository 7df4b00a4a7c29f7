package dev.pawl.agent.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.agent.cli.Transcript.Ending;
import dev.pawl.agent.result.StrictJson;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The events of Codex ({@code exec --json}). Its error has one field, a sentence of the program's own; those that tell
 * more of the provider are known by their beginning.
 */
final class CodexEvents implements Events {
    private static final Pattern STATUS =
            Pattern.compile("^(?:unexpected status|exceeded retry limit, last status:) ([1-5][0-9]{2})\\b");
    private static final List<String> LIMITED = List.of("You've hit your usage limit", "Quota exceeded");
    private static final List<String> OUT = List.of(
            "We’re currently experiencing high demand",
            "Selected model is at capacity",
            "stream disconnected",
            "Connection failed",
            "error sending request",
            "timeout waiting for");
    private static final List<String> TOOLS =
            List.of("command_execution", "file_change", "mcp_tool_call", "web_search", "collab_tool_call");
    private static final Pattern THREAD = Pattern.compile("[0-9a-f-]{8,64}");

    private @Nullable JsonNode end;
    private @Nullable String thread;
    private Optional<String> lastText = Optional.empty();
    private int toolCalls;
    private int turns;
    private boolean answered;

    @Override
    public void event(JsonNode event) {
        switch (event.path("type").asText()) {
            case "thread.started" -> {
                String id = event.path("thread_id").asText();
                thread = THREAD.matcher(id).matches() ? id : null;
            }
            case "item.started" -> {
                if (TOOLS.contains(event.at("/item/type").asText())) {
                    toolCalls++;
                    answered = true;
                }
            }
            case "item.completed" -> {
                if (event.at("/item/type").asText().equals("agent_message")) {
                    lastText = Optional.of(event.at("/item/text").asText());
                    turns++;
                    answered = true;
                }
            }
            case "turn.completed", "turn.failed" -> end = event;
            default -> {}
        }
    }

    @Override
    public int toolCalls() {
        return toolCalls;
    }

    @Override
    public Transcript transcript(int code, Path exchange) {
        return new Transcript(ending(), Optional.ofNullable(thread), usage(), answered);
    }

    private Ending ending() {
        if (end == null) {
            return new Ending.Open();
        }
        return end.path("type").asText().equals("turn.completed")
                ? new Ending.Complete(lastText.flatMap(CodexEvents::object))
                : new Ending.Broken(trouble(end.at("/error/message").asText()));
    }

    private static Optional<JsonNode> object(String text) {
        try {
            return Optional.of(StrictJson.mapper().readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Trouble trouble(String message) {
        Matcher status = STATUS.matcher(message);
        if (status.find()) {
            return Trouble.http(Integer.parseInt(status.group(1)));
        }
        if (LIMITED.stream().anyMatch(message::startsWith)) {
            return new Trouble(FailureKind.PROVIDER_LIMIT, "The model's provider limits us.", Optional.empty());
        }
        return OUT.stream().anyMatch(message::startsWith) ? Trouble.unreachable() : Trouble.unknown();
    }

    private Usage usage() {
        if (end == null) {
            return Usage.NONE;
        }
        JsonNode usage = end.path("usage");
        return new Usage(
                Optional.empty(),
                Usages.tokens(usage.path("input_tokens")),
                Usages.tokens(usage.path("output_tokens")),
                Usd.ZERO,
                turns,
                Usages.cache(usage.path("cached_input_tokens"), usage.path("cache_write_input_tokens")),
                true);
    }
}
