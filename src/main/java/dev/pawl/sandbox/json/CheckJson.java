package dev.pawl.sandbox.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.world.CheckRun;
import dev.pawl.sandbox.world.CommitStatus;
import dev.pawl.sandbox.world.Job;
import dev.pawl.sandbox.world.Repo;
import dev.pawl.sandbox.world.WorkflowRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.revwalk.RevCommit;

/** Check runs, commit statuses and workflow runs. */
public final class CheckJson {
    private static final Set<String> GREEN = Set.of("success", "neutral", "skipped");

    private CheckJson() {}

    /** Whether everything that reported on the commit passed. */
    public static boolean isAllGreen(String sha, Repo repo) {
        return repo.checkRuns().stream()
                        .filter(c -> c.headSha().equals(sha))
                        .allMatch(c -> c.conclusion() != null && isGreen(c.conclusion()))
                && latest(sha, repo).stream().allMatch(s -> "success".equals(s.state()));
    }

    /** Whether a required check with that result is met. */
    static boolean isGreen(String result) {
        return GREEN.contains(result);
    }

    /** Where people look at a check run. Those of jobs are known by their run, too. */
    static String page(CheckRun run, View view) {
        return view.html(run.run() == null ? "/runs/" + run.id() : "/actions/runs/" + run.run() + "/job/" + run.id());
    }

    /** The path of a workflow's page. */
    static String resourcePath(WorkflowRun run, View view) {
        return "/" + view.repo().fullName() + "/actions/workflows/"
                + run.path().substring(run.path().lastIndexOf('/') + 1);
    }

    /** A job of a workflow run. */
    public static ObjectNode of(Job job, WorkflowRun run, View view) {
        String url = view.api("/actions/jobs/" + job.id());
        String at = Json.time(run.times().updatedAt());
        boolean isOver = job.conclusion() != null;
        ObjectNode json = Json.object()
                .put("id", job.id())
                .put("run_id", run.id())
                .put("run_url", view.api("/actions/runs/" + run.id()))
                .put("run_attempt", run.attempt())
                .put("node_id", View.nodeId("CR", job.id()))
                .put("head_sha", run.head().sha())
                .put("head_branch", run.head().branch())
                .put("workflow_name", name(run))
                .put("url", url)
                .put("html_url", view.html("/actions/runs/" + run.id() + "/job/" + job.id()))
                .put("status", isOver ? "completed" : "queued")
                .put("conclusion", job.conclusion())
                .put("created_at", at)
                .put("started_at", at)
                .put("completed_at", isOver ? at : null)
                .put("name", job.name())
                .put("check_run_url", view.api("/check-runs/" + job.id()))
                .put("runner_id", 1)
                .put("runner_name", "GitHub Actions 1")
                .put("runner_group_id", 0)
                .put("runner_group_name", "GitHub Actions");
        json.set("labels", Json.texts(Stream.of("ubuntu-latest")));
        var steps = json.putArray("steps");
        for (Job.Step step : job.steps()) {
            steps.addObject()
                    .put("name", step.name())
                    .put("status", "completed")
                    .put("conclusion", step.conclusion())
                    .put("number", steps.size())
                    .put("started_at", at)
                    .put("completed_at", at);
        }
        return json;
    }

    /** A workflow's name: its file's, without what it ends in. */
    static String name(WorkflowRun run) {
        return run.path().replaceAll(".*/|\\.ya?ml$", "");
    }

    /** A check run. */
    public static ObjectNode of(CheckRun run, View view) {
        String url = view.api("/check-runs/" + run.id());
        CheckRun.Output said = run.output();
        ObjectNode json = Json.object()
                .put("id", run.id())
                .put("name", run.name())
                .put("node_id", View.nodeId("CR", run.id()))
                .put("head_sha", run.headSha())
                .put("external_id", "")
                .put("url", url)
                .put("html_url", page(run, view))
                .put("details_url", page(run, view))
                .put("status", run.status())
                .put("conclusion", run.conclusion())
                .put("started_at", Json.time(run.startedAt()))
                .put("completed_at", Json.timeOrNull(run.completedAt()));
        json.set(
                "output",
                Json.object()
                        .put("title", said.title())
                        .put("summary", said.summary())
                        .put("text", said.text())
                        .put("annotations_count", 0)
                        .put("annotations_url", url + "/annotations"));
        json.set("check_suite", Json.object().put("id", run.run() == null ? run.id() : run.run()));
        json.putNull("app");
        json.set("pull_requests", pulls(run.headSha(), view));
        return json;
    }

    private static JsonNode pulls(String sha, View view) {
        JsonNode repo = Json.object()
                .put("id", view.repo().id())
                .put("url", view.api(""))
                .put("name", view.repo().name());
        return Json.array(view.repo().pulls().values().stream()
                .filter(p -> p.headSha().equals(sha))
                .map(p -> {
                    ObjectNode json = Json.object()
                            .put("id", p.id())
                            .put("number", p.number())
                            .put("url", view.api("/pulls/" + p.number()));
                    json.set(
                            "head",
                            Json.object()
                                    .put("ref", p.headRef())
                                    .put("sha", sha)
                                    .set("repo", repo));
                    json.set(
                            "base",
                            Json.object()
                                    .put("ref", p.baseRef())
                                    .put("sha", p.baseSha())
                                    .set("repo", repo));
                    return json;
                }));
    }

    /** The newest status of each context. */
    public static List<CommitStatus> latest(String sha, Repo repo) {
        Map<String, CommitStatus> newest = new LinkedHashMap<>();
        repo.statuses().stream().filter(s -> s.sha().equals(sha)).forEach(s -> newest.put(s.context(), s));
        return List.copyOf(newest.values());
    }

    /** The combined status, which is pending where nobody reported. */
    public static ObjectNode combined(String sha, View view) {
        List<CommitStatus> statuses = latest(sha, view.repo());
        List<String> states = statuses.stream().map(CommitStatus::state).toList();
        String state = states.contains("failure") || states.contains("error")
                ? "failure"
                : states.isEmpty() || states.contains("pending") ? "pending" : "success";
        ObjectNode json = Json.object()
                .put("state", state)
                .put("sha", sha)
                .put("total_count", statuses.size())
                .put("commit_url", view.api("/commits/" + sha))
                .put("url", view.api("/commits/" + sha + "/status"));
        json.set("statuses", Json.array(statuses.stream().map(s -> of(s, view))));
        json.set("repository", RepoJson.of(view));
        return json;
    }

    /** A commit status. */
    public static ObjectNode of(CommitStatus status, View view) {
        ObjectNode json = Json.object()
                .put("id", status.id())
                .put("node_id", View.nodeId("SC", status.id()))
                .put("url", view.api("/statuses/" + status.sha()))
                .put("avatar_url", view.urls().html("/avatars/u/0"))
                .put("state", status.state())
                .put("context", status.context())
                .put("description", status.description())
                .putNull("target_url")
                .put("created_at", Json.time(status.at()))
                .put("updated_at", Json.time(status.at()));
        json.set("creator", view.user(status.creator()));
        return json;
    }

    /** A workflow run. */
    public static ObjectNode of(WorkflowRun run, View view) {
        String url = view.api("/actions/runs/" + run.id());
        RevCommit commit = view.git().objects().commit(run.head().sha()).orElse(null);
        ObjectNode json = Json.object()
                .put("id", run.id())
                .put("node_id", View.nodeId("WFR", run.id()))
                .put("name", name(run))
                .put("display_title", commit == null ? run.path() : commit.getShortMessage())
                .put("head_branch", run.head().branch())
                .put("head_sha", run.head().sha())
                .put("path", run.path())
                .put("run_number", 1)
                .put("run_attempt", run.attempt())
                .put("event", run.event())
                .put("status", run.status())
                .put("conclusion", run.conclusion())
                .put("workflow_id", workflowId(run.path()))
                .put("check_suite_id", run.id())
                .put("url", url)
                .put("html_url", view.html("/actions/runs/" + run.id()))
                .put("jobs_url", url + "/jobs")
                .put("logs_url", url + "/logs")
                .put("check_suite_url", view.api("/check-suites/" + run.id()))
                .put("artifacts_url", url + "/artifacts")
                .put("cancel_url", url + "/cancel")
                .put("rerun_url", url + "/rerun")
                .putNull("previous_attempt_url")
                .put("workflow_url", view.api("/actions/workflows/" + workflowId(run.path())))
                .put("created_at", Json.time(run.times().createdAt()))
                .put("updated_at", Json.time(run.times().updatedAt()))
                .put("run_started_at", Json.time(run.times().createdAt()));
        json.set("pull_requests", pulls(run.head().sha(), view));
        json.set("head_commit", commit == null ? Json.none() : head(commit));
        json.set("repository", RepoJson.of(view));
        json.set("head_repository", RepoJson.of(view));
        return json;
    }

    private static ObjectNode head(RevCommit commit) {
        ObjectNode json = Json.object()
                .put("id", commit.name())
                .put("tree_id", commit.getTree().name())
                .put("message", commit.getFullMessage())
                .put("timestamp", Json.time(commit.getCommitterIdent().getWhenAsInstant()));
        json.set(
                "author",
                who(commit.getAuthorIdent().getName(), commit.getAuthorIdent().getEmailAddress()));
        json.set(
                "committer",
                who(
                        commit.getCommitterIdent().getName(),
                        commit.getCommitterIdent().getEmailAddress()));
        return json;
    }

    private static ObjectNode who(String name, String email) {
        return Json.object().put("name", name).put("email", email);
    }

    /** A number for a workflow file, the same for the same path. */
    private static int workflowId(String path) {
        return path.hashCode() & 0x7fffff;
    }
}
