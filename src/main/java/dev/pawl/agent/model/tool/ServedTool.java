package dev.pawl.agent.model.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.mcp.McpTool;
import java.util.List;

/** A tool of a server. The server knows what its arguments must be, and says so. */
record ServedTool(McpTool tool) implements Tool {
    @Override
    public String name() {
        return tool.name();
    }

    @Override
    public Toolbox.Description description() {
        return new Toolbox.Description(tool.name(), tool.description(), tool.parameters());
    }

    @Override
    public List<String> complaints(JsonNode arguments) {
        return List.of();
    }

    @Override
    public Outcome use(JsonNode arguments) {
        return switch (tool.use((ObjectNode) arguments)) {
            case McpTool.Used.Said(String text, boolean failed) ->
                new Outcome((failed ? "error of " : "answer of ") + tool.name(), text, failed);
            case McpTool.Used.Failed(String why) -> Outcome.refused(why);
        };
    }
}
