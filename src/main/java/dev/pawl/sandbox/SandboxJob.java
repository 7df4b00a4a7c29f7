package dev.pawl.sandbox;

import dev.pawl.sandbox.world.Job;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job of a workflow run that ended.
 *
 * @param name its name, which is its check's
 * @param conclusion GitHub's word
 * @param steps its steps
 * @param log what it wrote; null where the log is gone
 */
public record SandboxJob(
        String name,
        String conclusion,
        List<Job.Step> steps,
        @Nullable String log) {
    /** One that went well. */
    public static SandboxJob passed(String name) {
        return new SandboxJob(name, "success", List.of(new Job.Step("Run it", "success")), "all is well\n");
    }

    /** One in which that step failed. */
    public static SandboxJob failed(String name, String step, String log) {
        return new SandboxJob(
                name, "failure", List.of(new Job.Step("Set up job", "success"), new Job.Step(step, "failure")), log);
    }
}
