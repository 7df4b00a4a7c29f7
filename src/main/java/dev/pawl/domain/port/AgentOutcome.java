package dev.pawl.domain.port;

import dev.pawl.domain.state.FailureKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How an agent's run ended. */
public sealed interface AgentOutcome {
    /** What it used, as far as it said. */
    Usage usage();

    /**
     * It gave a well-formed result.
     *
     * @param result the result
     * @param usage what it used
     */
    record Finished(AgentResult result, Usage usage) implements AgentOutcome {}

    /**
     * It gave none, or a bad one.
     *
     * @param kind why
     * @param reason for people, in our words; holds nothing of the agent's
     * @param details such as the schema's complaints, in our words
     * @param retryAt when the provider said to come back
     * @param usage what it used
     */
    record Failed(FailureKind kind, String reason, List<String> details, Optional<Instant> retryAt, Usage usage)
            implements AgentOutcome {
        public Failed {
            details = List.copyOf(details);
        }
    }
}
