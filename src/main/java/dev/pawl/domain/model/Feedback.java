package dev.pawl.domain.model;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Something to take into account.
 *
 * @param id a name to answer to
 * @param kind where it comes from
 * @param text what it says
 * @param file the file it speaks of
 * @param line the line in it
 */
public record Feedback(String id, Kind kind, Untrusted text, Optional<String> file, OptionalInt line) {
    /** Where feedback comes from. */
    public enum Kind {
        VALIDATION,
        REVIEW,
        CI,
        CONFLICT,
        ANSWER,
        REVISE,
        REJECTED
    }
}
