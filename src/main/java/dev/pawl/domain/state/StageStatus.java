package dev.pawl.domain.state;

import java.util.Locale;
import java.util.Optional;

/** Where one stage of a run stands. */
public enum StageStatus {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    SKIPPED,
    WAITING;

    /** The word in the state. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the word; empty when there is no such status. */
    public static Optional<StageStatus> parse(String word) {
        for (StageStatus status : values()) {
            if (status.word().equals(word)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    /** Whether the run goes past it. */
    public boolean passed() {
        return this == SUCCEEDED || this == SKIPPED;
    }
}
