package dev.pawl.sandbox.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.PullRequest;
import dev.pawl.sandbox.world.Review;
import dev.pawl.sandbox.world.ReviewComment;
import java.util.Objects;
import java.util.Optional;

/** Pull requests as lists show them, reviews, and comments on lines. */
public final class PullJson {
    private PullJson() {}

    /** A pull request without what only a single read works out. */
    public static ObjectNode simple(PullRequest pull, View view) {
        Issue issue = Objects.requireNonNull(view.repo().issues().get(pull.number()));
        String url = view.api("/pulls/" + pull.number());
        String page = page(pull, view);
        var merge = pull.merge();
        ObjectNode json = Json.object()
                .put("id", pull.id())
                .put("node_id", View.nodeId("PR", pull.id()))
                .put("url", url)
                .put("html_url", page)
                .put("diff_url", page + ".diff")
                .put("patch_url", page + ".patch")
                .put("issue_url", view.api("/issues/" + pull.number()))
                .put("commits_url", url + "/commits")
                .put("review_comments_url", url + "/comments")
                .put("review_comment_url", view.api("/pulls/comments{/number}"))
                .put("comments_url", view.api("/issues/" + pull.number() + "/comments"))
                .put("statuses_url", view.api("/statuses/" + pull.headSha()))
                .put("number", pull.number())
                .put("state", issue.isOpen() ? "open" : "closed")
                .put("locked", issue.lock() != null)
                .put("title", issue.title())
                .put("body", issue.body().isEmpty() ? null : issue.body())
                .put("draft", pull.isDraft())
                .put("author_association", view.association(issue.author()))
                .put("created_at", Json.time(issue.createdAt()))
                .put("updated_at", Json.time(issue.updatedAt()))
                .put("closed_at", Json.timeOrNull(issue.closedAt()))
                .put("merged_at", merge == null ? null : Json.time(merge.at()))
                .put("merge_commit_sha", merge == null ? null : merge.commit());
        json.set("user", view.user(issue.author()));
        json.set("labels", IssueJson.labels(issue, view));
        IssueJson.people(json, issue, view);
        json.putNull("milestone");
        json.set("auto_merge", autoMerge(pull, view));
        json.putNull("active_lock_reason");
        json.set(
                "requested_reviewers",
                Json.array(pull.requestedReviewers().stream().map(view::user)));
        json.putArray("requested_teams");
        json.set("head", head(pull, view));
        json.set("base", tip(pull.baseRef(), pull.baseSha(), view));
        json.set("_links", links(pull, page, view));
        return json;
    }

    private static JsonNode autoMerge(PullRequest pull, View view) {
        var auto = pull.autoMerge();
        if (auto == null) {
            return Json.none();
        }
        ObjectNode json = Json.object()
                .put("merge_method", auto.method())
                .put("commit_title", "")
                .put("commit_message", auto.message() == null ? "" : auto.message());
        json.set("enabled_by", view.user(auto.by()));
        return json;
    }

    private static String page(PullRequest pull, View view) {
        return view.html("/pull/" + pull.number());
    }

    private static ObjectNode tip(String ref, String sha, View view) {
        ObjectNode json = Json.object()
                .put("label", view.repo().owner() + ":" + ref)
                .put("ref", ref)
                .put("sha", sha);
        json.set("user", view.user(view.repo().owner()));
        json.set("repo", RepoJson.of(view));
        return json;
    }

    private static ObjectNode head(PullRequest pull, View view) {
        String fork = pull.fork();
        if (fork == null) {
            return tip(pull.headRef(), pull.headSha(), view);
        }
        ObjectNode json = Json.object()
                .put("label", fork + ":" + pull.headRef())
                .put("ref", pull.headRef())
                .put("sha", pull.headSha());
        json.set("user", view.user(fork));
        json.set("repo", RepoJson.fork(fork, view));
        return json;
    }

    private static ObjectNode links(PullRequest pull, String page, View view) {
        String url = view.api("/pulls/" + pull.number());
        String issue = view.api("/issues/" + pull.number());
        ObjectNode json = Json.object();
        json.set("self", href(url));
        json.set("html", href(page));
        json.set("issue", href(issue));
        json.set("comments", href(issue + "/comments"));
        json.set("review_comments", href(url + "/comments"));
        json.set("review_comment", href(view.api("/pulls/comments{/number}")));
        json.set("commits", href(url + "/commits"));
        json.set("statuses", href(view.api("/statuses/" + pull.headSha())));
        return json;
    }

    private static JsonNode href(String address) {
        return Json.object().put("href", address);
    }

    /** A review. */
    public static ObjectNode of(Review review, PullRequest pull, View view) {
        String page = page(pull, view) + "#pullrequestreview-" + review.id();
        ObjectNode json = Json.object()
                .put("id", review.id())
                .put("node_id", View.nodeId("PRR", review.id()))
                .put("body", review.body())
                .put("state", review.verdict().name())
                .put("html_url", page)
                .put("pull_request_url", view.api("/pulls/" + pull.number()))
                .put("author_association", view.association(review.author()))
                .put("submitted_at", Json.time(review.submittedAt()))
                .put("commit_id", review.commit());
        json.set("user", view.user(review.author()));
        ObjectNode links = Json.object();
        links.set("html", href(page));
        links.set("pull_request", href(view.api("/pulls/" + pull.number())));
        json.set("_links", links);
        return json;
    }

    /** A comment on a line. */
    public static ObjectNode of(ReviewComment comment, PullRequest pull, View view) {
        String url = view.api("/pulls/comments/" + comment.id());
        String page = page(pull, view) + "#discussion_r" + comment.id();
        ReviewComment.Place place = comment.place();
        ObjectNode json = Json.object()
                .put("id", comment.id())
                .put("node_id", View.nodeId("PRRC", comment.id()))
                .put("url", url)
                .put("html_url", page)
                .put("pull_request_url", view.api("/pulls/" + pull.number()))
                .put("pull_request_review_id", comment.review())
                .put("diff_hunk", hunk(place, pull, view))
                .put("path", place.path())
                .put("line", place.line())
                .put("original_line", place.line())
                .put("start_line", place.startLine())
                .put("original_start_line", place.startLine())
                .put("side", place.side())
                .put("start_side", place.startLine() == null ? null : place.side())
                .put("position", place.line())
                .put("original_position", place.line())
                .put("subject_type", "line")
                .put("commit_id", place.commit())
                .put("original_commit_id", place.commit())
                .put("body", comment.body())
                .put("author_association", view.association(comment.author()))
                .put("created_at", Json.time(comment.createdAt()))
                .put("updated_at", Json.time(comment.updatedAt()));
        if (comment.inReplyTo() != null) {
            json.put("in_reply_to_id", comment.inReplyTo());
        }
        json.set("user", view.user(comment.author()));
        ObjectNode links = Json.object();
        links.set("self", href(url));
        links.set("html", href(page));
        links.set("pull_request", href(view.api("/pulls/" + pull.number())));
        json.set("_links", links);
        return json;
    }

    private static String hunk(ReviewComment.Place place, PullRequest pull, View view) {
        return new PullFacts(pull, view)
                .files().stream()
                        .filter(f -> f.path().equals(place.path()))
                        .findFirst()
                        .flatMap(f -> Optional.ofNullable(f.patch()))
                        .orElse("");
    }
}
