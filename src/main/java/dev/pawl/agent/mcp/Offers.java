package dev.pawl.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.domain.policy.McpServer;
import dev.pawl.domain.policy.StageKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tools that an agent gets in a stage, from all its servers: those that the policy lets through, under names of ours. */
final class Offers {
    private static final Logger LOG = LoggerFactory.getLogger(Offers.class);

    /** Some providers take no more than 128 tools, and Pawl's own are among them. */
    private static final int MOST_TOOLS = 100;

    /** What all descriptions and schemas may have together: each question to the model holds them. */
    private static final int MOST_CHARACTERS = 100_000;

    private static final int LONGEST_NAME = 128;

    private final StageKind stage;
    private final Map<String, McpTool> tools = new LinkedHashMap<>();

    Offers(StageKind stage) {
        this.stage = stage;
    }

    /** All so far, in the order of the policy and the servers. */
    List<McpTool> tools() {
        return List.copyOf(tools.values());
    }

    /**
     * Adds a server's.
     *
     * @param server what the policy says of it
     * @param client the server
     * @param listed what it says that it has
     * @return what is wrong with it, to be said after its name
     */
    Optional<String> add(McpServer server, McpClient client, List<JsonNode> listed) {
        int before = tools.size();
        warn(server, listed.stream().map(Offers::name).toList());
        for (JsonNode one : listed) {
            String name = name(one);
            if (name.isEmpty() || name.length() > LONGEST_NAME || !server.offers(name, stage)) {
                continue;
            }
            var tool = new McpTool(server.name(), client, one);
            if (tools.putIfAbsent(tool.name(), tool) != null) {
                return Optional.of("lists two tools that come to the same name, " + tool.name() + instead());
            }
        }
        LOG.info("event=mcp-ready server={} tools={}", server.name(), tools.size() - before);
        return tooMuch() ? Optional.of("has more tools than a model can be given" + instead()) : Optional.empty();
    }

    private void warn(McpServer server, List<String> names) {
        List<String> wanted = stage.changesFiles() ? server.tools().orElse(List.of()) : server.readOnly();
        wanted.stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> LOG.warn("event=mcp-lacks server={} tool={}", server.name(), name));
    }

    private boolean tooMuch() {
        long characters = tools.values().stream()
                .mapToLong(t ->
                        t.description().length() + t.parameters().toString().length())
                .sum();
        return tools.size() > MOST_TOOLS || characters > MOST_CHARACTERS;
    }

    private String instead() {
        return ": list only those that are needed, in " + (stage.changesFiles() ? "tools" : "read_only")
                + " of the policy";
    }

    private static String name(JsonNode tool) {
        return tool.path("name").asText();
    }
}
