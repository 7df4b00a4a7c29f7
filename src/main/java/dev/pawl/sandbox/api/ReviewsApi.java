package dev.pawl.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.act.ReviewActs.Remark;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Call;
import dev.pawl.sandbox.http.Page;
import dev.pawl.sandbox.http.Refusal;
import dev.pawl.sandbox.http.Route;
import dev.pawl.sandbox.json.PullFacts;
import dev.pawl.sandbox.json.PullJson;
import dev.pawl.sandbox.world.Account;
import dev.pawl.sandbox.world.PullRequest;
import dev.pawl.sandbox.world.Review;
import dev.pawl.sandbox.world.Review.Verdict;
import dev.pawl.sandbox.world.ReviewComment;
import dev.pawl.sandbox.world.ReviewComment.Place;
import dev.pawl.sandbox.world.Right;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Reviews and comments on lines. See <a href="https://docs.github.com/rest/pulls/reviews">REST: reviews</a>. */
final class ReviewsApi {
    private static final Pattern HUNK = Pattern.compile("^@@ -[0-9,]+ \\+([0-9]+)(?:,([0-9]+))? @@", Pattern.MULTILINE);

    private ReviewsApi() {}

    static List<Route> routes() {
        return List.of(
                Route.of(
                        "GET",
                        "/pulls/{number}/reviews",
                        call -> Page.of(call, call.pull().reviews(), r -> PullJson.of(r, call.pull(), call.view()))),
                Route.of("POST", "/pulls/{number}/reviews", ReviewsApi::submit),
                Route.of("PUT", "/pulls/{number}/reviews/{id}/dismissals", ReviewsApi::dismiss),
                Route.of(
                        "GET",
                        "/pulls/{number}/comments",
                        call -> Page.of(
                                call, call.pull().reviewComments(), c -> PullJson.of(c, call.pull(), call.view()))),
                Route.of("POST", "/pulls/{number}/comments", ReviewsApi::remark),
                Route.of("POST", "/pulls/{number}/comments/{id}/replies", ReviewsApi::reply));
    }

    private static Answer submit(Call call) {
        call.needs(Right.REVIEW);
        PullRequest pull = call.pull();
        ObjectNode body = call.body();
        Verdict verdict = verdict(call, pull, Body.text(body, "event").orElse("COMMENT"));
        String words = Body.words(body, "PullRequestReview").orElse("");
        var remarks = new ArrayList<Remark>();
        for (JsonNode item : body.path("comments")) {
            remarks.add(inDiff(call, remark(pull, (ObjectNode) item)));
        }
        if (words.isBlank() && remarks.isEmpty() && verdict != Verdict.APPROVED) {
            throw Refusal.unprocessable("Unprocessable Entity");
        }
        Review review = call.act().reviews().submit(pull, verdict, words, remarks);
        return Answer.ok(PullJson.of(review, pull, call.view()));
    }

    private static Verdict verdict(Call call, PullRequest pull, String event) {
        boolean isOwn =
                call.act().pulls().issueOf(pull).author().equals(call.account().login());
        Verdict verdict =
                switch (event) {
                    case "APPROVE" -> Verdict.APPROVED;
                    case "REQUEST_CHANGES" -> Verdict.CHANGES_REQUESTED;
                    case "COMMENT" -> Verdict.COMMENTED;
                    default -> throw Refusal.invalid("PullRequestReview", "event", "invalid");
                };
        if (isOwn && verdict != Verdict.COMMENTED) {
            throw Refusal.unprocessable(
                    verdict == Verdict.APPROVED
                            ? "Can not approve your own pull request"
                            : "Can not request changes on your own pull request");
        }
        if (verdict == Verdict.APPROVED
                && call.account().kind() == Account.Kind.ACTIONS
                && !call.repo().settings().actionsMayOpenPullRequests()) {
            throw Refusal.unprocessable("GitHub Actions is not permitted to approve pull requests.");
        }
        return verdict;
    }

    private static Answer dismiss(Call call) {
        call.needs(Right.EDIT_PULLS);
        PullRequest pull = call.pull();
        long id = call.number("id");
        Review review =
                pull.reviews().stream().filter(r -> r.id() == id).findFirst().orElseThrow(Refusal::notFound);
        return Answer.ok(PullJson.of(call.act().reviews().dismiss(pull, review), pull, call.view()));
    }

    private static Answer remark(Call call) {
        call.needs(Right.REVIEW);
        PullRequest pull = call.pull();
        ReviewComment comment = call.act().reviews().remark(pull, remark(pull, call.body()));
        return Answer.created(PullJson.of(comment, pull, call.view()));
    }

    /** A comment stands on a line of the diff: changed, or shown beside what changed. */
    private static Remark inDiff(Call call, Remark remark) {
        Place place = remark.place();
        String patch = new PullFacts(call.pull(), call.view())
                .files().stream()
                        .filter(file -> file.path().equals(place.path()))
                        .findFirst()
                        .map(file -> Objects.requireNonNullElse(file.patch(), ""))
                        .orElseThrow(() -> Refusal.unprocessable("Path could not be resolved"));
        int from = Objects.requireNonNullElse(place.startLine(), place.line());
        boolean isShown = HUNK.matcher(patch).results().anyMatch(hunk -> {
            int first = Integer.parseInt(hunk.group(1));
            int lines = hunk.group(2) == null ? 1 : Integer.parseInt(hunk.group(2));
            return "LEFT".equals(place.side()) || (from >= first && place.line() < first + lines);
        });
        if (!isShown) {
            throw Refusal.unprocessable("Line could not be resolved");
        }
        return remark;
    }

    private static Remark remark(PullRequest pull, ObjectNode body) {
        var place = new Place(
                Body.needed(body, "path", "PullRequestReviewComment"),
                body.path("line").asInt(body.path("position").asInt(1)),
                body.hasNonNull("start_line") ? body.path("start_line").asInt() : null,
                Body.text(body, "side").orElse("RIGHT"),
                Body.text(body, "commit_id").orElse(pull.headSha()));
        String words = Body.words(body, "PullRequestReviewComment")
                .orElseThrow(() -> Refusal.invalid("PullRequestReviewComment", "body", "missing_field"));
        return new Remark(place, words, null);
    }

    private static Answer reply(Call call) {
        call.needs(Right.REVIEW);
        PullRequest pull = call.pull();
        long id = call.number("id");
        ReviewComment first = pull.reviewComments().stream()
                .filter(c -> c.id() == id)
                .findFirst()
                .orElseThrow(Refusal::notFound);
        String words = Body.needed(call.body(), "body", "PullRequestReviewComment");
        ReviewComment reply = call.act().reviews().remark(pull, new Remark(first.place(), words, first.id()));
        return Answer.created(PullJson.of(reply, pull, call.view()));
    }
}
