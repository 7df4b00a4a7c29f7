package dev.pawl.git;

import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** Ends an exchange that goes on for too long though the server is never silent for long. */
final class Deadline extends EmptyProgressMonitor {
    /** An exchange may take this many times the silence that is allowed. */
    private static final int PATIENCE = 20;

    private final InstantSource clock;
    private final Instant end;

    Deadline(GitSettings settings) {
        this.clock = settings.clock();
        this.end = clock.instant().plus(settings.timeout().multipliedBy(PATIENCE));
    }

    @Override
    public boolean isCancelled() {
        return clock.instant().isAfter(end);
    }
}
