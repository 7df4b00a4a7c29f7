package dev.pawl.forge.github;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.Lag;
import dev.pawl.forge.github.http.RestClient;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** One line of JSON in a ledger commit's message: a claim, or its end. */
sealed interface LedgerRecord {
    /** Who claims. */
    Claimant by();

    /**
     * A claimant.
     *
     * @param epoch which claim of the issue; only grows
     * @param run the workflow run; 0 outside of Actions
     * @param attempt its attempt
     * @param nonce makes each claim another commit
     * @param stage what it is claimed for
     */
    record Claimant(long epoch, long run, int attempt, String nonce, StageKind stage) {}

    /**
     * Held.
     *
     * @param by by whom
     * @param acquired since when
     * @param expires until when
     */
    record Held(Claimant by, Instant acquired, Instant expires) implements LedgerRecord {}

    /**
     * Released.
     *
     * @param by by whom
     * @param released when
     * @param outcome what came of it
     */
    record Released(Claimant by, Instant released, String outcome) implements LedgerRecord {
        private static final Set<String> WITHOUT_A_TRACE = Set.of("nothing", "denied", "busy");

        /** Until when something that was written under this claim may not show. */
        Instant shown() {
            return WITHOUT_A_TRACE.contains(outcome) ? released : released.plus(Lag.LONGEST);
        }
    }

    /** The commit's message. */
    default String message() {
        ObjectNode json = RestClient.object()
                .put("epoch", by().epoch())
                .put("run", by().run())
                .put("attempt", by().attempt())
                .put("nonce", by().nonce())
                .put("stage", by().stage().word());
        return switch (this) {
            case Held held ->
                json.put("acquired", held.acquired().toString())
                        .put("expires", held.expires().toString())
                        .toString();
            case Released end ->
                json.put("released", end.released().toString())
                        .put("outcome", end.outcome())
                        .toString();
        };
    }

    /** Reads a commit's message, strictly; empty when it isn't one of ours. */
    static Optional<LedgerRecord> parse(String message) {
        try {
            return Reading.record(message.stripTrailing());
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** How it is read. */
    final class Reading {
        private static final int LONGEST = 2_000;
        private static final int KEYS = 7;
        private static final ObjectReader STRICT = new ObjectMapper(JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(2)
                                .build())
                        .build())
                .reader()
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

        private Reading() {}

        private static Optional<LedgerRecord> record(String message) throws JsonProcessingException {
            if (message.length() > LONGEST || message.indexOf('\n') >= 0) {
                return Optional.empty();
            }
            JsonNode json = STRICT.readTree(message);
            if (!json.isObject() || json.size() != KEYS) {
                return Optional.empty();
            }
            var by = new Claimant(
                    number(json, "epoch"),
                    number(json, "run"),
                    Math.toIntExact(number(json, "attempt")),
                    text(json, "nonce"),
                    StageKind.parse(text(json, "stage")).orElseThrow(IllegalArgumentException::new));
            return Optional.of(
                    json.has("released")
                            ? new Released(by, Instant.parse(text(json, "released")), text(json, "outcome"))
                            : new Held(
                                    by, Instant.parse(text(json, "acquired")), Instant.parse(text(json, "expires"))));
        }

        private static long number(JsonNode json, String name) {
            JsonNode node = json.path(name);
            if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
                throw new IllegalArgumentException(name);
            }
            return node.longValue();
        }

        private static String text(JsonNode json, String name) {
            JsonNode node = json.path(name);
            if (!node.isTextual()) {
                throw new IllegalArgumentException(name);
            }
            return node.textValue();
        }
    }
}
