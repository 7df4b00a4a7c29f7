package dev.pawl.app;

import dev.pawl.forge.github.http.Timeouts;
import dev.pawl.forge.github.http.Transport;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Clock, chance, sleep and patience with what answers slowly: the machine's own, or those of a test, where nothing waits.
 *
 * @param github for GitHub's API, and for what is measured
 * @param git how long the git server may stay silent
 */
public record Surroundings(Transport.World github, Duration git) {
    private static final Duration GIT_TIMEOUT = Duration.ofSeconds(60);

    /** The machine's own. */
    public static Surroundings ofMachine() {
        return new Surroundings(
                new Transport.World(InstantSource.system(), new SecureRandom(), Thread::sleep, Timeouts.DEFAULT),
                GIT_TIMEOUT);
    }
}
