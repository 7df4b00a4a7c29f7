package dev.pawl.agent.model.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.mcp.McpTool;
import dev.pawl.agent.process.ProcessRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The tools of one stage, by name. Whatever a model asks for, there is an answer that it can read. */
public final class Toolbox {
    private final Map<String, Tool> tools = new LinkedHashMap<>();

    private Toolbox(List<Tool> tools) {
        tools.forEach(tool -> this.tools.put(tool.name(), tool));
    }

    /** What reads. */
    public static Toolbox reading(Path workTree) {
        var tree = new Tree(workTree);
        return new Toolbox(List.of(new ReadFile(tree), new ListFiles(tree), new Search(tree)));
    }

    /**
     * What reads, writes and runs.
     *
     * @param workTree where
     * @param runner runs programs
     * @param environment all that they get
     * @param left what is left of the stage's time
     */
    public static Toolbox working(
            Path workTree, ProcessRunner runner, Map<String, String> environment, Supplier<Duration> left) {
        var tree = new Tree(workTree);
        return new Toolbox(List.of(
                new ReadFile(tree),
                new ListFiles(tree),
                new Search(tree),
                new EditFile(tree),
                new WriteFile(tree),
                new Run(tree, runner, environment, left)));
    }

    /** The same, and tools of servers; none of them has a name of ours. */
    public Toolbox with(List<McpTool> served) {
        return new Toolbox(
                Stream.concat(tools.values().stream(), served.stream().map(ServedTool::new))
                        .toList());
    }

    /**
     * A tool for a model's eyes.
     *
     * @param name its name
     * @param description what it does
     * @param parameters JSON Schema of its arguments
     */
    public record Description(String name, String description, ObjectNode parameters) {}

    /** What there is. */
    public List<Description> descriptions() {
        return tools.values().stream().map(Tool::description).toList();
    }

    /**
     * Uses a tool.
     *
     * @param name what the model calls it
     * @param arguments what the model gives; a missing node where it gives none that can be read
     */
    public Outcome use(String name, JsonNode arguments) {
        Tool tool = tools.get(name);
        if (tool == null) {
            return Outcome.refused("there is no such tool here; there are " + String.join(", ", tools.keySet())
                    + " and submit_result");
        }
        if (!arguments.isObject()) {
            return Outcome.refused("the arguments are no JSON object");
        }
        List<String> complaints = tool.complaints(arguments);
        return complaints.isEmpty() ? tool.use(arguments) : Outcome.refused(String.join("\n", complaints));
    }
}
