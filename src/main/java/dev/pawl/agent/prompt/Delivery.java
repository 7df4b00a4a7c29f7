package dev.pawl.agent.prompt;

import java.nio.file.Path;
import java.util.Map;

/** How an agent hands over its result. */
public sealed interface Delivery {
    /** As a file, whose path is in the environment. */
    record Variable() implements Delivery {}

    /**
     * As a file.
     *
     * @param path where
     */
    record File(Path path) implements Delivery {}

    /** As its final answer, in the form that the program asks the model for. */
    record Answer() implements Delivery {}

    /**
     * As the arguments of a tool of ours.
     *
     * @param name the tool's name
     */
    record Tool(String name) implements Delivery {}

    /** The values for a template. */
    default Map<String, String> values() {
        return switch (this) {
            case Variable() -> values("whose path is in the environment variable `PAWL_RESULT`", "", "");
            case File(Path path) -> values("`" + path + "`", "", "");
            case Answer() -> values("", "yes", "");
            case Tool(String name) -> values("", "", name);
        };
    }

    private static Map<String, String> values(String file, String answer, String tool) {
        return Map.of("file", file, "answer", answer, "tool", tool);
    }
}
