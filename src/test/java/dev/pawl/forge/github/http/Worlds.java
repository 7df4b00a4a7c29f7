package dev.pawl.forge.github.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Clock, chance and sleep for tests: nothing waits, and every wait is remembered. */
public final class Worlds {
    /** What our own clock shows. */
    public static final Instant OURS = Instant.parse("2026-11-21T09:59:57Z");

    private final List<Duration> waits = new ArrayList<>();

    public Transport.World world() {
        return world(Timeouts.DEFAULT);
    }

    public Transport.World world(Timeouts timeouts) {
        return new Transport.World(InstantSource.fixed(OURS), new Random(1), waits::add, timeouts);
    }

    /** The waits so far. */
    public List<Duration> waits() {
        return List.copyOf(waits);
    }
}
