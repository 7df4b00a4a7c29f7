package dev.pawl.agent.model;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The end of a stage's time.
 *
 * @param clock tells the time
 * @param end when it is over
 * @param answer how long one answer may take
 */
record Deadline(InstantSource clock, Instant end, Duration answer) {
    /** What is left; never negative. */
    Duration left() {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether it is over. Less than a millisecond is nothing: no wait is that short. */
    boolean over() {
        return left().toMillis() == 0;
    }

    /** How long the next answer may take. */
    Duration forAnswer() {
        return left().compareTo(answer) < 0 ? left() : answer;
    }
}
