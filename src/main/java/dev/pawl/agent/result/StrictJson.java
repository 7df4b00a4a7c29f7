package dev.pawl.agent.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** JSON without surprises: no key twice, nothing after the value, 32 levels at most. */
public final class StrictJson {
    private static final int DEEPEST = 32;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /** A mapper with these rules. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** A resource of ours. */
    public static JsonNode resource(String name) {
        try (InputStream in = StrictJson.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("a resource is missing: " + name);
            }
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All names and texts in it, without JSON's escapes; none where it isn't JSON. */
    public static List<String> texts(String json) {
        var texts = new ArrayList<String>();
        if (read(json) instanceof Reading.Value(JsonNode value)) {
            collect(value, texts);
        }
        return texts;
    }

    private static void collect(JsonNode json, List<String> into) {
        if (json.isTextual()) {
            into.add(json.textValue());
        }
        json.fieldNames().forEachRemaining(into::add);
        json.forEach(child -> collect(child, into));
    }

    /** JSON for people to read, with {@code \n} at the ends of lines. */
    public static String pretty(JsonNode json) {
        var separators = PrettyPrinter.DEFAULT_SEPARATORS.withObjectFieldValueSpacing(Separators.Spacing.AFTER);
        var printer = new DefaultPrettyPrinter(separators).withObjectIndenter(new DefaultIndenter("  ", "\n"));
        try {
            return MAPPER.writer(printer).writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON of ours can't be written", e);
        }
    }

    /** What came of reading. */
    sealed interface Reading {
        record Value(JsonNode node) implements Reading {}

        record Malformed(String where) implements Reading {}
    }

    /** Reads a text; says where it is malformed, and nothing of what stands there. */
    static Reading read(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node.isMissingNode() ? new Reading.Malformed("it is empty") : new Reading.Value(node);
        } catch (JsonProcessingException e) {
            return new Reading.Malformed(Optional.ofNullable(e.getLocation())
                    .map(l -> "line " + l.getLineNr() + ", column " + l.getColumnNr())
                    .orElse("somewhere"));
        }
    }
}
