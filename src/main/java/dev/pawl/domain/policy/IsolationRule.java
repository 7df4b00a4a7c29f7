package dev.pawl.domain.policy;

import java.util.Optional;

/** Whether agents may run where they can't be kept apart from us. From the weakest to the strictest. */
public enum IsolationRule {
    /** They are kept apart as well as the machine can. */
    BEST_EFFORT("best-effort"),
    /** They don't run otherwise. */
    REQUIRED("required");

    private final String word;

    IsolationRule(String word) {
        this.word = word;
    }

    /** The word in policies. */
    public String word() {
        return word;
    }

    /** Reads the word; empty where it is none. */
    public static Optional<IsolationRule> parse(String word) {
        for (IsolationRule rule : values()) {
            if (rule.word.equals(word)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /** The stricter of two. */
    public IsolationRule stricter(IsolationRule other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
