package dev.pawl.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.domain.model.Check;
import dev.pawl.domain.model.CiRun;
import dev.pawl.domain.model.JobLog;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.port.Ci;
import dev.pawl.forge.github.http.Answer;
import dev.pawl.forge.github.http.Call;
import dev.pawl.forge.github.http.Download;
import dev.pawl.forge.github.http.Failures;
import dev.pawl.forge.github.http.RestClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The repository's workflows (docs.github.com, REST API, "Workflow runs", "Workflow jobs", "Workflows"). */
final class Workflows implements Ci {
    private static final Logger LOG = LoggerFactory.getLogger(Workflows.class);

    private final GitHubConnection github;

    Workflows(GitHubConnection github) {
        this.github = github;
    }

    @Override
    public Optional<CiRun> run(long run) {
        return github.rest().find(github.path("/actions/runs/" + run)).map(answer -> run(answer.json()));
    }

    private static CiRun run(JsonNode json) {
        return new CiRun(
                json.path("id").longValue(),
                json.path("run_attempt").asInt(1),
                Json.sha(json.path("head_sha")),
                json.path("event").asText(""),
                result(json),
                json.path("html_url").asText(""));
    }

    private static Check.Result result(JsonNode json) {
        if (!json.path("status").asText("").equals("completed")) {
            return Check.Result.PENDING;
        }
        return Json.word(Check.Result.class, json.path("conclusion")).orElse(Check.Result.PENDING);
    }

    @Override
    public List<JobLog> failedJobs(long run, int mostJobs, int mostBytes) {
        Optional<Answer> jobs = github.rest().find(github.path("/actions/runs/" + run + "/jobs?per_page=100"));
        return Json.stream(jobs.map(answer -> answer.json().path("jobs")).orElse(RestClient.object()))
                .filter(job -> result(job).isRed())
                .limit(mostJobs)
                .map(job -> log(job, mostBytes))
                .toList();
    }

    private JobLog log(JsonNode job, int mostBytes) {
        long id = job.path("id").longValue();
        Optional<Download> log = github.rest().download(github.path("/actions/jobs/" + id + "/logs"), mostBytes);
        List<String> failed = Json.stream(job.path("steps"))
                .filter(step -> result(step).isRed())
                .map(step -> step.path("name").asText(""))
                .toList();
        return new JobLog(
                id,
                job.path("name").asText(""),
                failed,
                log.map(d -> new Untrusted(new String(d.bytes(), StandardCharsets.UTF_8)))
                        .orElse(Untrusted.EMPTY),
                log.map(Download::cut).orElse(false));
    }

    /** A run that was started again has a higher attempt: that is how it is looked up. */
    @Override
    public boolean ensureRerun(CiRun run) {
        if (isRerun(run).isPresent()) {
            return true;
        }
        Call call = Call.write(
                Call.Method.POST, github.path("/actions/runs/" + run.id() + "/rerun-failed-jobs"), RestClient.object());
        return github.settlement()
                .settle(
                        () -> {
                            Answer answer = github.rest().write(call);
                            if (answer.ok()) {
                                return true;
                            }
                            LOG.info(
                                    "run={} rerun=refused status={} why=\"{}\"",
                                    run.id(),
                                    answer.status(),
                                    answer.said());
                            if (answer.says("not accessible")) {
                                throw Failures.of(call, answer);
                            }
                            return isRerun(run).isPresent();
                        },
                        () -> isRerun(run));
    }

    private Optional<Boolean> isRerun(CiRun run) {
        return run(run.id()).filter(now -> now.attempt() > run.attempt()).map(_ -> true);
    }

    @Override
    public Optional<CiRun> newest(String workflow, Sha head) {
        return runs(workflow, "head_sha=" + head.value()).stream()
                .filter(Workflows::speaks)
                .findFirst();
    }

    private static boolean speaks(CiRun run) {
        return switch (run.result()) {
            case PENDING, SUCCESS, NEUTRAL, FAILURE, TIMED_OUT, STARTUP_FAILURE -> true;
            case SKIPPED, CANCELLED, STALE, ACTION_REQUIRED -> false;
        };
    }

    private List<CiRun> runs(String workflow, String query) {
        return github.rest()
                .find(github.path("/actions/workflows/" + RestClient.segment(workflow) + "/runs?per_page=20&" + query))
                .map(answer -> Json.stream(answer.json().path("workflow_runs"))
                        .map(Workflows::run)
                        .toList())
                .orElse(List.of());
    }

    /** A run shows some time after it was asked for: asking twice would make two, so that it must have shown before. */
    @Override
    public Started ensureStarted(String workflow, String branch, Sha head) {
        Optional<Started> there = started(workflow, head);
        if (there.isPresent()) {
            return there.get();
        }
        Call call = Call.write(
                Call.Method.POST,
                github.path("/actions/workflows/" + RestClient.segment(workflow) + "/dispatches"),
                RestClient.object().put("ref", branch));
        return github.settlement()
                .create(
                        () -> {
                            Answer answer = github.rest().write(call);
                            if (answer.status() == 404 || answer.status() == 422) {
                                return new Started.Refused(answer.said());
                            }
                            RestClient.accepted(call, answer);
                            return new Started.Begun();
                        },
                        () -> started(workflow, head));
    }

    private Optional<Started> started(String workflow, Sha head) {
        return runs(workflow, "event=workflow_dispatch&head_sha=" + head.value()).stream()
                .filter(Workflows::speaks)
                .findFirst()
                .map(Started.There::new);
    }
}
