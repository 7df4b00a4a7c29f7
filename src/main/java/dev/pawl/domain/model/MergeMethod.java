package dev.pawl.domain.model;

import java.util.Locale;
import java.util.Optional;

/** A way of merging, in GitHub's words. */
public enum MergeMethod {
    MERGE,
    SQUASH,
    REBASE;

    /** Reads the lower-case name; empty when there is no such way. */
    public static Optional<MergeMethod> parse(String name) {
        for (MergeMethod method : values()) {
            if (method.word().equals(name)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    /** The lower-case name. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
