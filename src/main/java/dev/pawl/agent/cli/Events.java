package dev.pawl.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** Reads one run's events as they come. Unknown events and fields are passed over: the programs change often. */
interface Events {
    /** The next event. */
    void event(JsonNode event);

    /** How many tools were called so far. */
    int toolCalls();

    /** Whether it waits for something that won't come soon, so that it may as well end. */
    default boolean inVain() {
        return false;
    }

    /**
     * What they said, now that the program is gone.
     *
     * @param code its exit code: never what the end is judged by, but a number that says more of an error
     * @param exchange the job's folder
     */
    Transcript transcript(int code, Path exchange);
}
