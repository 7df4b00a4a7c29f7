package dev.pawl.sandbox.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads GraphQL (spec.graphql.org, October 2021), as far as Pawl writes it. */
final class Parser {
    private static final Pattern TOKEN =
            Pattern.compile("\\G[\\s,]*(\\.\\.\\.|[{}()\\[\\]:!$=]|-?[0-9]+|\"(?:[^\"\\\\]|\\\\.)*\"|\\w+)");

    private final List<String> tokens = new ArrayList<>();
    private final JsonNode variables;
    private final Map<String, Selection.On> fragments = new HashMap<>();
    private int at;

    Parser(String document, JsonNode variables) {
        this.variables = variables;
        Matcher token = TOKEN.matcher(document);
        int end = 0;
        while (token.find()) {
            tokens.add(token.group(1));
            end = token.end();
        }
        if (!document.substring(end).isBlank()) {
            throw new Malformed(
                    "Parse error on \"" + document.substring(end).strip().charAt(0) + "\"");
        }
    }

    /** The document's one operation. Fragments are read first, wherever they stand. */
    Operation operation() {
        int operation = -1;
        for (at = 0; at < tokens.size(); ) {
            if (tokens.get(at).equals("fragment")) {
                at++;
                String name = next();
                expect("on");
                fragments.put(name, new Selection.On(next(), selections()));
            } else if (operation < 0) {
                operation = at;
                skipOperation();
            } else {
                throw new Malformed("An operation name is required");
            }
        }
        if (operation < 0) {
            throw new Malformed("No operation");
        }
        at = operation;
        String kind = next();
        if (!kind.equals("query") && !kind.equals("mutation")) {
            throw new Malformed("Parse error on \"" + kind + "\"");
        }
        while (!peek().equals("{")) {
            next();
        }
        return new Operation(kind.equals("mutation"), selections());
    }

    private void skipOperation() {
        while (!peek().equals("{")) {
            next();
        }
        int depth = 0;
        do {
            String token = next();
            depth += token.equals("{") ? 1 : token.equals("}") ? -1 : 0;
        } while (depth > 0);
    }

    private List<Selection> selections() {
        var selections = new ArrayList<Selection>();
        expect("{");
        while (!peek().equals("}")) {
            selections.add(selection());
        }
        expect("}");
        return List.copyOf(selections);
    }

    private Selection selection() {
        if (!peek().equals("...")) {
            return field();
        }
        next();
        String name = next();
        if (name.equals("on")) {
            return new Selection.On(next(), selections());
        }
        Selection.On fragment = fragments.get(name);
        if (fragment != null) {
            return fragment;
        }
        // A fragment that another one uses must stand before it.
        throw new Malformed("Fragment " + name + " was used, but not defined");
    }

    private Selection.Field field() {
        String name = next();
        if (peek().equals(":")) {
            throw new Malformed("Aliases aren't understood here: " + name);
        }
        var arguments = new LinkedHashMap<String, JsonNode>();
        if (peek().equals("(")) {
            next();
            while (!peek().equals(")")) {
                String argument = next();
                expect(":");
                arguments.put(argument, value());
            }
            next();
        }
        return new Selection.Field(name, arguments, peek().equals("{") ? selections() : List.of());
    }

    private JsonNode value() {
        String token = next();
        return switch (token) {
            case "$" -> variables.path(next());
            case "true", "false" -> JsonNodeFactory.instance.booleanNode(token.equals("true"));
            case "null" -> JsonNodeFactory.instance.nullNode();
            default ->
                token.startsWith("\"")
                        ? JsonNodeFactory.instance.textNode(token.substring(1, token.length() - 1))
                        : token.matches("-?[0-9]+")
                                ? JsonNodeFactory.instance.numberNode(Long.parseLong(token))
                                : JsonNodeFactory.instance.textNode(token);
        };
    }

    private String peek() {
        if (at >= tokens.size()) {
            throw new Malformed("Unexpected end of document");
        }
        return tokens.get(at);
    }

    private String next() {
        String token = peek();
        at++;
        return token;
    }

    private void expect(String token) {
        String found = next();
        if (!found.equals(token)) {
            throw new Malformed("Expected " + token + ", actual: " + found);
        }
    }
}
