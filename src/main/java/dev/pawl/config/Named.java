package dev.pawl.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * A part of the file whose keys are names that its author chose.
 *
 * @param places where each name stands, in the order of the file; also of those whose value is wrong
 * @param values what the right ones mean, in the order of the file
 */
record Named<T>(Map<String, Place> places, Map<String, T> values) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,39}");

    /** What names are made of, for messages. */
    static final String SHAPE = "Names begin with a-z and have a-z, 0-9, - and _, at most 40.";

    /** Reads every name's value. */
    static <T> Value.Reader<Named<T>> of(String expected, BiFunction<String, Value, Optional<T>> reader) {
        return besides("", expected, reader);
    }

    /** The same, but for a key that isn't a name. */
    static <T> Value.Reader<Named<T>> besides(
            String key, String expected, BiFunction<String, Value, Optional<T>> reader) {
        return value -> value.entries(expected).map(entries -> {
            var places = new LinkedHashMap<String, Place>();
            var values = new LinkedHashMap<String, T>();
            for (Yaml.Entry entry : entries) {
                if (entry.key().equals(key)) {
                    continue;
                }
                Place place = value.place().below(entry.key(), entry.spot());
                places.put(entry.key(), place);
                if (!NAME.matcher(entry.key()).matches()) {
                    value.problems().add(place, "not a name", SHAPE);
                }
                reader.apply(entry.key(), value.below(entry)).ifPresent(v -> values.put(entry.key(), v));
            }
            return new Named<>(places, values);
        });
    }
}
