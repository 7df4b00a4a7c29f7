package dev.pawl.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.agent.cli.Transcript.Ending;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The events of opencode ({@code run --format json}). There is no final one: the last step that stops is the end. */
final class OpencodeEvents implements Events {
    private static final Pattern SESSION = Pattern.compile("ses_[A-Za-z0-9]{1,100}");
    private static final long LONGEST_WAIT = Duration.ofDays(1).toSeconds();

    private @Nullable JsonNode error;
    private @Nullable String session;
    private String lastReason = "";
    private Usage usage = Usage.NONE;
    private int toolCalls;
    private boolean answered;

    @Override
    public void event(JsonNode event) {
        String id = event.path("sessionID").asText();
        if (SESSION.matcher(id).matches()) {
            session = id;
        }
        switch (event.path("type").asText()) {
            case "tool_use" -> {
                toolCalls++;
                answered = true;
            }
            case "step_start" -> lastReason = "";
            case "step_finish" -> finished(event.path("part"));
            case "error" -> error = event.path("error");
            default -> {}
        }
    }

    private void finished(JsonNode part) {
        answered = true;
        lastReason = part.path("reason").asText();
        JsonNode tokens = part.path("tokens");
        Usd cost = Usages.money(part.path("cost"));
        usage = Usages.sum(
                usage,
                new Usage(
                        Optional.empty(),
                        Usages.tokens(tokens.path("input"))
                                + Usages.tokens(tokens.at("/cache/read"))
                                + Usages.tokens(tokens.at("/cache/write")),
                        Usages.tokens(tokens.path("output")) + Usages.tokens(tokens.path("reasoning")),
                        cost,
                        1,
                        Usages.cache(tokens.at("/cache/read"), tokens.at("/cache/write")),
                        true));
    }

    @Override
    public int toolCalls() {
        return toolCalls;
    }

    @Override
    public Transcript transcript(int code, Path exchange) {
        return new Transcript(ending(), Optional.ofNullable(session), usage, answered);
    }

    private Ending ending() {
        if (error != null) {
            return new Ending.Broken(trouble(error));
        }
        return lastReason.equals("stop") ? new Ending.Complete(Optional.empty()) : new Ending.Open();
    }

    private static Trouble trouble(JsonNode error) {
        JsonNode data = error.path("data");
        if (!data.path("statusCode").isInt()) {
            return error.path("name").asText().equals("APIError") ? Trouble.unreachable() : Trouble.unknown();
        }
        Trouble trouble = Trouble.http(data.path("statusCode").asInt());
        long wait = data.at("/responseHeaders/retry-after").asLong();
        return wait > 0 ? trouble.after(Duration.ofSeconds(Math.min(wait, LONGEST_WAIT))) : trouble;
    }
}
