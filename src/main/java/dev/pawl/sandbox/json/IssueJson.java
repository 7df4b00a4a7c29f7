package dev.pawl.sandbox.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.world.Comment;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.Label;
import dev.pawl.sandbox.world.PullRequest;
import dev.pawl.sandbox.world.Reaction;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Issues, their labels, comments and reactions. */
public final class IssueJson {
    private IssueJson() {}

    /** An issue, also of a pull request. */
    public static ObjectNode of(Issue issue, View view) {
        String url = view.api("/issues/" + issue.number());
        PullRequest pull = view.repo().pulls().get(issue.number());
        String page = view.html((pull == null ? "/issues/" : "/pull/") + issue.number());
        ObjectNode json = Json.object()
                .put("id", issue.id())
                .put("node_id", View.nodeId("I", issue.id()))
                .put("url", url)
                .put("repository_url", view.api(""))
                .put("labels_url", url + "/labels{/name}")
                .put("comments_url", url + "/comments")
                .put("events_url", url + "/events")
                .put("timeline_url", url + "/timeline")
                .put("html_url", page)
                .put("number", issue.number())
                .put("title", issue.title())
                .put("body", issue.body().isEmpty() ? null : issue.body())
                .put("state", issue.isOpen() ? "open" : "closed")
                .put("state_reason", issue.stateReason())
                .put("locked", issue.lock() != null)
                .put(
                        "active_lock_reason",
                        issue.lock() == null ? null : issue.lock().reason())
                .put("comments", view.repo().commentsOf(issue.number()).size())
                .put("author_association", view.association(issue.author()))
                .put("created_at", Json.time(issue.createdAt()))
                .put("updated_at", Json.time(issue.updatedAt()))
                .put("closed_at", Json.timeOrNull(issue.closedAt()));
        json.set("user", view.user(issue.author()));
        json.set("labels", labels(issue, view));
        people(json, issue, view);
        json.set("closed_by", issue.closedBy() == null ? Json.none() : view.user(issue.closedBy()));
        json.putNull("milestone");
        json.putNull("performed_via_github_app");
        json.set("reactions", rollUp(issue.id(), url + "/reactions", view));
        if (issue.type() != null) {
            json.set("type", type(issue.type()));
        }
        json.set("issue_dependencies_summary", dependencies(issue, view));
        if (pull != null) {
            json.put("draft", pull.isDraft()).set("pull_request", link(pull, page, view));
        }
        return json;
    }

    static void people(ObjectNode json, Issue issue, View view) {
        json.set("assignees", Json.array(issue.assignees().stream().map(view::user)));
        json.set(
                "assignee",
                issue.assignees().isEmpty()
                        ? Json.none()
                        : view.user(issue.assignees().getFirst()));
    }

    private static ObjectNode type(String name) {
        return Json.object()
                .put("id", name.hashCode() & 0xffff)
                .put("node_id", View.nodeId("IT", name))
                .put("name", name)
                .putNull("description");
    }

    private static ObjectNode dependencies(Issue issue, View view) {
        long open = view.repo().issues().values().stream()
                .filter(other -> issue.blockedBy().contains(other.number()) && other.isOpen())
                .count();
        return Json.object()
                .put("blocked_by", open)
                .put("total_blocked_by", issue.blockedBy().size())
                .put("blocking", 0)
                .put("total_blocking", 0);
    }

    private static ObjectNode link(PullRequest pull, String page, View view) {
        var merge = pull.merge();
        return Json.object()
                .put("url", view.api("/pulls/" + pull.number()))
                .put("html_url", page)
                .put("diff_url", page + ".diff")
                .put("patch_url", page + ".patch")
                .put("merged_at", merge == null ? null : Json.time(merge.at()));
    }

    /** An issue's labels. */
    public static ArrayNode labels(Issue issue, View view) {
        return Json.array(issue.labels().stream()
                .flatMap(name -> view.repo().label(name).stream())
                .map(label -> of(label, view)));
    }

    /** A label. */
    public static ObjectNode of(Label label, View view) {
        String name = URLEncoder.encode(label.name(), StandardCharsets.UTF_8).replace("+", "%20");
        return Json.object()
                .put("id", label.id())
                .put("node_id", View.nodeId("LA", label.id()))
                .put("url", view.api("/labels/" + name))
                .put("name", label.name())
                .put("color", label.color())
                .put("default", false)
                .put("description", label.description());
    }

    /** A comment. */
    public static ObjectNode of(Comment comment, View view) {
        String kind = view.repo().pulls().containsKey(comment.number()) ? "/pull/" : "/issues/";
        String url = view.api("/issues/comments/" + comment.id());
        ObjectNode json = Json.object()
                .put("id", comment.id())
                .put("node_id", View.nodeId("IC", comment.id()))
                .put("url", url)
                .put("html_url", view.html(kind + comment.number() + "#issuecomment-" + comment.id()))
                .put("issue_url", view.api("/issues/" + comment.number()))
                .put("body", comment.body())
                .put("author_association", view.association(comment.author()))
                .put("created_at", Json.time(comment.createdAt()))
                .put("updated_at", Json.time(comment.updatedAt()));
        json.set("user", view.user(comment.author()));
        json.putNull("performed_via_github_app");
        json.set("reactions", rollUp(comment.id(), url + "/reactions", view));
        return json;
    }

    /** A reaction. */
    public static ObjectNode of(Reaction reaction, View view) {
        ObjectNode json = Json.object()
                .put("id", reaction.id())
                .put("node_id", View.nodeId("REA", reaction.id()))
                .put("content", reaction.content())
                .put("created_at", Json.time(reaction.createdAt()));
        json.set("user", view.user(reaction.account()));
        return json;
    }

    private static ObjectNode rollUp(long subject, String url, View view) {
        var reactions = view.repo().reactions(subject);
        ObjectNode json = Json.object().put("url", url).put("total_count", reactions.size());
        for (String content : Reaction.CONTENTS) {
            json.put(
                    content,
                    reactions.stream().filter(r -> r.content().equals(content)).count());
        }
        return json;
    }
}
