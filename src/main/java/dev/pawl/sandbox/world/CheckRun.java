package dev.pawl.sandbox.world;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A check run of a commit. See <a href="https://docs.github.com/rest/checks/runs">REST: check runs</a>.
 * Its status is queued, in_progress or completed, and only a completed one has a conclusion.
 *
 * @param run the workflow run whose job it is; null for those of other apps
 */
public record CheckRun(
        long id,
        String name,
        String headSha,
        String status,
        @Nullable String conclusion,
        Output output,
        Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Long run) {
    /** One of another app than Actions. */
    public CheckRun(
            long id,
            String name,
            String headSha,
            String status,
            @Nullable String conclusion,
            Output output,
            Instant startedAt,
            @Nullable Instant completedAt) {
        this(id, name, headSha, status, conclusion, output, startedAt, completedAt, null);
    }

    /** What it has to say. */
    public record Output(
            @Nullable String title,
            @Nullable String summary,
            @Nullable String text) {}
}
