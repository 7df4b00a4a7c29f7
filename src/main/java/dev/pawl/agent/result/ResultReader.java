package dev.pawl.agent.result;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a result strictly. What it says is never believed here, only understood. */
public final class ResultReader {
    private static final int MOST_COMPLAINTS = 20;

    /** What an agent may say of its own failure. Any other word, such as our own kinds, means a bad result. */
    private static final Set<FailureKind> AGENTS_OWN = EnumSet.of(
            FailureKind.AGENT_RESULT,
            FailureKind.AGENT_CRASH,
            FailureKind.AGENT_TIMEOUT,
            FailureKind.TURN_LIMIT,
            FailureKind.TOOL_DENIED,
            FailureKind.PROVIDER_LIMIT,
            FailureKind.PROVIDER_OUTAGE,
            FailureKind.ACCESS);

    private ResultReader() {}

    /** What came of reading. */
    public sealed interface Reading {
        /**
         * A well-formed result.
         *
         * @param result the result
         * @param usage what the agent says it used
         * @param failure why it failed, where it says that it did
         */
        record WellFormed(AgentResult result, Usage usage, Optional<Failure> failure) implements Reading {}

        /**
         * Anything else.
         *
         * @param complaints one sentence each, with a JSON pointer, in our words
         */
        record Malformed(List<String> complaints) implements Reading {
            public Malformed {
                complaints = List.copyOf(complaints);
            }
        }
    }

    /**
     * What an agent says of its failure, without its words.
     *
     * @param kind the kind
     * @param retryAt when the provider said to come back
     */
    public record Failure(FailureKind kind, Optional<Instant> retryAt) {}

    /** Reads the text of a result for the stage. */
    public static Reading read(String text, StageKind stage) {
        return switch (StrictJson.read(text)) {
            case StrictJson.Reading.Malformed m ->
                new Reading.Malformed(List.of("/: expected one JSON object without repeated keys; see " + m.where()));
            case StrictJson.Reading.Value v -> read(v.node(), stage);
        };
    }

    private static Reading read(JsonNode result, StageKind stage) {
        var schema = ResultSchemas.of(stage);
        var complaints = new SchemaCheck(schema).complaints(result);
        if (complaints.isEmpty()) {
            complaints.addAll(repeatedIds(result, schema));
        }
        if (!complaints.isEmpty()) {
            return new Reading.Malformed(
                    complaints.stream().distinct().limit(MOST_COMPLAINTS).toList());
        }
        var fields = new ResultFields(result, schema);
        boolean failed = result.get("status").asText().equals("failed");
        return new Reading.WellFormed(
                fields.result(),
                fields.usage(),
                failed ? Optional.of(failure(result.path("error"))) : Optional.empty());
    }

    /** The one rule that a schema can't say. */
    private static List<String> repeatedIds(JsonNode result, JsonNode schema) {
        var complaints = new ArrayList<String>();
        if (schema.at("/properties/plan").isObject()) {
            var seen = new HashSet<String>();
            JsonNode tasks = result.at("/plan/tasks");
            for (int i = 0; i < tasks.size(); i++) {
                if (!seen.add(tasks.get(i).get("id").asText())) {
                    complaints.add("/plan/tasks/" + i + "/id: expected an id that no other task has");
                }
            }
        }
        return complaints;
    }

    private static Failure failure(JsonNode error) {
        var kind = FailureKind.parse(error.path("kind").asText()).filter(AGENTS_OWN::contains);
        return new Failure(
                kind.orElse(FailureKind.AGENT_RESULT),
                time(error.path("retry_at").asText()));
    }

    private static Optional<Instant> time(String text) {
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
