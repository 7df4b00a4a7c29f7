package dev.pawl.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One server: greets it, has its tools listed, calls them. A server that forgot the session is greeted once more for each
 * question.
 */
final class McpClient implements AutoCloseable {
    /** The revision that we ask for. */
    static final String VERSION = "2025-06-18";

    /** The revisions whose tools are listed and called in the same way. */
    private static final Set<String> VERSIONS = Set.of(VERSION, "2025-03-26", "2024-11-05");

    private static final int MOST_PAGES = 20;
    private static final int MOST_LISTED = 1000;
    private static final int LONGEST_CURSOR = 10_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Link link;
    private final Supplier<Duration> patience;
    private long last;

    /**
     * @param link the way to it
     * @param patience how long the next answer may take
     */
    McpClient(Link link, Supplier<Duration> patience) {
        this.link = link;
        this.patience = patience;
    }

    /** What came of listing. */
    sealed interface Listing {
        /** Its tools, as it describes them. */
        record Listed(List<JsonNode> tools) implements Listing {}

        /** It couldn't be done. */
        record Failed(Reply reply) implements Listing {}
    }

    /** Greets the server and has its tools listed. */
    Listing begin() {
        Reply greeted = greet();
        return greeted instanceof Reply.Result ? list() : new Listing.Failed(greeted);
    }

    private Reply greet() {
        ObjectNode params = JSON.objectNode().put("protocolVersion", VERSION);
        params.putObject("capabilities");
        params.putObject("clientInfo").put("name", "pawl").put("version", "1");
        Reply reply = link.ask(request("initialize", params), patience.get());
        if (!(reply instanceof Reply.Result(JsonNode result))) {
            return reply;
        }
        String version = result.path("protocolVersion").asText();
        if (!VERSIONS.contains(version)) {
            return new Reply.Failed(Reply.Why.GARBAGE);
        }
        link.agreed(version);
        return link.tell(Messages.notification("notifications/initialized"), patience.get());
    }

    private Listing list() {
        var tools = new ArrayList<JsonNode>();
        var cursors = new HashSet<String>();
        Optional<String> cursor = Optional.empty();
        do {
            ObjectNode params = JSON.objectNode();
            cursor.ifPresent(c -> params.put("cursor", c));
            Reply reply = ask("tools/list", params);
            if (!(reply instanceof Reply.Result(JsonNode page))) {
                return new Listing.Failed(reply);
            }
            if (!page.path("tools").isArray()) {
                return new Listing.Failed(new Reply.Failed(Reply.Why.GARBAGE));
            }
            page.get("tools").forEach(tools::add);
            cursor = Optional.of(page.path("nextCursor").asText()).filter(c -> !c.isEmpty());
            boolean endless = cursor.filter(c -> c.length() > LONGEST_CURSOR || !cursors.add(c))
                    .isPresent();
            if (endless || cursors.size() > MOST_PAGES || tools.size() > MOST_LISTED) {
                return new Listing.Failed(new Reply.Failed(Reply.Why.GARBAGE));
            }
        } while (cursor.isPresent());
        return new Listing.Listed(tools);
    }

    /** Calls a tool by the name that the server gave it. */
    Reply call(String tool, ObjectNode arguments) {
        ObjectNode params = JSON.objectNode().put("name", tool);
        params.set("arguments", arguments);
        return ask("tools/call", params);
    }

    private Reply ask(String method, ObjectNode params) {
        Reply reply = link.ask(request(method, params), patience.get());
        if (!(reply instanceof Reply.Failed(Reply.Why why, int _)) || why != Reply.Why.SESSION) {
            return reply;
        }
        link.renewed();
        Reply greeted = greet();
        return greeted instanceof Reply.Result ? link.ask(request(method, params), patience.get()) : greeted;
    }

    private ObjectNode request(String method, ObjectNode params) {
        return Messages.request(++last, method, params);
    }

    @Override
    public void close() {
        link.close();
    }
}
