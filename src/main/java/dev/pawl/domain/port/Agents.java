package dev.pawl.domain.port;

import java.nio.file.Path;

/** Runs agents. */
public interface Agents {
    /**
     * Asks an agent, waits until it is done or its time is over, and ends every process that it left behind.
     *
     * @param request what to ask
     * @param workTree the folder that it works in
     * @return how it ended; a bad result is a value, never an exception
     */
    AgentOutcome run(AgentRequest request, Path workTree);
}
