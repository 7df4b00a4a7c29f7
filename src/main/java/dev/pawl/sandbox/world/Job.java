package dev.pawl.sandbox.world;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job of a workflow run; its check run has the same id, as on GitHub.
 *
 * @param run the run's id
 * @param conclusion null until it ends
 * @param log null where there is none, or none any more
 */
public record Job(
        long id,
        long run,
        String name,
        @Nullable String conclusion,
        List<Step> steps,
        @Nullable String log) {
    public Job {
        steps = List.copyOf(steps);
    }

    /** A step. */
    public record Step(String name, String conclusion) {}
}
