package dev.pawl.app.rehearsal;

import java.util.Locale;
import java.util.Optional;

/** The walks that can be rehearsed, each by a workflow of the default policy. */
public enum Scenario {
    BUG("fix"),
    FEATURE("feat"),
    RESEARCH("research"),
    CHORE("chore"),
    DOCS("docs"),
    /** An issue that says too little: it is asked about, and goes on as a bug. */
    VAGUE("");

    private final String prefix;

    Scenario(String prefix) {
        this.prefix = prefix;
    }

    /** The word on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The policy's name for the workflow that this walk ends in. */
    String workflow() {
        return this == VAGUE ? BUG.word() : word();
    }

    /** What the title begins with. */
    String titled(String title) {
        return prefix.isEmpty() ? title : prefix + ": " + title;
    }

    /** Reads the word; empty when there is no such walk. */
    public static Optional<Scenario> parse(String word) {
        for (Scenario scenario : values()) {
            if (scenario.word().equals(word)) {
                return Optional.of(scenario);
            }
        }
        return Optional.empty();
    }
}
