package dev.pawl.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.process.RealPath;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Answers an agent that asks whether it may use a tool, by the stage: one that changes files may do anything inside the
 * work tree, any other one only reads, and writes its result. Nobody may leave the work tree, or how they ask.
 */
final class Permissions {
    private static final Set<String> READING = Set.of("read", "search", "think", "fetch");
    private static final Set<String> WORKING =
            Set.of("read", "search", "think", "fetch", "edit", "delete", "move", "execute", "other");

    /** An agent may call the writing of a file by either name. */
    private static final Set<String> WRITING = Set.of("edit", "other");

    private final Path tree;
    private final Path result;
    private final boolean changesFiles;

    Permissions(Path tree, Path result, boolean changesFiles) {
        this.tree = tree;
        this.result = result;
        this.changesFiles = changesFiles;
    }

    /** Whether the agent may. */
    boolean allows(ToolCalls.Call call) {
        if (!call.paths().stream().allMatch(this::inside)) {
            return false;
        }
        if (changesFiles) {
            return WORKING.contains(call.kind());
        }
        return READING.contains(call.kind()) || (WRITING.contains(call.kind()) && onlyTheResult(call));
    }

    private boolean inside(String path) {
        try {
            return RealPath.of(tree.resolve(path).normalize()).startsWith(tree);
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    /** Without following a link: in its place there must be none. */
    private boolean onlyTheResult(ToolCalls.Call call) {
        return !call.paths().isEmpty()
                && call.paths().stream()
                        .allMatch(path -> tree.resolve(path).normalize().equals(result));
    }

    /**
     * The answer, in the words that the agent offers. Nothing is allowed for longer than once: the next call may be another
     * one.
     *
     * @param options what the agent offers
     */
    static ObjectNode answer(boolean allowed, JsonNode options) {
        var outcome = Message.Json.object();
        JsonNode option = option(options, allowed ? "allow_once" : "reject_once");
        if (option.isMissingNode() && !allowed) {
            option = option(options, "reject_always");
        }
        if (option.isMissingNode()) {
            outcome.putObject("outcome").put("outcome", "cancelled");
        } else {
            outcome.putObject("outcome")
                    .put("outcome", "selected")
                    .put("optionId", option.path("optionId").asText());
        }
        return outcome;
    }

    private static JsonNode option(JsonNode options, String kind) {
        for (JsonNode option : options) {
            if (option.path("kind").asText().equals(kind)) {
                return option;
            }
        }
        return MissingNode.getInstance();
    }
}
