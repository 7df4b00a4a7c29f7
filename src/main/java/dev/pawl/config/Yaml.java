package dev.pawl.config;

import java.util.List;

/** A YAML document as plain values with their places: no anchors, no tags, no key twice. */
sealed interface Yaml {
    /** Where the value begins. */
    Spot spot();

    /**
     * A place in the text.
     *
     * @param line from 1
     * @param column from 1
     */
    record Spot(int line, int column) {}

    /**
     * One word or number.
     *
     * @param text as written, without quotes
     * @param kind what YAML 1.2 (core schema) takes it for
     * @param spot where it begins
     */
    record Scalar(String text, Kind kind, Spot spot) implements Yaml {}

    /** A list. */
    record Sequence(List<Yaml> items, Spot spot) implements Yaml {}

    /** Keys with values, in the order of the file. */
    record Mapping(List<Entry> entries, Spot spot) implements Yaml {}

    /** Something that was refused already: whoever meets it says nothing more. */
    record Refused(Spot spot) implements Yaml {}

    /**
     * One key and its value.
     *
     * @param key as written
     * @param spot where the key begins
     * @param value its value
     */
    record Entry(String key, Spot spot, Yaml value) {}

    /** What a scalar is. */
    enum Kind {
        NOTHING,
        FLAG,
        INTEGER,
        NUMBER,
        TEXT
    }

    /** Whether this is what stands after a key without a value. */
    default boolean isNothing() {
        return this instanceof Scalar scalar && scalar.kind() == Kind.NOTHING;
    }

    /** What this is, in a message that expected something else. */
    default String described() {
        return switch (this) {
            case Mapping m -> "keys with values";
            case Sequence s -> "a list";
            case Scalar s when s.kind() == Kind.NOTHING -> "nothing";
            case Scalar s
            when s.kind() == Kind.INTEGER || s.kind() == Kind.NUMBER -> "the number " + Shown.key(s.text());
            case Scalar s when s.kind() == Kind.FLAG -> Shown.key(s.text());
            case Scalar s -> Shown.quoted(s.text());
            case Refused r -> "nothing that can be read";
        };
    }
}
