package dev.pawl.agent.result;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The keywords that speak of one value: type, const, enum, lengths, patterns, bounds. */
final class ScalarRules {
    /** Patterns are ours and linear; they are few. */
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private ScalarRules() {}

    /** What was expected instead; empty when the value is as it should be. */
    static Optional<String> complaint(JsonNode schema, JsonNode value) {
        if (schema.has("const") && !schema.get("const").equals(value)) {
            return Optional.of(schema.get("const").toString());
        }
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            return Optional.of("one of " + words(schema.get("enum")));
        }
        if (schema.has("type") && !isA(schema.get("type").asText(), value)) {
            return Optional.of(named(schema.get("type").asText()));
        }
        if (value.isTextual()) {
            return text(schema, value.asText());
        }
        return value.isNumber() ? number(schema, value) : Optional.empty();
    }

    private static Optional<String> text(JsonNode schema, String text) {
        int length = text.codePointCount(0, text.length());
        if (length < schema.path("minLength").asInt(0)) {
            return Optional.of("some text");
        }
        if (length > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
            return Optional.of("at most " + schema.get("maxLength") + " characters");
        }
        boolean shaped = (!schema.has("pattern") || finds(schema.get("pattern"), text))
                && (!schema.has("not") || !finds(schema.get("not").get("pattern"), text));
        return shaped
                ? Optional.empty()
                : Optional.of(schema.path("description").asText("another text"));
    }

    private static Optional<String> number(JsonNode schema, JsonNode value) {
        if (schema.has("minimum") && value.doubleValue() < schema.get("minimum").doubleValue()) {
            return Optional.of("at least " + schema.get("minimum"));
        }
        if (schema.has("maximum") && value.doubleValue() > schema.get("maximum").doubleValue()) {
            return Optional.of("at most " + schema.get("maximum"));
        }
        return Optional.empty();
    }

    private static boolean finds(JsonNode pattern, String text) {
        return PATTERNS.computeIfAbsent(pattern.asText(), Pattern::compile)
                .matcher(text)
                .find();
    }

    private static boolean contains(JsonNode allowed, JsonNode value) {
        for (JsonNode one : allowed) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isA(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isNumber() && Math.rint(value.doubleValue()) == value.doubleValue();
            case "number" -> value.isNumber();
            default -> throw new IllegalStateException("a type that our schemas don't use: " + type);
        };
    }

    private static String named(String type) {
        return switch (type) {
            case "object", "array", "integer" -> "an " + type;
            default -> "a " + type;
        };
    }

    private static String words(JsonNode allowed) {
        var words = new ArrayList<String>();
        allowed.forEach(w -> words.add(w.asText()));
        return String.join(", ", words);
    }
}
