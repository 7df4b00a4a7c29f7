package dev.pawl.config;

import dev.pawl.config.Yaml.Kind;
import dev.pawl.config.Yaml.Mapping;
import dev.pawl.config.Yaml.Scalar;
import dev.pawl.config.Yaml.Sequence;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A value of the file on its way into the policy.
 *
 * @param yaml the value
 * @param place where it stands
 * @param problems where to say what is wrong with it
 */
record Value(Yaml yaml, Place place, Problems problems) {
    /** From a value to what it means. Empty when it is wrong, and then a problem was added. */
    @FunctionalInterface
    interface Reader<T> {
        Optional<T> read(Value value);
    }

    /** The text, where this is one; says what was expected where it isn't. */
    Optional<String> text(String expected) {
        if (yaml instanceof Scalar scalar) {
            if (scalar.kind() == Kind.TEXT) {
                return Optional.of(scalar.text());
            }
            if (scalar.kind() != Kind.NOTHING) {
                return wrong(expected, "Put it in quotes.");
            }
        }
        return wrong(expected);
    }

    /** The word as written when this is a scalar of one of these kinds. */
    Optional<String> scalar(Kind... kinds) {
        return yaml instanceof Scalar scalar && List.of(kinds).contains(scalar.kind())
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    /** The items, where this is a list; says so where it isn't. */
    Optional<List<Value>> items(String expected) {
        if (!(yaml instanceof Sequence sequence)) {
            return wrong(expected);
        }
        return Optional.of(IntStream.range(0, sequence.items().size())
                .mapToObj(i -> item(i, sequence.items().get(i)))
                .toList());
    }

    /** The keys with their values, where this is a mapping or nothing; says so where it is something else. */
    Optional<List<Yaml.Entry>> entries(String expected) {
        if (yaml.isNothing()) {
            return Optional.of(List.of());
        }
        return yaml instanceof Mapping mapping ? Optional.of(mapping.entries()) : wrong(expected);
    }

    /** The value of one of this one's keys. */
    Value below(Yaml.Entry entry) {
        return new Value(entry.value(), place.below(entry.key(), entry.value().spot()), problems);
    }

    private Value item(int index, Yaml item) {
        return new Value(item, place.item(index, item.spot()), problems);
    }

    /** Says what was expected and what was found, unless it was refused before. */
    <T> Optional<T> wrong(String expected) {
        return wrong(expected, Optional.empty());
    }

    /** The same, with what to write instead. */
    <T> Optional<T> wrong(String expected, String hint) {
        return wrong(expected, Optional.of(hint));
    }

    /** The same, with what to write instead where that is known. */
    <T> Optional<T> wrong(String expected, Optional<String> hint) {
        return refused("expected " + expected + ", found " + yaml.described(), hint);
    }

    /** Says what is wrong in words of its own, unless the value was refused before. */
    <T> Optional<T> refused(String problem, Optional<String> hint) {
        if (!(yaml instanceof Yaml.Refused)) {
            problems.add(place, problem, hint);
        }
        return Optional.empty();
    }

    /** The same, with what to write instead. */
    <T> Optional<T> refused(String problem, String hint) {
        return refused(problem, Optional.of(hint));
    }
}
