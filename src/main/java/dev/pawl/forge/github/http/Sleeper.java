package dev.pawl.forge.github.http;

import java.time.Duration;

/** Waits. A parameter, so that tests wait for nothing. */
@FunctionalInterface
public interface Sleeper {
    /**
     * Waits that long.
     *
     * @param time how long
     * @throws InterruptedException when somebody wants us to end
     */
    void sleep(Duration time) throws InterruptedException;
}
