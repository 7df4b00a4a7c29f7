package dev.pawl.sandbox.world;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A commit status, the older way for CI to report; {@code state} is error, failure, pending or success. */
public record CommitStatus(
        long id,
        String sha,
        String context,
        String state,
        @Nullable String description,
        String creator,
        Instant at) {}
