package dev.pawl.agent.model;

import dev.pawl.agent.model.wire.Answer;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.state.FailureKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The ways in which a session fails, in our words: nothing of the model's or the provider's is in them.
 *
 * @param request what was asked
 * @param account what was used
 */
record Endings(AgentRequest request, Account account) {
    /** A failure that needs no more words. */
    AgentOutcome of(FailureKind kind, String reason) {
        return of(kind, reason, Optional.empty());
    }

    AgentOutcome timeout() {
        return of(
                FailureKind.AGENT_TIMEOUT,
                "The agent was stopped at its time limit of "
                        + request.limits().time().toSeconds() + " seconds.");
    }

    AgentOutcome badResult(String reason, List<String> details) {
        return new AgentOutcome.Failed(FailureKind.AGENT_RESULT, reason, details, Optional.empty(), account.usage());
    }

    /** The model gave up. Of limits, outages and keys we know more than it does. */
    AgentOutcome gaveUp(FailureKind said) {
        return said == FailureKind.TOOL_DENIED
                ? of(FailureKind.TOOL_DENIED, "The agent says that it lacks a tool.")
                : of(FailureKind.AGENT_RESULT, "The agent says that it can't be done.");
    }

    /** The model gave no answer; where the time is over by now, that is why. */
    AgentOutcome unanswered(Answer.Failed failed, boolean timeIsOver) {
        if (timeIsOver) {
            return timeout();
        }
        String status = failed.status() == 0 ? "" : " (HTTP " + failed.status() + ")";
        return switch (failed.why()) {
            case ACCESS ->
                of(FailureKind.ACCESS, "The model's provider refuses the key, the account or the model" + status + ".");
            case LIMIT ->
                of(FailureKind.PROVIDER_LIMIT, "The model's provider limits us" + status + ".", failed.retryAt());
            case OUTAGE ->
                of(FailureKind.PROVIDER_OUTAGE, "The model's provider doesn't answer" + status + ".", failed.retryAt());
            case REQUEST ->
                // What it took once it would take again, were the conversation not too long by now.
                account.calls() == 0
                        ? of(
                                FailureKind.ACCESS,
                                "The model's provider doesn't take the request" + status + ": the model's name or the"
                                        + " address may be wrong, or the prompt too long for the model.")
                        : of(
                                FailureKind.AGENT_RESULT,
                                "The model's provider doesn't take the conversation any longer" + status + ".");
        };
    }

    private AgentOutcome of(FailureKind kind, String reason, Optional<Instant> retryAt) {
        return new AgentOutcome.Failed(kind, reason, List.of(), retryAt, account.usage());
    }
}
