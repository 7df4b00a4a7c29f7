package dev.pawl.domain.port;

import dev.pawl.domain.state.FailureKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How an agent's run ended. */
public sealed interface AgentOutcome {
    /** What it used, as far as it said. */
    Usage usage();

    /** Its conversation, as far as it is known. */
    AgentSession session();

    /** The same, of that conversation. */
    AgentOutcome in(AgentSession session);

    /** The same, having used that. */
    AgentOutcome using(Usage usage);

    /**
     * It gave a well-formed result.
     *
     * @param result the result
     * @param usage what it used
     */
    record Finished(AgentResult result, Usage usage) implements AgentOutcome {
        @Override
        public AgentSession session() {
            return result.session();
        }

        @Override
        public AgentOutcome in(AgentSession session) {
            return new Finished(result.in(session), usage);
        }

        @Override
        public AgentOutcome using(Usage other) {
            return new Finished(result, other);
        }
    }

    /**
     * It gave none, or a bad one.
     *
     * @param kind why
     * @param reason for people, in our words; holds nothing of the agent's
     * @param details such as the schema's complaints, in our words
     * @param retryAt when the provider said to come back
     * @param usage what it used
     * @param session its conversation
     */
    record Failed(
            FailureKind kind,
            String reason,
            List<String> details,
            Optional<Instant> retryAt,
            Usage usage,
            AgentSession session)
            implements AgentOutcome {
        public Failed {
            details = List.copyOf(details);
        }

        /** One of whose conversation nothing is known. */
        public Failed(FailureKind kind, String reason, List<String> details, Optional<Instant> retryAt, Usage usage) {
            this(kind, reason, details, retryAt, usage, AgentSession.NONE);
        }

        @Override
        public AgentOutcome in(AgentSession other) {
            return new Failed(kind, reason, details, retryAt, usage, other);
        }

        @Override
        public AgentOutcome using(Usage other) {
            return new Failed(kind, reason, details, retryAt, other, session);
        }
    }
}
