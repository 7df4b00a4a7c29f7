package dev.pawl.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.act.Act;
import dev.pawl.sandbox.api.GraphQlApi.Failed;
import dev.pawl.sandbox.graphql.Selection;
import dev.pawl.sandbox.http.Call;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.json.PullNode;
import dev.pawl.sandbox.json.View;
import dev.pawl.sandbox.world.PullRequest;
import dev.pawl.sandbox.world.Repo;
import dev.pawl.sandbox.world.ReviewComment;
import dev.pawl.sandbox.world.Right;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;

/** What only GraphQL changes. See <a href="https://docs.github.com/graphql/reference/mutations">mutations</a>. */
final class PullMutations {
    private PullMutations() {}

    static JsonNode make(Call call, Selection.Field field) {
        JsonNode input = field.argument("input");
        return switch (field.name()) {
            case "resolveReviewThread" -> resolve(call, input.path("threadId").asText());
            case "markPullRequestReadyForReview" -> draft(call, input, false);
            case "convertPullRequestToDraft" -> draft(call, input, true);
            case "enablePullRequestAutoMerge" -> autoMerge(call, input);
            case "disablePullRequestAutoMerge" -> noAutoMerge(call, input);
            default -> throw new IllegalStateException("the schema has no " + field.name());
        };
    }

    private record Found(Act act, PullRequest pull) {
        JsonNode payload() {
            ObjectNode payload = Json.object();
            payload.set("pullRequest", new PullNode(act.hub().view(act.repo())).of(pull));
            return payload;
        }
    }

    private static Found find(Call call, Right right, BiPredicate<Repo, PullRequest> which, String id) {
        for (Repo repo : call.hub().world().repos()) {
            for (PullRequest pull : repo.pulls().values()) {
                if (which.test(repo, pull) && Right.READ.isOf(call.account(), repo)) {
                    GraphQlApi.needs(right, call, repo);
                    return new Found(GraphQlApi.in(call, repo).act(), pull);
                }
            }
        }
        throw new Failed("NOT_FOUND", "Could not resolve to a node with the global id of '" + id + "'.");
    }

    private static Found pull(Call call, Right right, JsonNode input) {
        String id = input.path("pullRequestId").asText();
        return find(call, right, (_, pull) -> View.nodeId("PR", pull.id()).equals(id), id);
    }

    private static JsonNode resolve(Call call, String id) {
        Found found = find(call, Right.EDIT_PULLS, (_, pull) -> thread(pull, id).isPresent(), id);
        ReviewComment first = thread(found.pull(), id).orElseThrow();
        found.act().reviews().resolve(found.pull(), first.id(), true);
        ObjectNode payload = Json.object();
        payload.set("thread", new PullNode(found.act().hub().view(found.act().repo())).thread(first, found.pull()));
        return payload;
    }

    private static Optional<ReviewComment> thread(PullRequest pull, String id) {
        return pull.reviewComments().stream()
                .filter(comment -> comment.inReplyTo() == null)
                .filter(comment -> View.nodeId("PRRT", comment.id()).equals(id))
                .findFirst();
    }

    private static JsonNode draft(Call call, JsonNode input, boolean isDraft) {
        Found found = pull(call, Right.EDIT_PULLS, input);
        // Which needs contents: write, too, as many found out (cli/cli#8910).
        GraphQlApi.needs(Right.PUSH, call, found.act().repo());
        found.act().pulls().draft(found.pull(), isDraft);
        return found.payload();
    }

    private static JsonNode autoMerge(Call call, JsonNode input) {
        Found found = pull(call, Right.PUSH, input);
        PullRequest pull = found.pull();
        if (!found.act().repo().settings().autoMergeAllowed()) {
            throw new Failed("UNPROCESSABLE", "Auto merge is not allowed for this repository");
        }
        if (input.hasNonNull("expectedHeadOid")
                && !input.path("expectedHeadOid").asText().equals(pull.headSha())) {
            throw new Failed("UNPROCESSABLE", "Pull request Head sha is out of date");
        }
        String method = input.path("mergeMethod").asText("MERGE").toLowerCase(Locale.ROOT);
        String title = input.path("commitHeadline").asText("");
        String message = title.isEmpty()
                ? null
                : title
                        + (input.hasNonNull("commitBody")
                                ? "\n\n" + input.path("commitBody").asText()
                                : "");
        found.act().merges().wait(pull, method, message).ifPresent(why -> {
            throw new Failed("UNPROCESSABLE", why);
        });
        return found.payload();
    }

    private static JsonNode noAutoMerge(Call call, JsonNode input) {
        Found found = pull(call, Right.PUSH, input);
        if (found.pull().autoMerge() == null) {
            throw new Failed("UNPROCESSABLE", "Can't disable auto-merge for this pull request");
        }
        found.act().merges().waitNoMore(found.pull());
        return found.payload();
    }
}
