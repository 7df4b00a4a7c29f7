package dev.pawl.domain.model;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that reported on a commit: a job of a workflow, another app's check run, a commit status.
 *
 * @param name its name; a commit status's context
 * @param result what it says
 * @param required whether the base's rules ask for it
 * @param url where people look at it; may be empty
 * @param job where it is a job of a workflow, which one
 */
public record Check(String name, Result result, boolean required, String url, Optional<Job> job) {
    /**
     * A job of a workflow run.
     *
     * @param run the run's id
     * @param job the job's id
     * @param workflow the workflow's name, as people see it
     * @param file the workflow's file below {@code .github/workflows}
     */
    public record Job(long run, OptionalLong job, String workflow, String file) {}

    /** What a check says: GitHub's status and conclusion in one (GraphQL, {@code CheckConclusionState}, {@code StatusState}). */
    public enum Result {
        /** It hasn't ended. */
        PENDING,
        SUCCESS,
        NEUTRAL,
        SKIPPED,
        FAILURE,
        TIMED_OUT,
        CANCELLED,
        STARTUP_FAILURE,
        /** It never ended, and GitHub gave it up. */
        STALE,
        /** It waits for a person. */
        ACTION_REQUIRED;

        /** Whether a required check with this result lets a merge through. */
        public boolean isGreen() {
            return switch (this) {
                case SUCCESS, NEUTRAL, SKIPPED -> true;
                case PENDING, FAILURE, TIMED_OUT, CANCELLED, STARTUP_FAILURE, STALE, ACTION_REQUIRED -> false;
            };
        }

        /** Whether it ended, and what it looked at isn't good, or couldn't be looked at. */
        public boolean isRed() {
            return switch (this) {
                case FAILURE, TIMED_OUT, CANCELLED, STARTUP_FAILURE, STALE -> true;
                case PENDING, SUCCESS, NEUTRAL, SKIPPED, ACTION_REQUIRED -> false;
            };
        }
    }
}
