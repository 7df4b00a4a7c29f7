package dev.pawl.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.forge.github.http.Answer;
import dev.pawl.forge.github.http.Call;
import dev.pawl.forge.github.http.Failures;
import dev.pawl.forge.github.http.RestClient;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pull requests (docs.github.com, REST API, "Pull requests"). Through the small client, because hub4j asks one more
 * request for the author's id.
 */
final class Pulls {
    private static final Logger LOG = LoggerFactory.getLogger(Pulls.class);

    private final GitHubConnection github;
    private final Labels labels;

    Pulls(GitHubConnection github, Labels labels) {
        this.github = github;
        this.labels = labels;
    }

    Optional<PullRequest> find(int number) {
        return github.rest().findNamed(github.path("/pulls/" + number)).map(answer -> Json.pull(answer.json()));
    }

    /** Ours from that branch of this repository, open or not, the newest first. */
    List<PullRequest> ours(BranchName branch) {
        String head = RestClient.segment(github.settings().owner() + ":" + branch.value());
        return github.rest().pages(github.path("/pulls?state=all&per_page=100&head=" + head), 1).stream()
                .map(Json::pull)
                .filter(pull -> pull.sameRepository() && pull.headBranch().equals(branch.value()))
                .filter(pull -> pull.author().id() == github.account().id())
                .toList();
    }

    PullRequest ensure(Effect.EnsurePullRequest wanted) {
        JsonNode json = open(wanted);
        reviewers(json, wanted.reviewers());
        labels(json, wanted.labels());
        return Json.pull(json);
    }

    private JsonNode open(Effect.EnsurePullRequest wanted) {
        Call call = Call.write(
                Call.Method.POST,
                github.path("/pulls"),
                RestClient.object()
                        .put("title", wanted.title())
                        .put("body", wanted.body())
                        .put("head", wanted.head().value())
                        .put("base", wanted.base())
                        .put("draft", wanted.draft()));
        return github.settlement().settle(() -> opened(call, wanted), () -> existing(wanted));
    }

    private JsonNode opened(Call call, Effect.EnsurePullRequest wanted) {
        Answer answer = github.rest().write(call);
        if (answer.status() == 422 && answer.says("already exists")) {
            return existing(wanted)
                    .or(() -> github.settlement().look(() -> existing(wanted)))
                    .orElseThrow(() -> Failures.outage("GitHub doesn't show the pull request from " + wanted.head()
                            + ", of which it says that it exists"));
        }
        return RestClient.accepted(call, answer).json();
    }

    /**
     * The open pull request from that branch to that base; only one of ours is adopted.
     *
     * @throws ForgeFailure when somebody else opened it
     */
    private Optional<JsonNode> existing(Effect.EnsurePullRequest wanted) {
        String head = github.settings().owner() + ":" + wanted.head().value();
        String query = "?state=open&per_page=100&head=" + RestClient.segment(head) + "&base="
                + RestClient.segment(wanted.base());
        List<JsonNode> open = github.rest().pages(github.path("/pulls" + query)).stream()
                .filter(json -> isFromHere(Json.pull(json), wanted))
                .toList();
        Optional<JsonNode> ours = open.stream()
                .filter(json ->
                        Json.actor(json.path("user")).id() == github.account().id())
                .findFirst();
        if (ours.isEmpty() && !open.isEmpty()) {
            throw Failures.access("pull request #" + Json.number(open.getFirst()) + " from " + wanted.head()
                    + " was opened by somebody else; close it, or go on by hand");
        }
        return ours;
    }

    private static boolean isFromHere(PullRequest pull, Effect.EnsurePullRequest wanted) {
        return pull.sameRepository()
                && pull.headBranch().equals(wanted.head().value())
                && pull.base().equals(wanted.base());
    }

    /** Asks those who weren't asked. The author can't be: 422. Teams are written {@code org/team}. */
    private void reviewers(JsonNode pull, List<String> wanted) {
        Set<String> passed = new HashSet<>();
        passed.add(lower(pull.path("user").path("login").asText("")));
        pull.path("requested_reviewers")
                .forEach(user -> passed.add(lower(user.path("login").asText(""))));
        ObjectNode body = RestClient.object();
        ArrayNode people = body.putArray("reviewers");
        ArrayNode teams = body.putArray("team_reviewers");
        for (String reviewer : wanted) {
            int slash = reviewer.indexOf('/');
            if (slash >= 0) {
                teams.add(reviewer.substring(slash + 1));
            } else if (!passed.contains(lower(reviewer))) {
                people.add(reviewer);
            }
        }
        if (!people.isEmpty() || !teams.isEmpty()) {
            Call call = Call.write(
                    Call.Method.POST, github.path("/pulls/" + Json.number(pull) + "/requested_reviewers"), body);
            unlessItFails(
                    "reviewers",
                    () -> RestClient.accepted(
                            call, github.settlement().settle(() -> github.rest().write(call))));
        }
    }

    private void labels(JsonNode pull, List<String> wanted) {
        List<String> there =
                Json.labels(pull.path("labels")).stream().map(Pulls::lower).toList();
        List<String> missing =
                wanted.stream().filter(label -> !there.contains(lower(label))).toList();
        if (!missing.isEmpty()) {
            unlessItFails("labels", () -> labels.add(Json.number(pull), missing));
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The pull request is there; what decorates it isn't worth failing for. */
    private static void unlessItFails(String what, Runnable write) {
        try {
            write.run();
        } catch (ForgeFailure e) {
            LOG.info("pull-request={} outcome=ignored why=\"{}\"", what, e.getMessage());
        }
    }
}
