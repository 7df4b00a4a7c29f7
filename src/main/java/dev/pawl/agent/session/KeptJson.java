package dev.pawl.agent.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.result.StrictJson;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.Usage;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The file beside a conversation, version 1: these keys, all of them, and no others. */
final class KeptJson {
    private static final int VERSION = 1;
    private static final long MOST = 1_000_000_000_000_000L;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> KEYS =
            Set.of("version", "session", "kind", "task", "failed_resumes", "counted", "bytes", "sha256", "at");
    private static final Set<String> COUNTED =
            Set.of("input_tokens", "output_tokens", "cache_read", "cache_written", "cost_micros");

    private KeptJson() {}

    static String write(Kept kept, AgentSpec.Kind kind) {
        ObjectNode json = StrictJson.mapper().createObjectNode();
        json.put("version", VERSION);
        json.put("session", kept.id());
        json.put("kind", kind.word());
        json.put("task", kept.task());
        json.put("failed_resumes", kept.failedResumes());
        json.putObject("counted")
                .put("input_tokens", kept.counted().inputTokens())
                .put("output_tokens", kept.counted().outputTokens())
                .put("cache_read", kept.counted().cache().read())
                .put("cache_written", kept.counted().cache().written())
                .put("cost_micros", kept.counted().cost().micros());
        json.put("bytes", kept.content().bytes());
        json.put("sha256", kept.content().sha256());
        json.put("at", kept.at().toString());
        return json.toString();
    }

    /** Reads it; empty when it is anything else than what we write for an agent of that kind. */
    static Optional<Kept> read(String text, AgentSpec.Kind kind) {
        try {
            JsonNode json = StrictJson.mapper().readTree(text);
            boolean shaped = keys(json).equals(KEYS)
                    && keys(json.path("counted")).equals(COUNTED)
                    && json.path("version").isInt()
                    && json.path("version").asInt() == VERSION
                    && json.path("kind").asText().equals(kind.word());
            return shaped ? Optional.of(kept(json)) : Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Kept kept(JsonNode json) {
        JsonNode counted = json.get("counted");
        String sha256 = text(json, "sha256");
        return new Kept(
                text(json, "session"),
                hash(text(json, "task")),
                (int) number(json, "failed_resumes", Integer.MAX_VALUE - 1),
                new Usage(
                        Optional.empty(),
                        number(counted, "input_tokens", MOST),
                        number(counted, "output_tokens", MOST),
                        Usd.ofMicros(number(counted, "cost_micros", MOST)),
                        0,
                        new Usage.Cache(number(counted, "cache_read", MOST), number(counted, "cache_written", MOST)),
                        true),
                new Kept.Content(number(json, "bytes", MOST), sha256.isEmpty() ? sha256 : hash(sha256)),
                Instant.parse(text(json, "at")));
    }

    private static Set<String> keys(JsonNode json) {
        var keys = new TreeSet<String>();
        json.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static String text(JsonNode json, String key) {
        if (!json.get(key).isTextual()) {
            throw new IllegalArgumentException("not a text: " + key);
        }
        return json.get(key).asText();
    }

    private static String hash(String text) {
        if (!SHA256.matcher(text).matches()) {
            throw new IllegalArgumentException("not a hash");
        }
        return text;
    }

    private static long number(JsonNode json, String key, long most) {
        JsonNode value = json.get(key);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0 || value.asLong() > most) {
            throw new IllegalArgumentException("not a count: " + key);
        }
        return value.asLong();
    }
}
