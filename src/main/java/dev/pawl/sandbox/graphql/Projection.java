package dev.pawl.sandbox.graphql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A tree of all that could be asked for, cut down to what is asked for. Objects name their type in {@code __typename}. */
public final class Projection {
    private Projection() {}

    /** What these select of it. A list that has {@code nodes} is paged by {@code first}, {@code last} and {@code after}. */
    public static JsonNode of(JsonNode whole, List<Selection> selections) {
        if (whole.isArray()) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            whole.forEach(item -> items.add(of(item, selections)));
            return items;
        }
        if (!whole.isObject() || selections.isEmpty()) {
            return whole;
        }
        ObjectNode cut = JsonNodeFactory.instance.objectNode();
        fill(cut, whole, selections);
        return cut;
    }

    private static void fill(ObjectNode cut, JsonNode whole, List<Selection> selections) {
        for (Selection selection : selections) {
            switch (selection) {
                case Selection.On(String type, var below) -> {
                    String name = whole.path("__typename").asText();
                    if (type.equals(name) || type.equals("Actor")) {
                        fill(cut, whole, below);
                    }
                }
                case Selection.Field field -> {
                    JsonNode value = whole.path(field.name());
                    if (value.isMissingNode()) {
                        throw new IllegalStateException("the sandbox has no " + field.name() + " in " + whole);
                    }
                    JsonNode page = value.path("nodes").isArray() ? page(value, field.arguments()) : value;
                    cut.set(field.name(), of(page, field.below()));
                }
            }
        }
    }

    private static JsonNode page(JsonNode connection, Map<String, JsonNode> arguments) {
        JsonNode all = connection.path("nodes");
        int from =
                arguments.containsKey("after") ? position(arguments.get("after").asText("")) : 0;
        int to = all.size();
        if (arguments.containsKey("first")) {
            to = Math.min(to, from + arguments.get("first").asInt());
        } else if (arguments.containsKey("last")) {
            from = Math.max(from, to - arguments.get("last").asInt());
        } else {
            throw new Malformed("You must provide a `first` or `last` value to properly paginate");
        }
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode nodes = page.putArray("nodes");
        for (int i = from; i < to; i++) {
            nodes.add(all.get(i));
        }
        page.putObject("pageInfo")
                .put("hasNextPage", to < all.size())
                .put("endCursor", nodes.isEmpty() ? null : cursor(to));
        return page;
    }

    private static String cursor(int position) {
        return Base64.getEncoder().encodeToString(("cursor:" + position).getBytes(StandardCharsets.UTF_8));
    }

    private static int position(String cursor) {
        if (cursor.isEmpty() || cursor.equals("null")) {
            return 0;
        }
        String plain = new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8);
        return Integer.parseInt(plain.substring("cursor:".length()));
    }
}
