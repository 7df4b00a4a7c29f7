package dev.pawl.domain.model;

import java.util.Locale;
import java.util.Optional;

/** Triage's verdict on an issue. */
public enum Readiness {
    READY,
    NEEDS_CLARIFICATION,
    BLOCKED,
    DUPLICATE,
    OUT_OF_SCOPE,
    IN_PROGRESS,
    WAITING_ON_DEPENDENCY;

    /** The word in results. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads the word; empty when there is no such verdict. */
    public static Optional<Readiness> parse(String word) {
        for (Readiness readiness : values()) {
            if (readiness.word().equals(word)) {
                return Optional.of(readiness);
            }
        }
        return Optional.empty();
    }
}
