package dev.pawl.sandbox.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A question or a change.
 *
 * @param isMutation whether it changes something
 * @param selections what is asked for
 */
public record Operation(boolean isMutation, List<Selection> selections) {
    /**
     * Reads a document of one operation, and checks it against the schema.
     *
     * @throws Malformed when GitHub would refuse it
     */
    public static Operation of(String document, JsonNode variables) {
        Operation operation = new Parser(document, variables).operation();
        Schema.check(operation);
        return operation;
    }

    /** The first field of that name at the top. */
    public Optional<Selection.Field> field(String name) {
        return find(selections, name);
    }

    /** The first field of that name among these. */
    public static Optional<Selection.Field> find(List<Selection> selections, String name) {
        return selections.stream()
                .filter(Selection.Field.class::isInstance)
                .map(Selection.Field.class::cast)
                .filter(field -> field.name().equals(name))
                .findFirst();
    }
}
