package dev.pawl.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.http.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a request's JSON, and refuses what GitHub refuses. */
final class Body {
    /** The longest text of an issue, comment or review; observed, not documented. */
    static final int MAX_TEXT = 65_536;

    private Body() {}

    /** The field's text, if it is there and not null. */
    static Optional<String> text(ObjectNode body, String field) {
        return Optional.ofNullable(body.get(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    /** The field's text; 422 where it is missing or blank. */
    static String needed(ObjectNode body, String field, String resource) {
        return text(body, field)
                .filter(t -> !t.isBlank())
                .orElseThrow(() -> Refusal.invalid(resource, field, "missing_field"));
    }

    /** The field's text, at most as long as GitHub takes; empty where there is none. */
    static Optional<String> words(ObjectNode body, String resource) {
        Optional<String> words = text(body, "body");
        if (words.isPresent() && words.get().length() > MAX_TEXT) {
            throw Refusal.custom(resource, "body", "Body is too long (maximum is 65536 characters)");
        }
        return words;
    }

    /** The texts of an array; of objects their field {@code name}. */
    static List<String> texts(@Nullable JsonNode array) {
        if (array == null || !array.isArray()) {
            return List.of();
        }
        return StreamSupport.stream(array.spliterator(), false)
                .map(item -> item.isObject() ? item.path("name").asText() : item.asText())
                .toList();
    }
}
