package dev.pawl.domain.policy;

import java.util.Locale;
import java.util.Optional;

/** The kinds of stages. The set is closed; each kind that exists has one class in {@code dev.pawl.domain.stage}. */
public enum StageKind {
    TRIAGE,
    CLARIFY,
    PLAN,
    IMPLEMENT,
    VALIDATE,
    REVIEW,
    OPEN_PR,
    RESEARCH,
    SUMMARIZE,
    COMMENT_ISSUE,
    MERGE,
    ADDRESS_REVIEW,
    FIX_CI,
    UPDATE_BRANCH,
    SPECIFY(false),
    DECOMPOSE(false),
    LEARN(false);

    private final boolean available;

    StageKind() {
        this(true);
    }

    StageKind(boolean available) {
        this.available = available;
    }

    /** Whether this version runs it. A policy that names another kind is refused. */
    public boolean available() {
        return available;
    }

    /** The word in policies, states and prompts. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the word; empty when there is no such kind. */
    public static Optional<StageKind> parse(String word) {
        for (StageKind kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Whether an agent takes part; triage asks one only where its rules give no verdict. */
    public boolean usesAgent() {
        return this != VALIDATE && this != COMMENT_ISSUE && this != MERGE;
    }

    /** Whether it is done again and again while the pull request is open, as it is needed, and not in its turn. */
    public boolean revises() {
        return this == ADDRESS_REVIEW || this == FIX_CI || this == UPDATE_BRANCH;
    }

    /** Whether the agent's files become a commit. For every other kind they are thrown away. */
    public boolean changesFiles() {
        return switch (this) {
            case IMPLEMENT, ADDRESS_REVIEW, FIX_CI, UPDATE_BRANCH -> true;
            case TRIAGE,
                    CLARIFY,
                    PLAN,
                    VALIDATE,
                    REVIEW,
                    OPEN_PR,
                    RESEARCH,
                    SUMMARIZE,
                    COMMENT_ISSUE,
                    SPECIFY,
                    DECOMPOSE,
                    MERGE,
                    LEARN -> false;
        };
    }
}
