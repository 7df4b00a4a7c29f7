package dev.pawl.sandbox.http;

import dev.pawl.sandbox.json.Urls;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came.
 *
 * @param path as sent, of the REST API without the API's own prefix: {@code /repos/o/r/issues}
 * @param query as sent, empty where there is none
 * @param headers by lower-case name
 */
public record Incoming(
        String method, Area area, String path, String query, Map<String, List<String>> headers, Bytes body) {
    /** What a request is for. */
    public enum Area {
        /** The REST API. */
        API,
        /** Git's smart HTTP. */
        GIT,
        /** Anything else, which isn't served. */
        ELSEWHERE
    }

    static Incoming of(String method, String target, Map<String, List<String>> headers, Bytes body) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        if (path.equals(Urls.GRAPHQL_PATH)) {
            return new Incoming(method, Area.API, "/graphql", query, headers, body);
        }
        if (path.startsWith(Urls.API_PATH + "/")) {
            return new Incoming(method, Area.API, path.substring(Urls.API_PATH.length()), query, headers, body);
        }
        Area area = path.contains(".git/") ? Area.GIT : Area.ELSEWHERE;
        return new Incoming(method, area, path, query, headers, body);
    }

    /** The first header of that name, in whatever case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT))).map(List::getFirst);
    }

    /** Whether it may change the world: every method but GET and HEAD; of git only a push, of GraphQL only a mutation. */
    public boolean isWrite() {
        return switch (area) {
            case GIT -> path.endsWith("/git-receive-pack");
            case API, ELSEWHERE -> !"GET".equals(method) && !"HEAD".equals(method) && !isQuestion();
        };
    }

    /** Whether it only asks GraphQL, though by a POST. */
    private boolean isQuestion() {
        return path.equals("/graphql") && body.text().startsWith("{\"query\":\"query ");
    }

    /** The path's segments, decoded one by one, so that an encoded slash stays inside its segment. */
    public List<String> segments() {
        return List.of(path.substring(1).split("/", -1)).stream()
                .map(Incoming::decodedSegment)
                .toList();
    }

    /** The query's parameters, decoded; the last of a name wins. */
    public Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = part.indexOf('=');
            parameters.put(
                    decoded(equals < 0 ? part : part.substring(0, equals)),
                    equals < 0 ? "" : decoded(part.substring(equals + 1)));
        }
        return parameters;
    }

    private static String decodedSegment(String text) {
        return decoded(text.replace("+", "%2B"));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return method + " " + path + (query.isEmpty() ? "" : "?" + query);
    }
}
