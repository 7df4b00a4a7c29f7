package dev.pawl.sandbox.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.git.FileChange;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.json.View;
import dev.pawl.sandbox.world.Account;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/** {@code push}. See <a href="https://docs.github.com/webhooks/webhook-events-and-payloads#push">its page</a>. */
public final class PushPayload {
    private PushPayload() {}

    /** A ref that moved from one commit to another; the zero id stands for no commit. */
    public static ObjectNode of(String ref, ObjectId before, ObjectId after, Account pusher, View view) {
        boolean isNew = before.equals(ObjectId.zeroId());
        boolean isGone = after.equals(ObjectId.zeroId());
        List<RevCommit> commits =
                isNew || isGone ? List.of() : view.git().comparison().commits(before, after);
        ObjectNode json = Json.object()
                .put("ref", ref)
                .put("before", before.name())
                .put("after", after.name())
                .put("created", isNew)
                .put("deleted", isGone)
                .put("forced", !isNew && !isGone && !isAncestor(before, after, view))
                .putNull("base_ref")
                .put("compare", view.html("/compare/" + before.name() + "..." + after.name()));
        json.set("commits", Json.array(commits.stream().map(c -> commit(c, view))));
        json.set(
                "head_commit",
                isGone ? Json.none() : commit(view.git().objects().commit(after), view));
        json.set("pusher", Json.object().put("name", pusher.login()));
        return json;
    }

    private static boolean isAncestor(ObjectId before, ObjectId after, View view) {
        return view.git()
                .comparison()
                .mergeBase(before, after)
                .filter(base -> base.equals(before))
                .isPresent();
    }

    private static ObjectNode commit(RevCommit commit, View view) {
        List<FileChange> files = view.git()
                .comparison()
                .files(
                        commit.getParentCount() == 0
                                ? null
                                : view.git().objects().commit(commit.getParent(0)),
                        commit);
        ObjectNode json = Json.object()
                .put("id", commit.name())
                .put("tree_id", commit.getTree().name())
                .put("distinct", true)
                .put("message", commit.getFullMessage())
                .put("timestamp", Json.time(commit.getCommitterIdent().getWhenAsInstant()))
                .put("url", view.html("/commit/" + commit.name()));
        json.set("author", who(commit.getAuthorIdent()));
        json.set("committer", who(commit.getCommitterIdent()));
        for (String kind : List.of("added", "removed", "modified")) {
            json.set(
                    kind,
                    Json.texts(
                            files.stream().filter(f -> f.status().equals(kind)).map(FileChange::path)));
        }
        return json;
    }

    private static ObjectNode who(PersonIdent ident) {
        return Json.object()
                .put("name", ident.getName())
                .put("email", ident.getEmailAddress())
                .put("username", ident.getName());
    }
}
