package dev.pawl.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Lists in pages. The {@code Link} header names the repository by its number, as github.com does.
 * See <a href="https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api">REST: pagination</a>.
 */
public final class Page {
    private static final int DEFAULT_SIZE = 30;
    private static final int MAX_SIZE = 100;

    private final Call call;
    private final int size;
    private final int number;

    private Page(Call call) {
        this.call = call;
        this.size = Math.clamp(positive("per_page", DEFAULT_SIZE), 1, MAX_SIZE);
        this.number = Math.max(1, positive("page", 1));
    }

    /** The page of these items that the call asks for. */
    public static <T> Answer of(Call call, List<T> items, Function<T, ? extends JsonNode> rendering) {
        var page = new Page(call);
        Answer answer = Answer.ok(Json.array(page.cut(items).stream().map(rendering)));
        return page.linked(answer, items.size());
    }

    /** The same inside an object, beside the total. */
    public static <T> Answer of(Call call, String key, List<T> items, Function<T, ? extends JsonNode> rendering) {
        var page = new Page(call);
        var json = Json.object().put("total_count", items.size());
        json.set(key, Json.array(page.cut(items).stream().map(rendering)));
        return page.linked(Answer.ok(json), items.size());
    }

    private int positive(String key, int otherwise) {
        return call.query(key)
                .filter(v -> v.matches("[0-9]{1,6}"))
                .map(Integer::parseInt)
                .orElse(otherwise);
    }

    private <T> List<T> cut(List<T> items) {
        int from = Math.min(items.size(), (number - 1) * size);
        return items.subList(from, Math.min(items.size(), from + size));
    }

    private Answer linked(Answer answer, int total) {
        int last = Math.max(1, (total + size - 1) / size);
        var links = new ArrayList<String>();
        if (number > 1) {
            links.add(link(number - 1, "prev"));
        }
        if (number < last) {
            links.add(link(number + 1, "next"));
            links.add(link(last, "last"));
        }
        if (number > 1) {
            links.add(link(1, "first"));
        }
        return links.isEmpty() ? answer : answer.with("Link", String.join(", ", links));
    }

    private String link(int page, String relation) {
        String below = call.request().path().replaceFirst("^/repos/[^/]+/[^/]+|^/repositories/[0-9]+", "");
        var query = new StringBuilder();
        call.request().parameters().forEach((key, value) -> {
            if (!"page".equals(key)) {
                query.append(key).append('=').append(value).append('&');
            }
        });
        String address = call.hub().urls().api("/repositories/" + call.repo().id() + below);
        return "<%s?%spage=%d>; rel=\"%s\"".formatted(address, query, page, relation);
    }
}
