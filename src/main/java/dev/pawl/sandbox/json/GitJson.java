package dev.pawl.sandbox.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.git.FileChange;
import dev.pawl.sandbox.git.TreeListing;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/** Refs, commits, trees and changed files. */
public final class GitJson {
    private GitJson() {}

    /** A ref as {@code /git/ref/…} shows it. */
    public static ObjectNode ref(String name, ObjectId target, View view) {
        String kind = view.git().objects().kind(target);
        ObjectNode json = Json.object()
                .put("ref", name)
                .put("node_id", View.nodeId("REF", name))
                .put("url", view.api("/git/" + name));
        json.set(
                "object",
                Json.object()
                        .put("sha", target.name())
                        .put("type", kind)
                        .put("url", view.api("/git/" + kind + "s/" + target.name())));
        return json;
    }

    /** A commit as git knows it: {@code /git/commits/{sha}}. */
    public static ObjectNode bare(RevCommit commit, View view) {
        ObjectNode json = Json.object()
                .put("sha", commit.name())
                .put("node_id", View.nodeId("C", commit.name()))
                .put("url", view.api("/git/commits/" + commit.name()))
                .put("html_url", view.html("/commit/" + commit.name()))
                .put("message", commit.getFullMessage());
        json.set("author", person(commit.getAuthorIdent()));
        json.set("committer", person(commit.getCommitterIdent()));
        json.set("tree", tree(commit.getTree().name(), view));
        json.set("parents", parents(commit, "/git/commits/", view));
        json.set("verification", unsigned());
        return json;
    }

    /** A commit as GitHub knows it: {@code /commits/{ref}}, without its files. */
    public static ObjectNode commit(RevCommit commit, View view) {
        String url = view.api("/commits/" + commit.name());
        ObjectNode inner = Json.object()
                .put("message", commit.getFullMessage())
                .put("url", view.api("/git/commits/" + commit.name()))
                .put("comment_count", 0);
        inner.set("author", person(commit.getAuthorIdent()));
        inner.set("committer", person(commit.getCommitterIdent()));
        inner.set("tree", tree(commit.getTree().name(), view));
        inner.set("verification", unsigned());
        ObjectNode json = Json.object()
                .put("sha", commit.name())
                .put("node_id", View.nodeId("C", commit.name()))
                .put("url", url)
                .put("html_url", view.html("/commit/" + commit.name()))
                .put("comments_url", url + "/comments");
        json.set("commit", inner);
        json.set("author", account(commit.getAuthorIdent(), view));
        json.set("committer", account(commit.getCommitterIdent(), view));
        json.set("parents", parents(commit, "/commits/", view));
        return json;
    }

    /** A commit with its files and counts. */
    public static ObjectNode commit(RevCommit commit, List<FileChange> files, View view) {
        ObjectNode json = commit(commit, view);
        int added = files.stream().mapToInt(FileChange::additions).sum();
        int removed = files.stream().mapToInt(FileChange::deletions).sum();
        json.set(
                "stats",
                Json.object()
                        .put("total", added + removed)
                        .put("additions", added)
                        .put("deletions", removed));
        json.set("files", Json.array(files.stream().map(f -> file(f, commit.name(), view))));
        return json;
    }

    /** A changed file. */
    public static ObjectNode file(FileChange change, String commit, View view) {
        ObjectNode json = Json.object()
                .put("sha", change.blob())
                .put("filename", change.path())
                .put("status", change.status())
                .put("additions", change.additions())
                .put("deletions", change.deletions())
                .put("changes", change.additions() + change.deletions())
                .put("blob_url", view.html("/blob/" + commit + "/" + change.path()))
                .put("raw_url", view.html("/raw/" + commit + "/" + change.path()))
                .put("contents_url", view.api("/contents/" + change.path() + "?ref=" + commit));
        if (change.previousPath() != null) {
            json.put("previous_filename", change.previousPath());
        }
        return change.patch() == null ? json : json.put("patch", change.patch());
    }

    /** A tree's entries. */
    public static ObjectNode tree(ObjectId tree, List<TreeListing.Entry> entries, View view) {
        ObjectNode json = tree(tree.name(), view).put("truncated", false);
        json.set("tree", Json.array(entries.stream().map(e -> {
            ObjectNode item = Json.object()
                    .put("path", e.path())
                    .put("mode", e.octal())
                    .put("type", e.kind())
                    .put("sha", e.id().name())
                    .put("url", view.api("/git/" + e.kind() + "s/" + e.id().name()));
            return "blob".equals(e.kind()) ? item.put("size", e.size()) : item;
        })));
        return json;
    }

    private static ObjectNode tree(String sha, View view) {
        return Json.object().put("sha", sha).put("url", view.api("/git/trees/" + sha));
    }

    private static JsonNode parents(RevCommit commit, String path, View view) {
        return Json.array(Stream.of(commit.getParents())
                .map(parent -> Json.object()
                        .put("sha", parent.name())
                        .put("url", view.api(path + parent.name()))
                        .put("html_url", view.html("/commit/" + parent.name()))));
    }

    private static ObjectNode person(PersonIdent who) {
        return Json.object()
                .put("name", who.getName())
                .put("email", who.getEmailAddress())
                .put("date", Json.time(who.getWhenAsInstant()));
    }

    /** GitHub links a commit to the account of its e-mail address; here that is {@code login@…} by convention. */
    private static JsonNode account(@Nullable PersonIdent who, View view) {
        return who == null ? Json.none() : view.user(who.getName());
    }

    private static ObjectNode unsigned() {
        return Json.object()
                .put("verified", false)
                .put("reason", "unsigned")
                .putNull("signature")
                .putNull("payload")
                .putNull("verified_at");
    }
}
