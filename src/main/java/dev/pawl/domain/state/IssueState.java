package dev.pawl.domain.state;

import java.util.Locale;
import java.util.Optional;

/** Where an issue stands. Exactly one at a time, mirrored by the label {@code pawl:<state>}. */
public enum IssueState {
    NEW("Seen, nothing done"),
    TRIAGING("Being triaged"),
    NEEDS_CLARIFICATION("Waiting for answers to questions"),
    READY("Ready to plan"),
    PLANNING("A plan or a report is being written"),
    WAITING_ON_HUMAN("Waiting for a person's decision"),
    IN_PROGRESS("Being worked on"),
    WAITING_ON_REVIEW("The pull request is open"),
    BLOCKED("Stopped; a person must act"),
    COMPLETED("Done"),
    CLOSED_UNRESOLVED("Closed by a person without a result");

    private final String description;

    IssueState(String description) {
        this.description = description;
    }

    /** One phrase for people; the label's description. */
    public String description() {
        return description;
    }

    /** The word in labels, states and outputs. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads the word; empty when there is no such state. */
    public static Optional<IssueState> parse(String word) {
        for (IssueState state : values()) {
            if (state.word().equals(word)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /** Whether the run is over. */
    public boolean ended() {
        return this == COMPLETED || this == CLOSED_UNRESOLVED;
    }
}
