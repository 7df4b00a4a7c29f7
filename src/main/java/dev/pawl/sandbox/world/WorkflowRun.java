package dev.pawl.sandbox.world;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of a workflow. See <a href="https://docs.github.com/rest/actions/workflow-runs">REST: workflow runs</a>.
 *
 * @param path the workflow's file
 * @param attempt from 1, one more with every re-run
 * @param status {@code queued}, {@code in_progress} or {@code completed}
 */
public record WorkflowRun(
        long id,
        String path,
        String event,
        Head head,
        int attempt,
        String status,
        @Nullable String conclusion,
        Times times) {
    /** The commit it runs on. */
    public record Head(String branch, String sha) {}

    /** When it was created and last changed. */
    public record Times(Instant createdAt, Instant updatedAt) {}

    /** The same run, over. */
    public WorkflowRun completed(String how, Instant at) {
        return new WorkflowRun(id, path, event, head, attempt, "completed", how, new Times(times.createdAt(), at));
    }

    /** The same run, started once more. */
    public WorkflowRun again(Instant at) {
        return new WorkflowRun(
                id, path, event, head, attempt + 1, "in_progress", null, new Times(times.createdAt(), at));
    }
}
