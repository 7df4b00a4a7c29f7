package dev.pawl.agent.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** A way to a server. One thread asks, one question at a time. */
interface Link extends AutoCloseable {
    /**
     * Asks, and waits for the answer.
     *
     * @param request with an id of its own
     * @param time how long
     */
    Reply ask(ObjectNode request, Duration time);

    /**
     * Says something that has no answer.
     *
     * @param notification without an id
     * @param time how long it may take to get there
     * @return what went wrong, as far as that can be told; a result otherwise
     */
    Reply tell(ObjectNode notification, Duration time);

    /**
     * Both agreed on a revision of the protocol.
     *
     * @param version its date
     */
    default void agreed(String version) {}

    /** Begins anew, as if nothing had been said. */
    default void renewed() {}

    @Override
    void close();
}
