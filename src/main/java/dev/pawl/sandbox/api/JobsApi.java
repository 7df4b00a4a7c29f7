package dev.pawl.sandbox.api;

import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Bytes;
import dev.pawl.sandbox.http.Call;
import dev.pawl.sandbox.http.Page;
import dev.pawl.sandbox.http.Refusal;
import dev.pawl.sandbox.http.Route;
import dev.pawl.sandbox.json.CheckJson;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.world.Job;
import dev.pawl.sandbox.world.Right;
import dev.pawl.sandbox.world.WorkflowRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs of workflow runs, and their logs. See <a href="https://docs.github.com/rest/actions/workflow-jobs">REST: workflow jobs</a>. */
final class JobsApi {
    private JobsApi() {}

    static List<Route> routes() {
        return List.of(
                Route.of("GET", "/actions/runs/{id}/jobs", JobsApi::list),
                Route.of("GET", "/actions/jobs/{id}/logs", JobsApi::logs),
                Route.of("POST", "/actions/runs/{id}/rerun-failed-jobs", JobsApi::rerun));
    }

    private static Answer list(Call call) {
        call.needs(Right.READ_RUNS);
        WorkflowRun run = run(call);
        List<Job> jobs = call.repo().jobs().values().stream()
                .filter(job -> job.run() == run.id())
                .toList();
        return Page.of(call, "jobs", jobs, job -> CheckJson.of(job, run, call.view()));
    }

    private static WorkflowRun run(Call call) {
        return Optional.ofNullable(call.repo().runs().get(call.number("id"))).orElseThrow(Refusal::notFound);
    }

    /** Logs lie on another host, which is told by a 302 that holds for a minute. */
    private static Answer logs(Call call) {
        call.needs(Right.READ_RUNS);
        Job job = Optional.ofNullable(call.repo().jobs().get(call.number("id"))).orElseThrow(Refusal::notFound);
        if (job.log() == null) {
            throw Refusal.of(job.conclusion() == null ? 404 : 410, "Not Found");
        }
        return new Answer(302, Map.of("Location", call.hub().logs(job.id())), Bytes.none());
    }

    private static Answer rerun(Call call) {
        call.needs(Right.RUN_WORKFLOWS);
        WorkflowRun run = run(call);
        if (!"completed".equals(run.status())) {
            throw Refusal.of(403, "This workflow run is already running");
        }
        call.act().runs().rerunFailed(run);
        return Answer.of(201, Json.object());
    }
}
