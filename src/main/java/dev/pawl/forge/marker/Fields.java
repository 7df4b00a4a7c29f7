package dev.pawl.forge.marker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.forge.marker.MarkerJson.UnknownWord;
import dev.pawl.forge.marker.MarkerJson.Unreadable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the fields of one JSON object: they must be of the right types. A key that nobody asks for is one that a newer
 * version added, and is passed over (docs/protocol.md, "Versions of the state").
 */
final class Fields {
    /** What a version of ours would write: anything else is no word of a newer one. */
    private static final Pattern WORD = Pattern.compile("[a-z][a-z_-]{0,29}");

    private final JsonNode object;

    private Fields(JsonNode object) {
        this.object = object;
    }

    /**
     * Reads an object as a whole.
     *
     * @throws Unreadable where it is no object
     */
    static <T> T read(JsonNode node, Function<Fields, T> reader) {
        if (!node.isObject()) {
            throw new Unreadable("something that should be an object is none");
        }
        return reader.apply(new Fields(node));
    }

    private Optional<JsonNode> node(String name) {
        JsonNode node = object.path(name);
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    private static Unreadable wrong(String name) {
        return new Unreadable("its key " + name + " is missing or wrong");
    }

    Optional<String> maybeText(String name) {
        return node(name).map(n -> {
            if (!n.isTextual()) {
                throw wrong(name);
            }
            return n.textValue();
        });
    }

    String text(String name) {
        return maybeText(name).orElseThrow(() -> wrong(name));
    }

    Optional<Long> maybeNumber(String name) {
        return node(name).map(n -> {
            if (!n.isIntegralNumber() || !n.canConvertToLong() || n.longValue() < 0) {
                throw wrong(name);
            }
            return n.longValue();
        });
    }

    long number(String name) {
        return maybeNumber(name).orElseThrow(() -> wrong(name));
    }

    int count(String name) {
        return Math.toIntExact(number(name));
    }

    Optional<Instant> maybeTime(String name) {
        return maybeText(name).map(text -> instant(name, text));
    }

    Instant time(String name) {
        return maybeTime(name).orElseThrow(() -> wrong(name));
    }

    private static Instant instant(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw wrong(name);
        }
    }

    /** A text of a certain shape. */
    <T> Optional<T> maybeShaped(String name, Function<String, Optional<T>> parse) {
        return maybeText(name).map(text -> parse.apply(text).orElseThrow(() -> wrong(name)));
    }

    /** A word that stands for a value; a newer version may know more of them. */
    <T> T word(String name, Function<String, Optional<T>> parse) {
        return known(name, text(name), parse);
    }

    <T> Optional<T> maybeWord(String name, Function<String, Optional<T>> parse) {
        return maybeText(name).map(word -> known(name, word, parse));
    }

    private static <T> T known(String name, String word, Function<String, Optional<T>> parse) {
        return parse.apply(word)
                .orElseThrow(() -> WORD.matcher(word).matches() ? new UnknownWord(name, word) : wrong(name));
    }

    <T> Optional<T> maybeObject(String name, Function<Fields, T> reader) {
        return node(name).map(n -> read(n, reader));
    }

    <T> T object(String name, Function<Fields, T> reader) {
        return maybeObject(name, reader).orElseThrow(() -> wrong(name));
    }

    private List<JsonNode> items(String name) {
        JsonNode array = node(name).orElseThrow(() -> wrong(name));
        if (!array.isArray()) {
            throw wrong(name);
        }
        var items = new ArrayList<JsonNode>();
        array.forEach(items::add);
        return items;
    }

    <T> List<T> objects(String name, Function<Fields, T> reader) {
        return items(name).stream().map(item -> read(item, reader)).toList();
    }

    List<Long> numbers(String name) {
        return items(name).stream()
                .map(item -> {
                    if (!item.isIntegralNumber() || !item.canConvertToLong()) {
                        throw wrong(name);
                    }
                    return item.longValue();
                })
                .toList();
    }

    List<String> texts(String name) {
        return items(name).stream()
                .map(item -> {
                    if (!item.isTextual()) {
                        throw wrong(name);
                    }
                    return item.textValue();
                })
                .toList();
    }

    List<Instant> times(String name) {
        return texts(name).stream().map(text -> instant(name, text)).toList();
    }

    /** An object whose keys are names of somebody's choice. */
    <T> Map<String, T> map(String name, Function<JsonNode, T> value) {
        JsonNode node = node(name).orElseThrow(() -> wrong(name));
        if (!node.isObject()) {
            throw wrong(name);
        }
        var map = new LinkedHashMap<String, T>();
        node.properties().forEach(e -> map.put(e.getKey(), value.apply(e.getValue())));
        return map;
    }

    static String textOf(JsonNode node) {
        if (!node.isTextual()) {
            throw new Unreadable("something that should be text is none");
        }
        return node.textValue();
    }

    static int countOf(JsonNode node) {
        if (!node.isInt() || node.intValue() < 0) {
            throw new Unreadable("something that should be a count is none");
        }
        return node.intValue();
    }
}
