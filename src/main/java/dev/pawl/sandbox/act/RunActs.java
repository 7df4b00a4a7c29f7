package dev.pawl.sandbox.act;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.event.Payloads;
import dev.pawl.sandbox.world.CheckRun;
import dev.pawl.sandbox.world.CommitStatus;
import dev.pawl.sandbox.world.Job;
import dev.pawl.sandbox.world.WorkflowRun;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** Workflow runs, checks, statuses, dispatches. */
public record RunActs(Act act) {
    private static final String PAWL = ".github/workflows/pawl.yml";

    /** Starts a run of a workflow. */
    public WorkflowRun start(String path, String event, WorkflowRun.Head head) {
        var times = new WorkflowRun.Times(act.now(), act.now());
        var run = new WorkflowRun(act.nextId(), path, event, head, 1, "in_progress", null, times);
        act.repo().runs().put(run.id(), run);
        return run;
    }

    /** Ends a run, and tells of it. */
    public WorkflowRun complete(WorkflowRun run, String conclusion) {
        WorkflowRun over = run.completed(conclusion, act.now());
        act.repo().runs().put(run.id(), over);
        act.tell("workflow_run", Payloads.run("completed", over, act.view()));
        return over;
    }

    /** Ends a run of which no workflow hears: Pawl's own. */
    public void end(WorkflowRun run, String conclusion) {
        act.repo().runs().put(run.id(), run.completed(conclusion, act.now()));
    }

    /** Starts a run that ended once more. */
    public WorkflowRun again(WorkflowRun run) {
        WorkflowRun again = run.again(act.now());
        act.repo().runs().put(run.id(), again);
        return again;
    }

    /** Reports a check run, or what became of one. */
    public CheckRun check(CheckRun run) {
        act.repo().checkRuns().removeIf(c -> c.id() == run.id());
        act.repo().checkRuns().add(run);
        String action = "completed".equals(run.status()) ? "completed" : "created";
        act.tell("check_run", Payloads.check(action, run, act.view()));
        act.merges().whatWaits();
        return run;
    }

    /** All checks of another app on a branch's head are over. */
    public void suite(String branch, String sha, String conclusion) {
        act.tell("check_suite", Payloads.suite(act.nextId(), branch, sha, conclusion));
    }

    /** Reports a commit status. */
    public CommitStatus status(String sha, String context, String state, @Nullable String description) {
        var status = new CommitStatus(
                act.nextId(), sha, context, state, description, act.actor().login(), act.now());
        act.repo().statuses().add(status);
        act.tell("status", Payloads.status(status, act.view()));
        act.merges().whatWaits();
        return status;
    }

    /** Starts the failed jobs of a run once more: they are new jobs, and their checks begin anew. */
    public void rerunFailed(WorkflowRun run) {
        again(run);
        List<Job> failed = act.repo().jobs().values().stream()
                .filter(job -> job.run() == run.id() && !"success".equals(job.conclusion()))
                .toList();
        for (Job job : failed) {
            act.repo().jobs().remove(job.id());
            act.repo().checkRuns().removeIf(check -> check.id() == job.id());
            job(run, new Job(act.nextId(), run.id(), job.name(), null, List.of(), null));
        }
    }

    /** A job of a run begins, or ends. Its check run tells nobody: workflows don't hear of those of Actions. */
    public void job(WorkflowRun run, Job job) {
        act.repo().jobs().put(job.id(), job);
        act.repo().checkRuns().removeIf(check -> check.id() == job.id());
        boolean isOver = job.conclusion() != null;
        act.repo()
                .checkRuns()
                .add(new CheckRun(
                        job.id(),
                        job.name(),
                        run.head().sha(),
                        isOver ? "completed" : "queued",
                        job.conclusion(),
                        new CheckRun.Output(null, null, null),
                        act.now(),
                        isOver ? act.now() : null,
                        run.id()));
        act.merges().whatWaits();
    }

    /**
     * Starts a workflow by name, whoever asks. The events that wait are Pawl's: it hears of its own workflow's dispatches, and
     * any other workflow runs.
     */
    public void dispatchWorkflow(String workflow, String ref, JsonNode inputs) {
        String branch = ref.replaceFirst("^refs/heads/", "");
        ObjectId head = act.git().branch(branch);
        if (workflow.equals(PAWL) || head == null) {
            act.tellAlways("workflow_dispatch", Payloads.workflowDispatch(workflow, ref, inputs));
        } else {
            start(workflow, "workflow_dispatch", new WorkflowRun.Head(branch, head.name()));
        }
    }

    /** Sends an event of one's own, whoever sends it. */
    public void dispatchRepository(String type, JsonNode clientPayload) {
        act.tellAlways("repository_dispatch", Payloads.repositoryDispatch(type, clientPayload));
    }

    /** The clock of a workflow strikes. */
    public void schedule(String cron, String workflow) {
        act.tellAlways("schedule", Payloads.schedule(cron, workflow));
    }
}
