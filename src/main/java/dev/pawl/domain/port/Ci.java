package dev.pawl.domain.port;

import dev.pawl.domain.model.CiRun;
import dev.pawl.domain.model.JobLog;
import dev.pawl.domain.model.Sha;
import java.util.List;
import java.util.Optional;

/** The repository's own workflows: a part of the {@link Forge}, with the same rules. */
public interface Ci {
    /** A run, as it stands now; empty when it is gone. */
    Optional<CiRun> run(long run);

    /**
     * The logs of a run's failed jobs, in the order of the jobs. A log that is gone, or can't be had, is an empty one.
     *
     * @param run the run's id
     * @param mostJobs how many logs at most
     * @param mostBytes how long each may be; its end is kept
     */
    List<JobLog> failedJobs(long run, int mostJobs, int mostBytes);

    /**
     * Runs a run's failed jobs once more, unless that was done since.
     *
     * @param run the run, as last read
     * @return whether it runs again; false where the forge doesn't allow it
     */
    boolean ensureRerun(CiRun run);

    /**
     * The newest run of a workflow that says, or will say, something of a commit. One that was cancelled or skipped, never ended, or
     * waits for a person's leave says nothing.
     *
     * @param workflow the file's name below {@code .github/workflows}
     * @param head the commit
     */
    Optional<CiRun> newest(String workflow, Sha head);

    /**
     * Starts a workflow on a branch, unless it was started there by hand for that commit already.
     *
     * @param workflow the file's name below {@code .github/workflows}
     * @param branch the branch's name
     * @param head the commit that the branch is at
     */
    Started ensureStarted(String workflow, String branch, Sha head);

    /** What came of starting a workflow. */
    sealed interface Started {
        /** It was asked for; its run shows soon. */
        record Begun() implements Started {}

        /**
         * It runs, or did.
         *
         * @param run which run
         */
        record There(CiRun run) implements Started {}

        /**
         * It can't be started: there is no such workflow, or it has no {@code workflow_dispatch}.
         *
         * @param said what the forge said; bounded
         */
        record Refused(String said) implements Started {}
    }
}
