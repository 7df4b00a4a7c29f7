package dev.pawl.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Check;
import dev.pawl.domain.model.MergeMethod;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.PullFacts;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.model.Review;
import dev.pawl.domain.model.ReviewThread;
import dev.pawl.domain.model.Sha;
import dev.pawl.forge.github.http.Failures;
import dev.pawl.forge.github.http.RestClient;
import dev.pawl.forge.marker.NoteMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a pull request as one picture, by GraphQL. */
final class PullReader {
    private static final int MOST_PAGES = 5;
    private static final int MOST_LOOKS = 3;

    /** A job's page, as Actions writes it into its check run: the only place of GraphQL that has the job's id. */
    private static final Pattern JOB =
            Pattern.compile("/actions/runs/([0-9]{1,18})(?:/job/([0-9]{1,18}))?(?:[?#].*)?$");

    private final GitHubConnection github;
    private final GraphQl graphQl;

    PullReader(GitHubConnection github) {
        this.github = github;
        this.graphQl = new GraphQl(github);
    }

    /**
     * Asks on until nothing has a further page. A list that ended is asked on from its end, which adds nothing: so each page
     * is the same question.
     */
    Optional<PullFacts> read(int number) {
        ObjectNode variables = RestClient.object()
                .put("owner", github.settings().owner())
                .put("name", github.settings().name())
                .put("number", number);
        var reviews = new ArrayList<Review>();
        var threads = new ArrayList<ReviewThread>();
        var checks = new ArrayList<Check>();
        boolean whole = true;
        for (int page = 1; ; page++) {
            Optional<GraphQl.Told> told = graphQl.ask(PullQueries.FACTS, variables);
            JsonNode repository = told.map(t -> t.data().path("repository")).orElse(MissingNode.getInstance());
            JsonNode pull = repository.path("pullRequest");
            if (!pull.path("number").isInt()) {
                return Optional.empty();
            }
            whole &= told.map(GraphQl.Told::whole).orElse(false);
            JsonNode contexts = pull.path("commits")
                    .path("nodes")
                    .path(0)
                    .path("commit")
                    .path("statusCheckRollup")
                    .path("contexts");
            pull.path("reviews")
                    .path("nodes")
                    .forEach(json -> review(json, number).ifPresent(reviews::add));
            for (JsonNode json : pull.path("reviewThreads").path("nodes")) {
                thread(json, number).ifPresent(threads::add);
                whole &= !json.path("comments")
                        .path("pageInfo")
                        .path("hasNextPage")
                        .asBoolean(false);
            }
            // One that the token may not see is null.
            nodes(contexts).filter(JsonNode::isObject).map(PullReader::check).forEach(checks::add);
            boolean more = follow(variables, "reviews", pull.path("reviews"));
            more |= follow(variables, "threads", pull.path("reviewThreads"));
            more |= follow(variables, "checks", contexts);
            if (!more || page == MOST_PAGES) {
                return Optional.of(new PullFacts(
                        workedOut(pull(pull, repository)),
                        reviews,
                        threads,
                        checks,
                        rules(pull.path("baseRef"), repository),
                        whole && !more));
            }
        }
    }

    private static boolean follow(ObjectNode variables, String cursor, JsonNode connection) {
        JsonNode page = connection.path("pageInfo");
        if (page.path("endCursor").isTextual()) {
            variables.set(cursor, page.path("endCursor"));
        }
        return page.path("hasNextPage").asBoolean(false);
    }

    /** GitHub begins to work out whether it can be merged when somebody asks. */
    private PullRequest workedOut(PullRequest pull) {
        PullRequest now = pull;
        for (int look = 1;
                look < MOST_LOOKS
                        && now.status() == PullRequest.Status.OPEN
                        && now.merging().mergeable() == PullRequest.Mergeable.UNKNOWN;
                look++) {
            if (!github.transport().pause(Duration.ofSeconds(look))) {
                return now;
            }
            now = github.rest()
                    .find(github.path("/pulls/" + pull.number()))
                    .map(answer -> Json.pull(answer.json()))
                    .filter(again -> again.head().equals(pull.head()))
                    .orElse(now);
        }
        return now;
    }

    private static PullRequest pull(JsonNode json, JsonNode repository) {
        boolean same = json.path("headRepository").path("databaseId").isIntegralNumber()
                && json.path("headRepository").path("databaseId").equals(repository.path("databaseId"));
        return new PullRequest(
                Json.number(json),
                actor(json.path("author")),
                json.path("headRefName").asText(""),
                same,
                Json.sha(json.path("headRefOid")),
                json.path("baseRefName").asText(""),
                Json.word(PullRequest.Status.class, json.path("state")).orElse(PullRequest.Status.CLOSED),
                json.path("isDraft").asBoolean(false),
                json.path("url").asText(""),
                new PullRequest.Merging(
                        switch (json.path("mergeable").asText("")) {
                            case "MERGEABLE" -> PullRequest.Mergeable.YES;
                            case "CONFLICTING" -> PullRequest.Mergeable.CONFLICT;
                            default -> PullRequest.Mergeable.UNKNOWN;
                        },
                        Json.word(PullRequest.MergeState.class, json.path("mergeStateStatus"))
                                .orElse(PullRequest.MergeState.UNKNOWN),
                        json.path("autoMergeRequest").isObject(),
                        commit(json.path("mergeCommit"))),
                Json.labels(json.path("labels").path("nodes")),
                nodes(json.path("reviewRequests"))
                        .map(request -> actor(request.path("requestedReviewer")))
                        .filter(actor -> actor.id() != Actor.GHOST.id())
                        .toList());
    }

    /** A bot's login comes without the {@code [bot]} that REST shows. A team, which has no login, is nobody. */
    private static Actor actor(JsonNode json) {
        JsonNode id = json.path("databaseId");
        if (!id.isIntegralNumber() || !json.path("login").isTextual()) {
            return Actor.GHOST;
        }
        String login = json.path("login").textValue();
        return switch (json.path("__typename").asText("")) {
            case "User" -> new Actor(id.longValue(), login, Actor.Kind.USER);
            case "Bot" -> new Actor(id.longValue(), login.endsWith("[bot]") ? login : login + "[bot]", Actor.Kind.BOT);
            default -> new Actor(id.longValue(), login, Actor.Kind.BOT);
        };
    }

    private Optional<Review> review(JsonNode json, int pull) {
        return Json.word(Review.Verdict.class, json.path("state"))
                .filter(_ -> json.path("submittedAt").isTextual())
                .map(verdict -> new Review(
                        id(json),
                        actor(json.path("author")),
                        verdict,
                        commit(json.path("commit")),
                        Json.time(json, "submittedAt"),
                        Json.text(json, "body"),
                        key(json, pull)));
    }

    private Optional<ReviewThread> thread(JsonNode json, int pull) {
        List<ReviewThread.Remark> remarks =
                nodes(json.path("comments")).map(remark -> remark(remark, pull)).toList();
        if (remarks.isEmpty()) {
            return Optional.empty();
        }
        JsonNode line = json.path("line");
        return Optional.of(new ReviewThread(
                json.path("id").asText(""),
                json.path("isResolved").asBoolean(false),
                json.path("isOutdated").asBoolean(false),
                json.path("path").asText(""),
                line.isInt() ? OptionalInt.of(line.intValue()) : OptionalInt.empty(),
                remarks));
    }

    private ReviewThread.Remark remark(JsonNode json, int pull) {
        Instant created = Json.time(json, "createdAt");
        return new ReviewThread.Remark(
                id(json),
                actor(json.path("author")),
                Json.text(json, "body"),
                created,
                json.path("lastEditedAt").isTextual() ? Json.time(json, "lastEditedAt") : created,
                key(json, pull));
    }

    /** Which one of ours it is, by its marker; a marker of somebody else's is none. */
    private Optional<String> key(JsonNode json, int pull) {
        String body = json.path("body").asText("");
        boolean ours = body.startsWith(NoteMarker.OURS)
                && actor(json.path("author")).id() == github.account().id();
        return ours
                ? NoteMarker.read(id(json), body, pull, github.transport().now())
                        .map(Note::key)
                : Optional.empty();
    }

    private static Check check(JsonNode json) {
        boolean required = json.path("isRequired").asBoolean(false);
        if (json.path("__typename").asText("").equals("StatusContext")) {
            Check.Result result =
                    switch (json.path("state").asText("")) {
                        case "SUCCESS" -> Check.Result.SUCCESS;
                        case "FAILURE", "ERROR" -> Check.Result.FAILURE;
                        default -> Check.Result.PENDING;
                    };
            return new Check(
                    json.path("context").asText(""),
                    result,
                    required,
                    json.path("targetUrl").asText(""),
                    Optional.empty());
        }
        Check.Result result = json.path("status").asText("").equals("COMPLETED")
                ? Json.word(Check.Result.class, json.path("conclusion")).orElse(Check.Result.PENDING)
                : Check.Result.PENDING;
        return new Check(
                json.path("name").asText(""),
                result,
                required,
                json.path("detailsUrl").asText(""),
                job(json));
    }

    /** A workflow's page ends with the name of its file. */
    private static String file(String page) {
        return page.substring(page.lastIndexOf('/') + 1);
    }

    private static Optional<Check.Job> job(JsonNode check) {
        JsonNode run = check.path("checkSuite").path("workflowRun");
        Matcher url = JOB.matcher(check.path("detailsUrl").asText(""));
        return run.isObject() && url.find()
                ? Optional.of(new Check.Job(
                        Long.parseLong(url.group(1)),
                        url.group(2) == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(url.group(2))),
                        run.path("workflow").path("name").asText(""),
                        file(run.path("workflow").path("resourcePath").asText(""))))
                : Optional.empty();
    }

    private static PullFacts.Rules rules(JsonNode base, JsonNode repository) {
        JsonNode protection = base.path("refUpdateRule");
        Set<String> checks = new LinkedHashSet<>();
        protection.path("requiredStatusCheckContexts").forEach(name -> checks.add(name.asText("")));
        int approvals = protection.path("requiredApprovingReviewCount").asInt(0);
        boolean resolved = protection.path("requiresConversationResolution").asBoolean(false);
        boolean upToDate = false;
        for (JsonNode rule : base.path("rules").path("nodes")) {
            JsonNode parameters = rule.path("parameters");
            parameters
                    .path("requiredStatusChecks")
                    .forEach(check -> checks.add(check.path("context").asText("")));
            upToDate |= parameters.path("strictRequiredStatusChecksPolicy").asBoolean(false);
            approvals = Math.max(
                    approvals, parameters.path("requiredApprovingReviewCount").asInt(0));
            resolved |= parameters.path("requiredReviewThreadResolution").asBoolean(false);
        }
        var methods = new ArrayList<MergeMethod>();
        for (MergeMethod method : MergeMethod.values()) {
            String field =
                    switch (method) {
                        case MERGE -> "mergeCommitAllowed";
                        case SQUASH -> "squashMergeAllowed";
                        case REBASE -> "rebaseMergeAllowed";
                    };
            if (repository.path(field).asBoolean(true)) {
                methods.add(method);
            }
        }
        return new PullFacts.Rules(
                List.copyOf(checks),
                approvals,
                upToDate,
                resolved,
                repository.path("autoMergeAllowed").asBoolean(false),
                methods);
    }

    private static Stream<JsonNode> nodes(JsonNode connection) {
        return Json.stream(connection.path("nodes"));
    }

    /** A number as text: {@code BigInt}. */
    private static long id(JsonNode json) {
        String digits = json.path("fullDatabaseId").asText("");
        if (!digits.matches("[0-9]{1,18}")) {
            throw Failures.bug("GitHub's answer has no id where there must be one");
        }
        return Long.parseLong(digits);
    }

    private static Optional<Sha> commit(JsonNode json) {
        return json.path("oid").isTextual() ? Optional.of(Json.sha(json.path("oid"))) : Optional.empty();
    }
}
