package dev.pawl.domain.decide;

import java.time.Instant;

/**
 * A state that was lost.
 *
 * @param kind how
 * @param epoch the epoch in which the last state was saved: one loss after it is the same whenever it is found
 * @param saved when that was
 */
public record Loss(Kind kind, long epoch, Instant saved) {
    /** How a state is lost. */
    public enum Kind {
        /** Its comment is gone. */
        GONE,
        /** Its comment was put back to an older one. */
        OLDER,
        /** Its comment can't be believed, and a person who may has it written again. */
        BROKEN
    }
}
