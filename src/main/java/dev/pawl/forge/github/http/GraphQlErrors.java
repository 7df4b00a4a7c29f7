package dev.pawl.forge.github.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;

/** What GraphQL tells with a 200 (docs.github.com, "Rate limits and query limits for the GraphQL API"; "Forming calls"). */
public final class GraphQlErrors {
    /** Nothing of that name, or nothing that we may see. */
    public static final String NOT_FOUND = "NOT_FOUND";

    /** The token may not. */
    public static final String FORBIDDEN = "FORBIDDEN";

    /** What was asked for can't be done as things stand. */
    public static final String UNPROCESSABLE = "UNPROCESSABLE";

    static final String RATE_LIMITED = "RATE_LIMITED";

    private GraphQlErrors() {}

    /** The types of an answer's errors; an error without a type is an empty one. */
    public static Set<String> of(Answer answer) {
        JsonNode errors = answer.json().path("errors");
        var types = new LinkedHashSet<String>();
        if (errors.isArray() && !answer.json().has("message")) {
            errors.forEach(error -> types.add(error.path("type").asText("")));
        }
        return types;
    }
}
