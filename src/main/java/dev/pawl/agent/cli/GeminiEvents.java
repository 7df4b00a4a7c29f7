package dev.pawl.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pawl.agent.cli.Transcript.Ending;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.Usage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The events of Gemini CLI ({@code stream-json}). Its error event names no status; the exit code of a failed run is the
 * status, of which a system keeps the last eight bits, or a number of the program's own.
 */
final class GeminiEvents implements Events {
    private static final List<Integer> STATUSES = List.of(400, 401, 403, 404, 408, 429, 500, 502, 503, 504, 529);
    private static final int NO_KEY = 41;
    private static final int TURNS = 53;
    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9-]{1,100}");

    private @Nullable JsonNode end;
    private @Nullable String session;
    private Optional<String> model = Optional.empty();
    private int toolCalls;
    private int turns;
    private boolean answered;

    @Override
    public void event(JsonNode event) {
        switch (event.path("type").asText()) {
            case "init" -> {
                String id = event.path("session_id").asText();
                session = SESSION.matcher(id).matches() ? id : null;
                model = Usages.model(event.path("model"));
            }
            case "tool_use" -> {
                toolCalls++;
                turns++;
                answered = true;
            }
            case "message" -> {
                if (event.path("role").asText().equals("assistant")) {
                    answered = true;
                }
            }
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
        return new Transcript(ending(code), Optional.ofNullable(session), usage(), answered);
    }

    private Ending ending(int code) {
        return switch (end == null ? "" : end.path("status").asText()) {
            case "success" -> new Ending.Complete(Optional.empty());
            case "error" -> new Ending.Broken(trouble(code));
            default -> code == NO_KEY || code == TURNS ? new Ending.Broken(trouble(code)) : new Ending.Open();
        };
    }

    private static Trouble trouble(int code) {
        return switch (code) {
            case NO_KEY -> Trouble.http(401);
            case TURNS -> Trouble.turns();
            default ->
                STATUSES.stream()
                        .filter(status -> status % 256 == code)
                        .findFirst()
                        .map(Trouble::http)
                        .orElseGet(Trouble::unknown);
        };
    }

    private Usage usage() {
        JsonNode stats = end == null ? MissingNode.getInstance() : end.path("stats");
        return new Usage(
                model,
                Usages.tokens(stats.path("input_tokens")),
                Usages.tokens(stats.path("output_tokens")),
                Usd.ZERO,
                answered ? turns + 1 : turns,
                new Usage.Cache(Usages.tokens(stats.path("cached")), 0),
                true);
    }
}
