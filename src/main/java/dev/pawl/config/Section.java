package dev.pawl.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A part of the file with fixed keys. A key is known when it is asked for; what was never asked for is refused at the end,
 * so that the reader and its list of keys can't disagree.
 */
final class Section {
    private final Value whole;
    private final Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    private Section(Value whole) {
        this.whole = whole;
    }

    /** Reads a section; the body asks for every key that there is. */
    static <T> Value.Reader<T> with(Function<Section, Optional<T>> body) {
        return value -> value.entries("keys with values").flatMap(entries -> {
            var section = new Section(value);
            entries.forEach(e -> section.entries.put(e.key(), e));
            Optional<T> result = body.apply(section);
            section.refuseUnknown();
            return result;
        });
    }

    /** Reads a section whose keys can all be left out. */
    static <T> Value.Reader<T> of(Function<Section, T> body) {
        return with(section -> Optional.of(body.apply(section)));
    }

    /** The value of a key; empty where the key is missing. */
    Optional<Value> value(String key) {
        asked.add(key);
        return Optional.ofNullable(entries.get(key)).map(whole::below);
    }

    /** The value of a key that is not offered to anybody, but gets a better answer than "unknown". */
    Optional<Value> unoffered(String key) {
        return entries.containsKey(key) ? value(key) : Optional.empty();
    }

    /** What the key's value means; empty where the key is missing or its value is wrong. */
    <T> Optional<T> read(String key, Value.Reader<T> reader) {
        return value(key).flatMap(reader::read);
    }

    /** What the key's value means, or the default. */
    <T> T read(String key, Value.Reader<T> reader, T otherwise) {
        return read(key, reader).orElse(otherwise);
    }

    /** What the key's value means, where the key can't be left out. */
    <T> Optional<T> need(String key, Value.Reader<T> reader, String hint) {
        if (value(key).isEmpty()) {
            problem(key + " is missing", hint);
        }
        return read(key, reader);
    }

    /** Says what is wrong with the section as a whole. */
    void problem(String problem, String hint) {
        whole.problems().add(whole.place(), problem, hint);
    }

    private void refuseUnknown() {
        for (Yaml.Entry entry : entries.values()) {
            if (!asked.contains(entry.key())) {
                Place place = whole.place().below(entry.key(), entry.spot());
                whole.problems().add(place, "unknown key", Nearest.hint(entry.key(), asked));
            }
        }
    }
}
