package dev.pawl.scenario;

import dev.pawl.app.Surroundings;
import dev.pawl.forge.github.http.Timeouts;
import dev.pawl.forge.github.http.Transport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A story's time: the machine's, and what was waited for or let pass on top of it. Who waits in it doesn't. */
final class Hours implements InstantSource {
    /** Git counts in whole seconds. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final List<Duration> waits = new ArrayList<>();
    private Duration passed = Duration.ZERO;

    @Override
    public synchronized Instant instant() {
        return InstantSource.system().instant().plus(passed);
    }

    /** Lets time pass. */
    synchronized void pass(Duration time) {
        passed = passed.plus(time);
    }

    private synchronized void wait(Duration time) {
        waits.add(time);
        pass(time);
    }

    /** What was waited for, one after the other. */
    synchronized List<Duration> waits() {
        return List.copyOf(waits);
    }

    /** What was waited for, together. */
    synchronized Duration waited() {
        return waits.stream().reduce(Duration.ZERO, Duration::plus);
    }

    /** Surroundings with that time. */
    Surroundings surroundings(Timeouts timeouts) {
        Duration git = timeouts.answer().compareTo(SHORTEST) < 0 ? SHORTEST : timeouts.answer();
        return new Surroundings(new Transport.World(this, new Random(1), this::wait, timeouts), git);
    }
}
