package dev.pawl.sandbox.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.git.BareRepository;
import dev.pawl.sandbox.json.CheckJson;
import dev.pawl.sandbox.json.IssueJson;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.json.PullFacts;
import dev.pawl.sandbox.json.PullJson;
import dev.pawl.sandbox.json.RepoJson;
import dev.pawl.sandbox.json.View;
import dev.pawl.sandbox.world.CheckRun;
import dev.pawl.sandbox.world.Comment;
import dev.pawl.sandbox.world.CommitStatus;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.PullRequest;
import dev.pawl.sandbox.world.Review;
import dev.pawl.sandbox.world.ReviewComment;
import dev.pawl.sandbox.world.WorkflowRun;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;

/**
 * Payloads as the page on
 * <a href="https://docs.github.com/webhooks/webhook-events-and-payloads">webhook events and payloads</a> shows them,
 * all but {@code repository} and {@code sender}, which every event has.
 */
public final class Payloads {
    private Payloads() {}

    /** What every payload ends with. */
    public static ObjectNode signed(ObjectNode payload, String sender, View view) {
        payload.set("repository", RepoJson.of(view));
        payload.set("sender", view.user(sender));
        return payload;
    }

    /** The event issues. */
    public static ObjectNode issue(String action, Issue issue, View view) {
        ObjectNode json = Json.object().put("action", action);
        json.set("issue", IssueJson.of(issue, view));
        return json;
    }

    /** The event issue_comment, of issues and pull requests. */
    public static ObjectNode comment(String action, Issue issue, Comment comment, View view) {
        ObjectNode json = issue(action, issue, view);
        json.set("comment", IssueJson.of(comment, view));
        return json;
    }

    /** The event pull_request. */
    public static ObjectNode pull(String action, PullRequest pull, View view) {
        ObjectNode json = Json.object().put("action", action).put("number", pull.number());
        json.set("pull_request", new PullFacts(pull, view).detail());
        return json;
    }

    /** The event pull_request_review; the state is in lower case here. */
    public static ObjectNode review(String action, Review review, PullRequest pull, View view) {
        ObjectNode json = Json.object().put("action", action);
        ObjectNode shown = PullJson.of(review, pull, view);
        shown.put("state", review.verdict().name().toLowerCase(Locale.ROOT));
        json.set("review", shown);
        json.set("pull_request", PullJson.simple(pull, view));
        return json;
    }

    /** The event pull_request_review_comment. */
    public static ObjectNode reviewComment(String action, ReviewComment comment, PullRequest pull, View view) {
        ObjectNode json = Json.object().put("action", action);
        json.set("comment", PullJson.of(comment, pull, view));
        json.set("pull_request", PullJson.simple(pull, view));
        return json;
    }

    /** The event check_run. */
    public static ObjectNode check(String action, CheckRun run, View view) {
        ObjectNode json = Json.object().put("action", action);
        ObjectNode shown = CheckJson.of(run, view);
        if (shown.path("check_suite") instanceof ObjectNode suite) {
            suite.put("head_branch", branches(run.headSha(), view).findFirst().orElse(null));
            suite.put("head_sha", run.headSha());
        }
        json.set("check_run", shown);
        return json;
    }

    /** The event check_suite, of another app than Actions. */
    public static ObjectNode suite(long id, String branch, String sha, String conclusion) {
        ObjectNode json = Json.object().put("action", "completed");
        json.set(
                "check_suite",
                Json.object()
                        .put("id", id)
                        .put("head_branch", branch)
                        .put("head_sha", sha)
                        .put("status", "completed")
                        .put("conclusion", conclusion));
        return json;
    }

    /** The event status. */
    public static ObjectNode status(CommitStatus status, View view) {
        ObjectNode json = Json.object()
                .put("id", status.id())
                .put("sha", status.sha())
                .put("name", view.repo().fullName())
                .put("context", status.context())
                .put("state", status.state())
                .put("description", status.description())
                .putNull("target_url")
                .put("created_at", Json.time(status.at()))
                .put("updated_at", Json.time(status.at()));
        var branches = json.putArray("branches");
        branches(status.sha(), view).forEach(name -> branches.addObject().put("name", name));
        return json;
    }

    /** The branches that a commit is the head of. */
    private static Stream<String> branches(String sha, View view) {
        return view.git().refs(Constants.R_HEADS).entrySet().stream()
                .filter(ref -> ref.getValue().name().equals(sha))
                .map(ref -> ref.getKey().substring(Constants.R_HEADS.length()));
    }

    /** The event workflow_run. */
    public static ObjectNode run(String action, WorkflowRun run, View view) {
        ObjectNode json = Json.object().put("action", action);
        ObjectNode shown = CheckJson.of(run, view);
        json.set("workflow_run", shown);
        json.set(
                "workflow",
                Json.object()
                        .put("id", shown.path("workflow_id").asLong())
                        .put("name", shown.path("name").asText())
                        .put("path", run.path())
                        .put("state", "active"));
        return json;
    }

    /** The event workflow_dispatch. */
    public static ObjectNode workflowDispatch(String workflow, String ref, JsonNode inputs) {
        ObjectNode json = Json.object().put("ref", ref).put("workflow", workflow);
        json.set("inputs", inputs);
        return json;
    }

    /** The event repository_dispatch; its action is the event type that the sender chose. */
    public static ObjectNode repositoryDispatch(String type, JsonNode clientPayload) {
        ObjectNode json = Json.object().put("action", type).put("branch", BareRepository.DEFAULT_BRANCH);
        json.set("client_payload", clientPayload);
        return json;
    }

    /** The event schedule. */
    public static ObjectNode schedule(String cron, String workflow) {
        return Json.object().put("schedule", cron).put("workflow", workflow);
    }
}
