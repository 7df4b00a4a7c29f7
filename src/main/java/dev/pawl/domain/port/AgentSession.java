package dev.pawl.domain.port;

import java.util.Optional;

/**
 * An agent's conversation about one stage: how it began in this attempt, and which one goes on in the next.
 *
 * @param id the session to go on with; empty where there is none
 * @param beginning how it began
 */
public record AgentSession(Optional<String> id, Beginning beginning) {
    /** Nothing is known of one. */
    public static final AgentSession NONE = new AgentSession(Optional.empty(), Beginning.UNTOLD);

    /** One that only has a name. */
    public static AgentSession named(Optional<String> id) {
        return new AgentSession(id, Beginning.UNTOLD);
    }

    /** How a conversation began. */
    public enum Beginning {
        /** Nobody expected another one, or the agent keeps its sessions by itself. */
        UNTOLD,
        /** The last one went on. */
        RESUMED,
        /** Anew: one is kept, but the run asks for a fresh start. */
        FRESH,
        /** Anew: sessions aren't kept. */
        OFF,
        /** Anew: the last one isn't there. */
        GONE,
        /** Anew: another one than the run names is there. */
        OTHER,
        /** Anew: what is kept can't be read. */
        DAMAGED,
        /** Anew: people wrote something since. */
        CHANGED,
        /** Anew: the last one has grown too large. */
        LARGE,
        /** Anew: the program could not resume the last one. */
        REFUSED,
        /** Anew: resuming failed too often. */
        GIVEN_UP
    }
}
