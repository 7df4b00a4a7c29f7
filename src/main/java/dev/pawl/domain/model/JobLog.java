package dev.pawl.domain.model;

import java.util.List;

/**
 * What a job of a workflow run wrote.
 *
 * @param job the job's id
 * @param name its name
 * @param failedSteps the names of the steps that failed
 * @param text the log; where it is too long, its end
 * @param cut whether its beginning is missing
 */
public record JobLog(long job, String name, List<String> failedSteps, Untrusted text, boolean cut) {
    public JobLog {
        failedSteps = List.copyOf(failedSteps);
    }
}
