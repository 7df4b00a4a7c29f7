package dev.pawl.forge.github.http;

import java.time.Duration;

/**
 * How long one request may take.
 *
 * @param connect until there is a connection
 * @param answer from sending to the answer's last byte
 */
public record Timeouts(Duration connect, Duration answer) {
    /** What holds unless somebody says otherwise. GitHub itself gives up after ten seconds. */
    public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30));
}
