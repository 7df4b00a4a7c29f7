package dev.pawl.sandbox.act;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.event.Payloads;
import dev.pawl.sandbox.world.CheckRun;
import dev.pawl.sandbox.world.CommitStatus;
import dev.pawl.sandbox.world.WorkflowRun;
import org.jspecify.annotations.Nullable;

/** Workflow runs, checks, statuses, dispatches. */
public record RunActs(Act act) {
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
        return run;
    }

    /** Reports a commit status. */
    public CommitStatus status(String sha, String context, String state, @Nullable String description) {
        var status = new CommitStatus(
                act.nextId(), sha, context, state, description, act.actor().login(), act.now());
        act.repo().statuses().add(status);
        act.tell("status", Payloads.status(status, act.view()));
        return status;
    }

    /** Starts a workflow by name, whoever asks. */
    public void dispatchWorkflow(String workflow, String ref, JsonNode inputs) {
        act.tellAlways("workflow_dispatch", Payloads.workflowDispatch(workflow, ref, inputs));
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
