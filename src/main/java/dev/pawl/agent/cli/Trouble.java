package dev.pawl.agent.cli;

import dev.pawl.domain.state.FailureKind;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a program failed, from the fields of its events, in our words.
 *
 * @param kind the kind
 * @param reason for people
 * @param retryAfter when the provider said to come back
 */
record Trouble(FailureKind kind, String reason, Optional<Duration> retryAfter) {
    /** The provider answered with this HTTP status (RFC 9110; 529 is what Anthropic says when it is overloaded). */
    static Trouble http(int status) {
        FailureKind kind = kind(status);
        String reason =
                switch (kind) {
                    case ACCESS -> "The model's provider refused access";
                    case PROVIDER_LIMIT -> "The model's provider limits us";
                    case PROVIDER_OUTAGE -> "The model's provider is out";
                    default -> "The model's provider refused the request";
                };
        return new Trouble(kind, reason + " (" + status + ").", Optional.empty());
    }

    private static FailureKind kind(int status) {
        return switch (status) {
            case 401, 402, 403, 404 -> FailureKind.ACCESS;
            case 429 -> FailureKind.PROVIDER_LIMIT;
            case 408 -> FailureKind.PROVIDER_OUTAGE;
            default -> status >= 500 ? FailureKind.PROVIDER_OUTAGE : FailureKind.AGENT_RESULT;
        };
    }

    static Trouble turns() {
        return of(FailureKind.TURN_LIMIT, "The agent used up its turns.");
    }

    static Trouble budget() {
        return of(FailureKind.TURN_LIMIT, "The agent used up the money for this run.");
    }

    static Trouble unreachable() {
        return of(FailureKind.PROVIDER_OUTAGE, "The model's provider couldn't be reached.");
    }

    /** Of this kind, for this reason. */
    static Trouble of(FailureKind kind, String reason) {
        return new Trouble(kind, reason, Optional.empty());
    }

    static Trouble unknown() {
        return of(FailureKind.AGENT_CRASH, "The agent ended with an error of its own.");
    }

    Trouble after(Duration wait) {
        return new Trouble(kind, reason, Optional.of(wait));
    }
}
