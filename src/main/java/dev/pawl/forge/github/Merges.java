package dev.pawl.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.port.PullRequests;
import dev.pawl.domain.port.PullRequests.AutoMerge;
import dev.pawl.domain.port.PullRequests.Merged;
import dev.pawl.domain.port.PullRequests.Updated;
import dev.pawl.forge.github.http.Answer;
import dev.pawl.forge.github.http.Call;
import dev.pawl.forge.github.http.Failures;
import dev.pawl.forge.github.http.RestClient;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Merges, and what belongs to it. Each write names the head that it means, so that GitHub itself refuses where somebody
 * pushed in between (docs.github.com, REST API, "Merge a pull request", "Update a pull request branch").
 */
final class Merges {
    private static final List<String> READY = List.of("clean status", "unstable status", "has_hooks status");

    private final GitHubConnection github;
    private final GraphQl graphQl;

    Merges(GitHubConnection github) {
        this.github = github;
        this.graphQl = new GraphQl(github);
    }

    Merged merge(PullRequests.Merge wish) {
        Optional<Merged> before = merged(wish);
        if (before.isPresent()) {
            return before.get();
        }
        ObjectNode body = RestClient.object()
                .put("sha", wish.head().value())
                .put("merge_method", wish.method().word());
        wish.title().ifPresent(title -> body.put("commit_title", title));
        wish.message().ifPresent(message -> body.put("commit_message", message));
        Call call = Call.write(Call.Method.PUT, github.path("/pulls/" + wish.pull() + "/merge"), body);
        return github.settlement().settle(() -> merged(call, wish), () -> merged(wish));
    }

    private Merged merged(Call call, PullRequests.Merge wish) {
        Answer answer = github.rest().write(call);
        return switch (answer.status()) {
            case 405, 409, 422 ->
                // It may have been merged by somebody else, or by the same write that was answered to nobody.
                merged(wish)
                        .orElseGet(() -> answer.status() == 409 && answer.says("head branch was modified")
                                ? new Merged.HeadMoved()
                                : new Merged.Refused(answer.said()));
            default ->
                new Merged.Done(
                        Json.sha(RestClient.accepted(call, answer).json().path("sha")));
        };
    }

    /** What is so already: merged, or another head. */
    private Optional<Merged> merged(PullRequests.Merge wish) {
        PullRequest now = Json.pull(pull(wish.pull()));
        Optional<Merged> done = now.merging().commit().map(Merged.Done::new);
        return done.isPresent() || now.head().equals(wish.head()) ? done : Optional.of(new Merged.HeadMoved());
    }

    /** A pull request that nothing stands in the way of can't wait to be merged: "Pull request is in clean status" (or unstable). */
    AutoMerge ensureAutomatic(PullRequests.Merge wish) {
        JsonNode json = pull(wish.pull());
        if (!Json.pull(json).head().equals(wish.head())) {
            return new AutoMerge.Refused("the head moved");
        }
        if (json.path("auto_merge").isObject()) {
            return new AutoMerge.On();
        }
        ObjectNode input = RestClient.object()
                .put("pullRequestId", json.path("node_id").asText(""))
                .put("mergeMethod", wish.method().name())
                .put("expectedHeadOid", wish.head().value());
        wish.title().ifPresent(title -> input.put("commitHeadline", title));
        wish.message().ifPresent(message -> input.put("commitBody", message));
        Answer answer = github.settlement().settle(() -> graphQl.change(PullQueries.AUTO_MERGE, input));
        if (GraphQl.done(answer)) {
            return new AutoMerge.On();
        }
        if (GraphQl.forbidden(answer)) {
            throw GraphQl.failure(answer);
        }
        return READY.stream().anyMatch(answer::says) ? new AutoMerge.Unneeded() : new AutoMerge.Refused(answer.said());
    }

    void ensureNotAutomatic(int number) {
        JsonNode json = pull(number);
        if (!json.path("auto_merge").isObject()) {
            return;
        }
        ObjectNode input =
                RestClient.object().put("pullRequestId", json.path("node_id").asText(""));
        Answer answer = github.settlement().settle(() -> graphQl.change(PullQueries.NO_AUTO_MERGE, input));
        if (!GraphQl.done(answer) && pull(number).path("auto_merge").isObject()) {
            throw GraphQl.failure(answer);
        }
    }

    /** 202: the merge is made later. With the head it expects, asking twice is the same as once. */
    Updated update(int number, Sha head) {
        Call call = Call.write(
                Call.Method.PUT,
                github.path("/pulls/" + number + "/update-branch"),
                RestClient.object().put("expected_head_sha", head.value()));
        Answer answer = github.settlement().settle(() -> github.rest().write(call));
        if (answer.status() != 422) {
            RestClient.accepted(call, answer);
            return Updated.BEGUN;
        }
        String said = answer.said().toLowerCase(Locale.ROOT);
        if (said.contains("expected head sha")) {
            return Updated.HEAD_MOVED;
        }
        if (said.contains("no new commits")) {
            return Updated.CURRENT;
        }
        if (said.contains("conflict")) {
            return Updated.CONFLICT;
        }
        throw Failures.of(call, answer);
    }

    /** Deleting has no expected commit: it is looked at just before. Deleting what is gone is 422. */
    boolean ensureBranchGone(String branch, Sha commit) {
        String ref = "heads/" + RestClient.path(branch);
        Optional<Sha> now = github.rest()
                .find(github.path("/git/ref/" + ref))
                .map(answer -> Json.sha(answer.json().path("object").path("sha")));
        if (now.isEmpty()) {
            return true;
        }
        if (!now.get().equals(commit)) {
            return false;
        }
        Call call = Call.delete(github.path("/git/refs/" + ref));
        Answer answer = github.settlement().settle(() -> github.rest().write(call));
        if (!answer.gone() && !(answer.status() == 422 && answer.says("does not exist"))) {
            RestClient.accepted(call, answer);
        }
        return true;
    }

    private JsonNode pull(int number) {
        return github.rest()
                .find(github.path("/pulls/" + number))
                .orElseThrow(() -> Failures.gone("pull request #" + number))
                .json();
    }
}
