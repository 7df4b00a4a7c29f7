package dev.pawl.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.act.MergeActs.Method;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Call;
import dev.pawl.sandbox.http.Refusal;
import dev.pawl.sandbox.http.Route;
import dev.pawl.sandbox.json.Gates;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.world.PullRequest;
import dev.pawl.sandbox.world.Right;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/** Merging. See <a href="https://docs.github.com/rest/pulls/pulls#merge-a-pull-request">REST: merge a pull request</a>. */
final class MergeApi {
    private MergeApi() {}

    static List<Route> routes() {
        return List.of(
                Route.of("GET", "/pulls/{number}/merge", MergeApi::isMerged),
                Route.of("PUT", "/pulls/{number}/merge", MergeApi::merge),
                Route.of("PUT", "/pulls/{number}/update-branch", MergeApi::update));
    }

    private static Answer isMerged(Call call) {
        if (call.pull().merge() == null) {
            throw Refusal.notFound();
        }
        return Answer.nothing();
    }

    /** 409 where the head isn't the one the caller saw, 405 where it can't be merged. */
    private static Answer merge(Call call) {
        call.needs(Right.PUSH);
        PullRequest pull = call.pull();
        ObjectNode body = call.body();
        if (Body.text(body, "sha").filter(sha -> !sha.equals(pull.headSha())).isPresent()) {
            throw Refusal.of(409, "Head branch was modified. Review and try the merge again.");
        }
        String way = Body.text(body, "merge_method").orElse("merge");
        if (!call.repo().settings().mergeMethods().contains(way)) {
            throw Refusal.of(
                    405,
                    switch (way) {
                        case "squash" -> "Squash merges are not allowed on this repository.";
                        case "rebase" -> "Rebase merges are not allowed on this repository.";
                        default -> "Merge commits are not allowed on this repository.";
                    });
        }
        var gates = new Gates(pull, call.view());
        gates.blocking().ifPresent(why -> {
            throw Refusal.of(405, why);
        });
        if (gates.isBehind()) {
            throw Refusal.of(405, "The head of this pull request isn't up to date with its base.");
        }
        boolean isOpen = call.act().pulls().issueOf(pull).isOpen();
        if (!isOpen || pull.isDraft()) {
            throw Refusal.of(405, isOpen ? "Pull Request is still a draft" : "Pull Request is not mergeable");
        }
        Method method =
                switch (way) {
                    case "merge" -> Method.MERGE;
                    case "squash" -> Method.SQUASH;
                    case "rebase" -> Method.REBASE;
                    default -> throw Refusal.invalid("PullRequest", "merge_method", "invalid");
                };
        String message = Body.text(body, "commit_title")
                .map(title -> title
                        + Body.text(body, "commit_message").map(m -> "\n\n" + m).orElse(""))
                .orElse(null);
        ObjectId commit = call.act()
                .merges()
                .merge(pull, method, message)
                .orElseThrow(() -> Refusal.of(405, "Pull Request is not mergeable"));
        return Answer.ok(Json.object()
                .put("sha", commit.name())
                .put("merged", true)
                .put("message", "Pull Request successfully merged"));
    }

    private static Answer update(Call call) {
        call.needs(Right.PUSH);
        PullRequest pull = call.pull();
        if (Body.text(call.body(), "expected_head_sha")
                .filter(sha -> !sha.equals(pull.headSha()))
                .isPresent()) {
            throw Refusal.unprocessable("expected head sha didn't match current head ref.");
        }
        ObjectId base = call.git().branch(pull.baseRef());
        if (base != null
                && call.git()
                        .comparison()
                        .commits(ObjectId.fromString(pull.headSha()), base)
                        .isEmpty()) {
            throw Refusal.unprocessable("There are no new commits on the base branch.");
        }
        if (call.act().merges().update(pull).isEmpty()) {
            throw Refusal.unprocessable("merge conflict between base and head");
        }
        return Answer.of(
                202,
                Json.object()
                        .put("message", "Updating pull request branch.")
                        .put("url", call.view().api("/pulls/" + pull.number())));
    }
}
