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

    /** The values for a template. */
    default Map<String, String> values() {
        return switch (this) {
            case Variable() -> Map.of("file", "whose path is in the environment variable `PAWL_RESULT`", "answer", "");
            case File(Path path) -> Map.of("file", "`" + path + "`", "answer", "");
            case Answer() -> Map.of("file", "", "answer", "yes");
        };
    }
}
