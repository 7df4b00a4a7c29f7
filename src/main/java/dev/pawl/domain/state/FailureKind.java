package dev.pawl.domain.state;

import java.util.Locale;
import java.util.Optional;

/** Why something failed. Taken from structured fields, never from prose. */
public enum FailureKind {
    /** Bad output, an empty change, refused paths. */
    AGENT_RESULT(Cost.ATTEMPT),
    /** The agent's process ended without a result. */
    AGENT_CRASH(Cost.ATTEMPT),
    /** The agent was stopped at its time limit. */
    AGENT_TIMEOUT(Cost.ATTEMPT),
    /** The agent used up its turns. */
    TURN_LIMIT(Cost.ATTEMPT),
    /** The agent was refused a tool that it needs. */
    TOOL_DENIED(Cost.ATTEMPT),
    /** The repository's commands failed. */
    VALIDATION(Cost.OWN_COUNTER),
    /** A review found something blocking. */
    REVIEW_FINDINGS(Cost.OWN_COUNTER),
    /** The pull request's checks failed. */
    CI(Cost.OWN_COUNTER),
    /** The base moved against the work. */
    CONFLICT(Cost.OWN_COUNTER),
    /** The model's provider limits us. */
    PROVIDER_LIMIT(Cost.NOTHING),
    /** The model's provider is out. */
    PROVIDER_OUTAGE(Cost.NOTHING),
    /** The forge limits us. */
    FORGE_LIMIT(Cost.NOTHING),
    /** The forge is out. */
    FORGE_OUTAGE(Cost.NOTHING),
    /** A permission or a setting is missing. */
    ACCESS(Cost.NOTHING),
    /** The policy refuses it. */
    POLICY(Cost.NOTHING),
    /** People must say more. */
    REQUIREMENTS(Cost.NOTHING),
    /** Our own defect. */
    BUG(Cost.NOTHING);

    /** What a failure costs. */
    public enum Cost {
        /** One of the stage's attempts. */
        ATTEMPT,
        /** One of its own kind, counted on the stage that made the work. */
        OWN_COUNTER,
        /** Nothing. */
        NOTHING
    }

    private final Cost cost;

    FailureKind(Cost cost) {
        this.cost = cost;
    }

    /** What it costs. */
    public Cost cost() {
        return cost;
    }

    /** The word in states and results. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads the word; empty when there is no such kind. */
    public static Optional<FailureKind> parse(String word) {
        for (FailureKind kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
