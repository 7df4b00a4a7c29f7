package dev.pawl.domain.port;

import java.time.Duration;

/** What one invocation may still wait for its forge, by API and by git together: what one uses up the other can't. */
@FunctionalInterface
public interface Backoff {
    /** Waits never. */
    Backoff NONE = (_, _) -> false;

    /**
     * Waits before something that failed is sent again: longer each time, and by chance.
     *
     * @param repetition which one, from 0
     * @param failed how long it took to fail
     * @return false where the invocation may not wait so long any more; then it didn't wait
     */
    boolean before(int repetition, Duration failed);
}
