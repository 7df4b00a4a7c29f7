package dev.pawl.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.agent.cli.Transcript.Ending;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The events of Claude Code ({@code stream-json}), whose shape Qwen Code has, too. */
final class ClaudeEvents implements Events {
    /** How Qwen Code tells a provider's answer: the library's message begins with the status. */
    private static final Pattern STATUS = Pattern.compile("^\\[API Error: ([1-5][0-9]{2})\\b");

    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    /** A wait of this length isn't worth a job's time. */
    private static final Duration LONG_WAIT = Duration.ofSeconds(45);

    /** How Qwen Code says that the model gave no answer, which is no error of the program's. */
    private static final String NO_ANSWER = "Model produced plain text instead of calling the structured_output tool";

    /** Qwen Code's exit codes when it stops at its limit of turns, and of tool calls or time; no event says so. */
    private static final Set<Integer> LIMITS = Set.of(53, 55);

    private final String answerField;
    private final Caching caching;
    private @Nullable JsonNode end;
    private @Nullable String session;
    private Optional<String> model = Optional.empty();
    private Optional<Duration> wait = Optional.empty();
    private int toolCalls;
    private boolean answered;

    /** How tokens are counted that have to do with a cache. */
    enum Caching {
        /** Besides the others. */
        APART,
        /** Among the others. */
        WITHIN
    }

    /**
     * @param answerField where the structured answer stands in the final event
     * @param caching how it counts
     */
    ClaudeEvents(String answerField, Caching caching) {
        this.answerField = answerField;
        this.caching = caching;
    }

    @Override
    public void event(JsonNode event) {
        String id = event.path("session_id").asText();
        if (SESSION.matcher(id).matches()) {
            session = id;
        }
        switch (event.path("type").asText()) {
            case "system" -> system(event);
            case "assistant" -> assistant(event.path("message"));
            case "result" -> end = event;
            default -> {}
        }
    }

    private void system(JsonNode event) {
        switch (event.path("subtype").asText()) {
            case "init" -> model = Usages.model(event.path("model"));
            case "retry" ->
                wait = Optional.of(Duration.ofMillis(event.at("/data/delayMs").asLong()));
            default -> {}
        }
    }

    private void assistant(JsonNode message) {
        wait = Optional.empty();
        // The program's own messages come from no model.
        answered |= !message.path("model").asText().equals("<synthetic>");
        for (JsonNode part : message.path("content")) {
            if (part.path("type").asText().equals("tool_use")) {
                toolCalls++;
            }
        }
    }

    @Override
    public int toolCalls() {
        return toolCalls;
    }

    @Override
    public boolean inVain() {
        return wait.filter(w -> w.compareTo(LONG_WAIT) > 0).isPresent();
    }

    @Override
    public Transcript transcript(int code, Path exchange) {
        return new Transcript(ending(code), Optional.ofNullable(session), usage(), answered);
    }

    private Ending ending(int code) {
        if (end == null) {
            if (LIMITS.contains(code)) {
                return new Ending.Broken(Trouble.turns());
            }
            return wait.<Ending>map(w -> new Ending.Broken(Trouble.http(429).after(w)))
                    .orElseGet(Ending.Open::new);
        }
        boolean wellFormed =
                end.path("is_error").isBoolean() && end.path("subtype").isTextual();
        if (!wellFormed) {
            return new Ending.Open();
        }
        if (!end.path("is_error").asBoolean() && end.path("subtype").asText().equals("success")) {
            JsonNode answer = end.path(answerField);
            return new Ending.Complete(answer.isObject() ? Optional.of(answer) : Optional.empty());
        }
        return end.at("/error/message").asText().startsWith(NO_ANSWER)
                ? new Ending.Complete(Optional.empty())
                : new Ending.Broken(trouble(end));
    }

    private static Trouble trouble(JsonNode end) {
        if (end.path("api_error_status").isInt()) {
            return Trouble.http(end.path("api_error_status").asInt());
        }
        return switch (end.path("subtype").asText()) {
            case "error_max_turns" -> Trouble.turns();
            case "error_max_budget_usd" -> Trouble.budget();
            default -> {
                Matcher status = STATUS.matcher(end.at("/error/message").asText());
                yield status.find() ? Trouble.http(Integer.parseInt(status.group(1))) : Trouble.unknown();
            }
        };
    }

    private Usage usage() {
        if (end == null) {
            return new Usage(model, 0, 0, Usd.ZERO, 0);
        }
        JsonNode usage = end.path("usage");
        Usage.Cache cache =
                Usages.cache(usage.path("cache_read_input_tokens"), usage.path("cache_creation_input_tokens"));
        long others = Usages.tokens(usage.path("input_tokens"));
        return new Usage(
                model,
                caching == Caching.APART ? others + cache.read() + cache.written() : others,
                Usages.tokens(usage.path("output_tokens")),
                Usages.money(end.path("total_cost_usd")),
                (int) Math.min(Usages.tokens(end.path("num_turns")), Integer.MAX_VALUE),
                cache,
                true);
    }
}
