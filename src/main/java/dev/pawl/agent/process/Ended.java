package dev.pawl.agent.process;

import dev.pawl.domain.model.Untrusted;
import java.time.Duration;
import java.util.OptionalInt;

/** How a process ended. */
public sealed interface Ended {
    /**
     * It never began: there is no such program, or it can't be run.
     *
     * @param program the word that names it
     */
    record NotFound(String program) implements Ended {}

    /**
     * It ran, and nothing of it is left.
     *
     * @param cause who ended it
     * @param code its exit code; 128 and the signal's number where a signal ended it
     * @param took how long it took
     * @param log what it printed and nobody listened to, in the middle cut, without control characters
     */
    record Ran(Cause cause, int code, Duration took, Untrusted log) implements Ended {
        private static final int LAST_SIGNAL = 64;

        /** The signal that ended it, as far as the exit code can tell. */
        public OptionalInt signal() {
            return code > 128 && code <= 128 + LAST_SIGNAL ? OptionalInt.of(code - 128) : OptionalInt.empty();
        }
    }

    /** Who ended it. */
    enum Cause {
        /** It ended by itself. */
        ITSELF,
        /** Its time was over. */
        TIME_LIMIT,
        /** Its listener had heard enough. */
        ENOUGH,
        /** We are being ended, and it with us. */
        SHUTDOWN
    }
}
