package dev.pawl.sandbox.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One endpoint. A pattern's {@code {name}} takes one segment, {@code {name...}} at least one and as many as fit, as refs
 * and paths have slashes of their own.
 */
public record Route(String method, List<String> pattern, Endpoint endpoint) {
    /** What answers. */
    @FunctionalInterface
    public interface Endpoint {
        /** Answers a call, or throws a {@link Refusal}. */
        Answer answer(Call call);
    }

    /** A route below {@code /repos/{owner}/{repo}}. */
    public static Route of(String method, String path, Endpoint endpoint) {
        return at(method, "/repos/{owner}/{repo}" + path, endpoint);
    }

    /** A route anywhere. */
    public static Route at(String method, String path, Endpoint endpoint) {
        return new Route(method, List.of(path.substring(1).split("/", -1)), endpoint);
    }

    /** What the pattern's names stand for, if the path fits. */
    Optional<Map<String, String>> fits(List<String> path) {
        int spare = path.size() - pattern.size();
        var names = new LinkedHashMap<String, String>();
        int at = 0;
        for (String part : pattern) {
            int take = part.endsWith("...}") ? 1 + spare : 1;
            if (take < 1 || at + take > path.size()) {
                return Optional.empty();
            }
            String text = String.join("/", path.subList(at, at + take));
            if (part.startsWith("{")) {
                names.put(part.substring(1, part.length() - 1).replace("...", ""), text);
            } else if (!part.equals(text)) {
                return Optional.empty();
            }
            at += take;
        }
        return at == path.size() ? Optional.of(names) : Optional.empty();
    }
}
