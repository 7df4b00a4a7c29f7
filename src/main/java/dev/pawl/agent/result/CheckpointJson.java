package dev.pawl.agent.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.Checkpoint;
import dev.pawl.domain.port.Checkpoints;
import dev.pawl.domain.port.Usage;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checkpoints as JSON. The result stands in it as the agent gave it, and is read as strictly as from the agent. */
public final class CheckpointJson implements Checkpoints {
    private static final int VERSION = 1;
    private static final long MOST = 1_000_000_000_000L;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._:/@ -]{1,200}");
    private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}");

    @Override
    public String write(Checkpoint checkpoint) {
        ObjectNode json = StrictJson.mapper().createObjectNode().put("version", VERSION);
        json.put("run", checkpoint.attempt().run())
                .put("stage", checkpoint.attempt().stage().word())
                .put("attempt", checkpoint.attempt().number())
                .put("start", checkpoint.attempt().start().value())
                .put("content", checkpoint.content());
        Usage usage = checkpoint.outcome().usage();
        ObjectNode used = json.putObject("usage")
                .put("input_tokens", usage.inputTokens())
                .put("output_tokens", usage.outputTokens())
                .put("cost_micros", usage.cost().micros())
                .put("turns", usage.turns())
                .put("cache_read", usage.cache().read())
                .put("cache_written", usage.cache().written())
                .put("priced", usage.priced());
        usage.model().ifPresent(model -> used.put("model", model));
        json.put("result", checkpoint.outcome().result().source().raw());
        return json.toString();
    }

    @Override
    public Optional<Checkpoint> read(String text) {
        if (!(StrictJson.read(text) instanceof StrictJson.Reading.Value(JsonNode json))) {
            return Optional.empty();
        }
        Optional<StageKind> stage = StageKind.parse(json.path("stage").asText());
        boolean shaped = json.path("version").asInt() == VERSION
                && WORD.matcher(json.path("run").asText()).matches()
                && SHA.matcher(json.path("start").asText()).matches()
                && WORD.matcher(json.path("content").asText()).matches()
                && json.path("attempt").canConvertToInt();
        if (!shaped || stage.isEmpty()) {
            return Optional.empty();
        }
        var attempt = new Checkpoint.Attempt(
                json.get("run").asText(),
                stage.get(),
                json.get("attempt").asInt(),
                new Sha(json.get("start").asText()));
        return ResultReader.read(json.path("result").asText(), stage.get()) instanceof ResultReader.Reading.WellFormed w
                        && w.failure().isEmpty()
                ? Optional.of(new Checkpoint(
                        attempt,
                        json.get("content").asText(),
                        new AgentOutcome.Finished(w.result(), usage(json.path("usage")))))
                : Optional.empty();
    }

    private static Usage usage(JsonNode usage) {
        return new Usage(
                Optional.of(usage.path("model").asText())
                        .filter(name -> WORD.matcher(name).matches()),
                number(usage, "input_tokens"),
                number(usage, "output_tokens"),
                Usd.ofMicros(number(usage, "cost_micros")),
                (int) Math.min(number(usage, "turns"), Integer.MAX_VALUE),
                new Usage.Cache(number(usage, "cache_read"), number(usage, "cache_written")),
                usage.path("priced").asBoolean(true));
    }

    private static long number(JsonNode usage, String name) {
        return Math.clamp(usage.path(name).asLong(), 0, MOST);
    }
}
