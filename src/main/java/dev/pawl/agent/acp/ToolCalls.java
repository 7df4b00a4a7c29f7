package dev.pawl.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tools that an agent called, each counted once however often it is spoken of: some agents announce a call, some only ask
 * whether they may, some only tell what came of it.
 */
final class ToolCalls {
    /** The kinds that the protocol has. */
    static final Set<String> KINDS =
            Set.of("read", "edit", "delete", "move", "search", "execute", "think", "fetch", "switch_mode", "other");

    private static final int LONGEST_ID = 500;
    private static final int MOST_PATHS = 100;

    /** Where tools' own arguments name a path. */
    private static final List<String> PATHS =
            List.of("path", "file_path", "filePath", "filepath", "fileName", "absolute_path", "parentDir", "cwd");

    private final Map<String, Call> calls = new HashMap<>();

    /**
     * What is known of a call.
     *
     * @param kind its kind, as the protocol has them
     * @param paths the paths that it is about, as the agent says them
     */
    record Call(String kind, Set<String> paths) {
        Call {
            paths = Set.copyOf(paths);
        }

        private static final Call UNKNOWN = new Call("other", Set.of());
    }

    /** Notes a call, or what else is said of it. */
    Call note(JsonNode said) {
        String key = key(said.path("toolCallId").asText());
        Call before = calls.getOrDefault(key, Call.UNKNOWN);
        String kind = said.path("kind").isTextual() ? said.path("kind").asText() : before.kind();
        var paths = new LinkedHashSet<>(before.paths());
        said.path("locations").forEach(location -> add(paths, location.path("path")));
        said.path("content").forEach(part -> add(paths, part.path("path")));
        PATHS.forEach(name -> add(paths, said.path("rawInput").path(name)));
        var call = new Call(kind, paths);
        calls.put(key, call);
        return call;
    }

    /** A call without an id is one of its own; of a long one its beginning and its hash will do. */
    private String key(String id) {
        if (id.isEmpty()) {
            return " " + calls.size();
        }
        return id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID) + " " + id.hashCode();
    }

    private static void add(Set<String> paths, JsonNode path) {
        if (path.isTextual()) {
            // Nobody looks at more than that: a path that is outside of every work tree stands for the rest.
            paths.add(paths.size() < MOST_PATHS ? path.asText() : "/");
        }
    }

    int count() {
        return calls.size();
    }
}
