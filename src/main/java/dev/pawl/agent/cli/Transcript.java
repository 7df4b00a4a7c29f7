package dev.pawl.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.domain.port.Usage;
import java.util.Optional;

/**
 * What a program's events say of its run. Nothing of this is believed: it only says what to look at next.
 *
 * @param ending how the run ended
 * @param session its session
 * @param usage what it used
 * @param answered whether the model answered at all
 */
record Transcript(Ending ending, Optional<String> session, Usage usage, boolean answered) {
    /** How a run ended. */
    sealed interface Ending {
        /** No final event was seen. */
        record Open() implements Ending {}

        /**
         * The program says that it is done.
         *
         * @param answer what it gave as its structured answer
         */
        record Complete(Optional<JsonNode> answer) implements Ending {}

        /**
         * The program says that it failed, or goes on in vain.
         *
         * @param trouble why
         */
        record Broken(Trouble trouble) implements Ending {}
    }
}
