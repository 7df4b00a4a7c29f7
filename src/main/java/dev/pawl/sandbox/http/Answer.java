package dev.pawl.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer: status, headers by the name they are sent with, body. */
public record Answer(int status, Map<String, String> headers, Bytes body) {
    /** 200 with JSON. */
    public static Answer ok(JsonNode json) {
        return of(200, json);
    }

    /** 201 with JSON, and where the new thing is found: its {@code url}. */
    public static Answer created(JsonNode json) {
        Answer answer = of(201, json);
        return json.hasNonNull("url") ? answer.with("Location", json.get("url").asText()) : answer;
    }

    /** 204. */
    public static Answer nothing() {
        return new Answer(204, Map.of(), Bytes.none());
    }

    /** JSON with this status. */
    public static Answer of(int status, JsonNode json) {
        return of(status, json.toString());
    }

    /** JSON text with this status. */
    public static Answer of(int status, String json) {
        return new Answer(status, Map.of("Content-Type", "application/json; charset=utf-8"), Bytes.of(json));
    }

    /** The same answer with one header more. */
    public Answer with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body);
    }
}
