package dev.pawl.sandbox.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.world.Account;
import dev.pawl.sandbox.world.CheckRun;
import dev.pawl.sandbox.world.CommitStatus;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.PullRequest;
import dev.pawl.sandbox.world.Repo;
import dev.pawl.sandbox.world.Review;
import dev.pawl.sandbox.world.ReviewComment;
import dev.pawl.sandbox.world.Settings;
import dev.pawl.sandbox.world.WorkflowRun;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Pull requests and repositories as GraphQL tells them: everything that can be asked for, to be cut down. */
public final class PullNode {
    private final View view;

    /** Renders what this view shows. */
    public PullNode(View view) {
        this.view = view;
    }

    /** The repository, without its pull requests. */
    public ObjectNode repository() {
        Repo repo = view.repo();
        Settings settings = repo.settings();
        return node("Repository")
                .put("databaseId", repo.id())
                .put("autoMergeAllowed", settings.autoMergeAllowed())
                .put("mergeCommitAllowed", settings.mergeMethods().contains("merge"))
                .put("squashMergeAllowed", settings.mergeMethods().contains("squash"))
                .put("rebaseMergeAllowed", settings.mergeMethods().contains("rebase"));
    }

    /** A pull request. */
    public ObjectNode of(PullRequest pull) {
        Issue issue = Objects.requireNonNull(view.repo().issues().get(pull.number()));
        var facts = new PullFacts(pull, view);
        Boolean mergeable = facts.mergeable(issue);
        var merge = pull.merge();
        var auto = pull.autoMerge();
        String state = merge != null ? "MERGED" : issue.isOpen() ? "OPEN" : "CLOSED";
        ObjectNode json = node("PullRequest")
                .put("number", pull.number())
                .put("url", view.html("/pull/" + pull.number()))
                .put("state", state)
                .put("isDraft", pull.isDraft())
                .put("mergeable", mergeable == null ? "UNKNOWN" : mergeable ? "MERGEABLE" : "CONFLICTING")
                .put("mergeStateStatus", facts.state(mergeable).toUpperCase(Locale.ROOT))
                .put("headRefName", pull.headRef())
                .put("headRefOid", pull.headSha())
                .put("baseRefName", pull.baseRef());
        json.set("author", actor(issue.author()));
        json.set(
                "headRepository",
                pull.fork() == null
                        ? repository()
                        : repository().put("databaseId", view.repo().id() + 1_000_000_000L));
        json.set("mergeCommit", merge == null ? Json.none() : node("Commit").put("oid", merge.commit()));
        json.set(
                "autoMergeRequest",
                auto == null ? Json.none() : node("AutoMergeRequest").put("enabledAt", Json.time(auto.at())));
        json.set(
                "labels",
                nodes(issue.labels().stream().map(name -> node("Label").put("name", name))));
        json.set("reviewRequests", nodes(pull.requestedReviewers().stream().map(login -> {
            ObjectNode request = node("ReviewRequest");
            request.set("requestedReviewer", actor(login));
            return request;
        })));
        json.set("baseRef", view.git().branch(pull.baseRef()) == null ? Json.none() : baseRef(pull));
        json.set("reviews", nodes(pull.reviews().stream().map(this::review)));
        json.set(
                "reviewThreads",
                nodes(pull.reviewComments().stream()
                        .filter(comment -> comment.inReplyTo() == null)
                        .map(first -> thread(first, pull))));
        ObjectNode commit = node("Commit").put("oid", pull.headSha());
        commit.set("statusCheckRollup", rollup(pull));
        ObjectNode last = node("PullRequestCommit");
        last.set("commit", commit);
        json.set("commits", nodes(Stream.of(last)));
        return json;
    }

    /** Branch protection alone; rulesets have their own list, which is empty here but for what only they tell. */
    private JsonNode baseRef(PullRequest pull) {
        Settings.Rules rules = new Gates(pull, view).rules();
        ObjectNode ref = node("Ref");
        if (rules.equals(Settings.Rules.NONE)) {
            ref.putNull("refUpdateRule");
            ref.set("rules", nodes(Stream.empty()));
            return ref;
        }
        ObjectNode rule = node("RefUpdateRule")
                .put("requiredApprovingReviewCount", rules.approvals())
                .put("requiresConversationResolution", rules.threadsResolved());
        rule.set("requiredStatusCheckContexts", Json.texts(rules.checks().stream()));
        ref.set("refUpdateRule", rule);
        ObjectNode strict =
                node("RequiredStatusChecksParameters").put("strictRequiredStatusChecksPolicy", rules.upToDate());
        ArrayNode contexts = strict.putArray("requiredStatusChecks");
        rules.checks()
                .forEach(name -> contexts.add(node("StatusCheckConfiguration").put("context", name)));
        ObjectNode ruleset = node("RepositoryRule");
        ruleset.set("parameters", strict);
        ref.set("rules", nodes(rules.upToDate() ? Stream.of(ruleset) : Stream.empty()));
        return ref;
    }

    private ObjectNode review(Review review) {
        ObjectNode json = node("PullRequestReview")
                .put("fullDatabaseId", Long.toString(review.id()))
                .put("state", review.verdict().name())
                .put("submittedAt", Json.time(review.submittedAt()))
                .put("body", review.body());
        json.set("author", actor(review.author()));
        json.set("commit", node("Commit").put("oid", review.commit()));
        return json;
    }

    /** A thread, by the comment that it began with. */
    public ObjectNode thread(ReviewComment first, PullRequest pull) {
        Integer line = new ThreadPlace(view.git()).now(first.place(), pull.headSha());
        ObjectNode json = node("PullRequestReviewThread")
                .put("id", View.nodeId("PRRT", first.id()))
                .put("isResolved", pull.resolved().contains(first.id()))
                .put("isOutdated", line == null)
                .put("path", first.place().path())
                .put("line", line);
        json.set(
                "comments",
                nodes(pull.reviewComments().stream()
                        .filter(c -> c.id() == first.id() || Objects.equals(c.inReplyTo(), first.id()))
                        .map(this::comment)));
        return json;
    }

    private ObjectNode comment(ReviewComment comment) {
        boolean isEdited = !comment.updatedAt().equals(comment.createdAt());
        ObjectNode json = node("PullRequestReviewComment")
                .put("fullDatabaseId", Long.toString(comment.id()))
                .put("body", comment.body())
                .put("createdAt", Json.time(comment.createdAt()))
                .put("lastEditedAt", isEdited ? Json.time(comment.updatedAt()) : null);
        json.set("author", actor(comment.author()));
        return json;
    }

    private JsonNode rollup(PullRequest pull) {
        ArrayNode contexts = Json.array();
        view.repo().checkRuns().stream()
                .filter(run -> run.headSha().equals(pull.headSha()))
                .forEach(run -> contexts.add(check(run, pull)));
        CheckJson.latest(pull.headSha(), view.repo()).forEach(status -> contexts.add(status(status, pull)));
        if (contexts.isEmpty()) {
            return Json.none();
        }
        ObjectNode rollup = node("StatusCheckRollup");
        rollup.set("contexts", Json.object().set("nodes", contexts));
        return rollup;
    }

    private ObjectNode check(CheckRun run, PullRequest pull) {
        ObjectNode json = node("CheckRun")
                .put("name", run.name())
                .put("status", run.status().toUpperCase(Locale.ROOT))
                .put(
                        "conclusion",
                        run.conclusion() == null ? null : run.conclusion().toUpperCase(Locale.ROOT))
                .put("detailsUrl", CheckJson.page(run, view))
                .put("isRequired", new Gates(pull, view).rules().checks().contains(run.name()));
        ObjectNode suite = node("CheckSuite");
        WorkflowRun of = run.run() == null ? null : view.repo().runs().get(run.run());
        if (of == null) {
            suite.putNull("workflowRun");
        } else {
            ObjectNode workflow = node("WorkflowRun");
            workflow.set(
                    "workflow",
                    node("Workflow")
                            .put("name", CheckJson.name(of))
                            .put("resourcePath", CheckJson.resourcePath(of, view)));
            suite.set("workflowRun", workflow);
        }
        json.set("checkSuite", suite);
        return json;
    }

    private ObjectNode status(CommitStatus status, PullRequest pull) {
        return node("StatusContext")
                .put("context", status.context())
                .put("state", status.state().toUpperCase(Locale.ROOT))
                .putNull("targetUrl")
                .put("isRequired", new Gates(pull, view).rules().checks().contains(status.context()));
    }

    /** A bot's login has no {@code [bot]} here. */
    private JsonNode actor(String login) {
        return view.world()
                .account(login)
                .map((Account account) -> (JsonNode) node(account.isApp() ? "Bot" : "User")
                        .put("login", account.login().replace("[bot]", ""))
                        .put("databaseId", account.id()))
                .orElseGet(Json::none);
    }

    private static ObjectNode nodes(Stream<ObjectNode> items) {
        ObjectNode connection = Json.object();
        connection.set("nodes", Json.array(items));
        return connection;
    }

    private static ObjectNode node(String type) {
        return Json.object().put("__typename", type);
    }
}
