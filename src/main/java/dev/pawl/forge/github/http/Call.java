package dev.pawl.forge.github.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One request as we mean it.
 *
 * @param method its method
 * @param target below the API's address, beginning with a slash; or a whole address that the forge gave us
 * @param body the JSON to send
 */
public record Call(Method method, String target, Optional<String> body) {
    /** The methods that we use. */
    public enum Method {
        GET,
        /** A POST that only asks: GraphQL's queries. */
        QUERY,
        /** A GET that asks where something is: a 302 is the answer. */
        LOCATE,
        POST,
        PATCH,
        PUT,
        DELETE;

        /** Whether it only reads, so that sending it twice is the same as once. */
        boolean reads() {
            return this == GET || this == QUERY || this == LOCATE;
        }

        /** The word on the wire. */
        String verb() {
            return switch (this) {
                case QUERY -> "POST";
                case LOCATE -> "GET";
                case GET, POST, PATCH, PUT, DELETE -> name();
            };
        }
    }

    /** A read. */
    public static Call get(String target) {
        return new Call(Method.GET, target, Optional.empty());
    }

    /** Asks where something is. */
    static Call locate(String target) {
        return new Call(Method.LOCATE, target, Optional.empty());
    }

    /** A write with a body. */
    public static Call write(Method method, String target, JsonNode body) {
        return new Call(method, target, Optional.of(body.toString()));
    }

    /** A question that needs a body. */
    public static Call query(String target, JsonNode body) {
        return new Call(Method.QUERY, target, Optional.of(body.toString()));
    }

    /** A deletion. */
    public static Call delete(String target) {
        return new Call(Method.DELETE, target, Optional.empty());
    }

    /** The target's path alone, for people and for permissions. */
    String path() {
        String path = target.startsWith("/") ? target : target.replaceFirst("^https?://[^/]*", "");
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    @Override
    public String toString() {
        return method + " " + path();
    }
}
