package dev.pawl.config;

import dev.pawl.config.Yaml.Kind;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Readers for single values and lists of them. */
final class Scalars {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final int MOST_ITEMS = 200;

    private Scalars() {}

    /** True or false. */
    static Value.Reader<Boolean> flag() {
        return value -> value.scalar(Kind.FLAG).map(Boolean::parseBoolean).or(() -> value.wrong("true or false"));
    }

    /** A whole number within bounds. */
    static Value.Reader<Integer> whole(int least, int most) {
        return value -> wholeLong(least, most).read(value).map(Math::toIntExact);
    }

    /** A long whole number within bounds. */
    static Value.Reader<Long> wholeLong(long least, long most) {
        return value -> value.scalar(Kind.INTEGER)
                .filter(text -> WHOLE.matcher(text).matches())
                .map(Long::parseLong)
                .filter(n -> n >= least && n <= most)
                .or(() -> value.wrong("a whole number from " + least + " to " + most));
    }

    /** Text of a shape, and what to call that shape. */
    static Value.Reader<String> text(Pattern shape, String expected) {
        return value -> value.text(expected).filter(t -> shape.matcher(t).matches() || refuse(value, expected));
    }

    private static boolean refuse(Value value, String expected) {
        value.wrong(expected);
        return false;
    }

    /** One of a few words. */
    static <T> Value.Reader<T> word(Map<String, T> meanings) {
        String expected = (meanings.size() == 1 ? "" : "one of ") + Shown.list(meanings.keySet());
        return value -> {
            Optional<String> word = value.scalar(Kind.TEXT);
            return word.map(meanings::get).or(() -> value.wrong(expected, near(word, meanings.keySet())));
        };
    }

    private static Optional<String> near(Optional<String> word, Collection<String> known) {
        return word.flatMap(w -> Nearest.to(w, known)).map(n -> "Did you mean " + Shown.quoted(n) + "?");
    }

    /** A list, none of whose items comes twice. */
    static <T> Value.Reader<List<T>> list(String expected, Value.Reader<T> item) {
        return value -> value.items(expected)
                .filter(items -> fits(value, items))
                .map(items -> {
                    var read = new LinkedHashSet<T>();
                    for (Value one : items) {
                        item.read(one)
                                .filter(t -> !read.add(t))
                                .ifPresent(t -> one.refused("listed twice", Optional.empty()));
                    }
                    return List.copyOf(read);
                });
    }

    private static boolean fits(Value value, List<Value> items) {
        if (items.size() > MOST_ITEMS) {
            value.refused("more than " + MOST_ITEMS + " items", Optional.empty());
        }
        return items.size() <= MOST_ITEMS;
    }
}
