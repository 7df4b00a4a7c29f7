package dev.pawl.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Blocker;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Issue;
import dev.pawl.forge.github.http.Answer;
import dev.pawl.forge.github.http.Call;
import dev.pawl.forge.github.http.RestClient;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Issues: read, list, close; their branches; who labelled them; reactions (docs.github.com, REST API, "Issues", "Timeline events"). */
final class Issues {
    private static final Pattern BY_ID = Pattern.compile(".*/repositories/([0-9]{1,18})/issues/[0-9]+");

    private static final Set<String> LABELLINGS = Set.of("labeled", "unlabeled");

    private final GitHubConnection github;
    private final Labels labels;

    Issues(GitHubConnection github, Labels labels) {
        this.github = github;
        this.labels = labels;
    }

    /** A pull request is no issue, though GitHub answers with one. */
    Optional<Issue> find(int number) {
        return github.rest()
                .findNamed(github.path("/issues/" + number))
                .filter(answer -> answer.json().path("number").asInt(0) == number && isHere(answer))
                .filter(answer -> !answer.json().has("pull_request"))
                .map(answer -> {
                    labels.notice(answer.json().path("labels"));
                    return Json.issue(answer.json());
                });
    }

    /**
     * Whether the issue is this repository's. One that was transferred answers with a redirect to where it is now (301,
     * docs.github.com, REST API, "Get an issue"); so does one of a repository that was renamed.
     */
    private boolean isHere(Answer answer) {
        Matcher byId = BY_ID.matcher(String.valueOf(answer.address().getPath()));
        if (byId.matches()) {
            return byId.group(1).equals(Long.toString(github.hub().repositoryId()));
        }
        String repository = answer.json().path("repository_url").asText("").toLowerCase(Locale.ROOT);
        return repository.isEmpty()
                || repository.endsWith(github.settings().path().toLowerCase(Locale.ROOT));
    }

    /** Each once: pages shift while one reads them. */
    List<Issue> open(String label) {
        String query = "?state=open&sort=created&direction=asc&per_page=100&labels=" + RestClient.segment(label);
        var byNumber = new TreeMap<Integer, Issue>();
        github.rest().pages(github.path("/issues" + query)).stream()
                .filter(json -> !json.has("pull_request"))
                .map(Json::issue)
                .forEach(issue -> byNumber.put(issue.number(), issue));
        return List.copyOf(byNumber.values());
    }

    /** By prefix, so that those of issue 420 come along with those of 42 (docs.github.com, "List matching references"). */
    List<BranchName> branches(String prefix, int number) {
        return github.rest().pages(github.path("/git/matching-refs/heads/" + prefix + "/" + number)).stream()
                .map(ref -> ref.path("ref").asText(""))
                .filter(ref -> ref.startsWith("refs/heads/"))
                .flatMap(ref -> BranchName.parse(ref.substring("refs/heads/".length())).stream())
                .filter(branch -> branch.issue() == number)
                .toList();
    }

    /** Whoever put the label on last, unless it was taken off since. The order of the pages isn't relied upon. */
    Optional<Actor> labeler(int number, String label) {
        return github.rest().pages(github.path("/issues/" + number + "/timeline?per_page=100")).stream()
                .filter(event ->
                        label.equalsIgnoreCase(event.path("label").path("name").asText("")))
                .filter(event -> LABELLINGS.contains(event.path("event").asText("")))
                .max(Comparator.comparing((JsonNode event) -> Json.time(event, "created_at"))
                        .thenComparing(event -> event.path("id").longValue()))
                .filter(event -> event.path("event").asText("").equals("labeled"))
                .map(event -> Json.actor(event.path("actor")))
                .filter(actor -> actor.id() != Actor.GHOST.id());
    }

    /** By docs.github.com, REST API, "Issue dependencies". A GitHub Enterprise Server may not have it yet: 404. */
    List<Blocker> blockers(int number) {
        String target = github.path("/issues/" + number + "/dependencies/blocked_by?per_page=100");
        return github.rest().find(target).stream()
                .flatMap(answer -> Json.stream(answer.json()))
                .map(json -> new Blocker(
                        repository(json),
                        Json.number(json),
                        json.path("state").asText("").equals("open")))
                .toList();
    }

    private static String repository(JsonNode issue) {
        String url = issue.path("repository_url").asText("");
        int at = url.indexOf("/repos/");
        return at < 0 ? "" : url.substring(at + "/repos/".length());
    }

    void close(int number) {
        Call call = Call.write(
                Call.Method.PATCH,
                github.path("/issues/" + number),
                RestClient.object().put("state", "closed").put("state_reason", "completed"));
        github.settlement()
                .settle(
                        () -> RestClient.accepted(call, github.rest().write(call)),
                        () -> github.rest()
                                .find(github.path("/issues/" + number))
                                .filter(answer ->
                                        answer.json().path("state").asText("").equals("closed")));
    }

    /** One account's reaction of one kind exists once: 201, and 200 when it was there. A comment may be gone. */
    void react(long comment, boolean done) {
        Call call = Call.write(
                Call.Method.POST,
                github.path("/issues/comments/" + comment + "/reactions"),
                RestClient.object().put("content", done ? "+1" : "confused"));
        Answer answer = github.settlement().settle(() -> github.rest().write(call));
        if (!answer.gone()) {
            RestClient.accepted(call, answer);
        }
    }
}
