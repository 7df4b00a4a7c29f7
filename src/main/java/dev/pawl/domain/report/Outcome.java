package dev.pawl.domain.report;

import java.util.Locale;

/** How an invocation ended: the output {@code outcome}, and the process's exit code. */
public enum Outcome {
    /** The issue moved one stage further. */
    ADVANCED(0),
    /** The issue waits for people or time. */
    WAITING(0),
    /** There was nothing to do. */
    NOTHING(0),
    /** Somebody asked who may not. */
    DENIED(0),
    /** The stage failed; that is recorded on the issue. */
    FAILED(0),
    /** The run stopped until a person acts; that is recorded on the issue. */
    BLOCKED(0),
    /** Another invocation works on the issue. */
    BUSY(0),
    /** The forge could not be reached in time; nothing is lost. */
    RETRY_LATER(75),
    /** The command line makes no sense. */
    USAGE(64, "error"),
    /** A defect of ours. */
    BUG(70, "error"),
    /** The token lacks a permission, and that could not be recorded on the issue. */
    ACCESS(77, "error"),
    /** The policy or the configuration is invalid. */
    CONFIGURATION(78, "error");

    private final int exitCode;
    private final String word;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
        this.word = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Outcome(int exitCode, String word) {
        this.exitCode = exitCode;
        this.word = word;
    }

    /** The process's exit code. */
    public int exitCode() {
        return exitCode;
    }

    /** The word in outputs. */
    public String word() {
        return word;
    }
}
