package dev.pawl.sandbox.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The few words of JSON that rendering needs. */
public final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    /** An empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An array of these. */
    public static ArrayNode array(Stream<? extends JsonNode> items) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.forEach(array::add);
        return array;
    }

    /** An empty array. */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** An array of texts. */
    public static ArrayNode texts(Stream<String> items) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.forEach(array::add);
        return array;
    }

    /** Null as JSON. */
    public static JsonNode none() {
        return JsonNodeFactory.instance.nullNode();
    }

    /** The node, or null as JSON. */
    public static JsonNode orNone(Optional<? extends JsonNode> node) {
        return node.isPresent() ? node.get() : none();
    }

    /** A moment as GitHub writes it: UTC, whole seconds. */
    public static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A moment, or null. */
    public static @Nullable String timeOrNull(@Nullable Instant at) {
        return at == null ? null : time(at);
    }

    /** Reads a document. */
    public static Optional<JsonNode> read(String text) {
        try {
            return Optional.ofNullable(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
