package dev.pawl.sandbox.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.git.FileChange;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.PullRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/** What git and the checks say about a pull request, worked out when asked. */
public final class PullFacts {
    private final PullRequest pull;
    private final View view;

    /** The facts of this pull request. */
    public PullFacts(PullRequest pull, View view) {
        this.pull = pull;
        this.view = view;
    }

    /** Its commits, oldest first. */
    public List<RevCommit> commits() {
        return view.git().comparison().commits(base(), head());
    }

    /** Its changed files, from the common ancestor to its head. */
    public List<FileChange> files() {
        Optional<RevCommit> ancestor = view.git().comparison().mergeBase(base(), head());
        return view.git()
                .comparison()
                .files(ancestor.orElse(null), view.git().objects().commit(head()));
    }

    /** The tree of base and head merged, unless they conflict. */
    public Optional<ObjectId> mergedTree() {
        return view.git().comparison().merged(base(), head());
    }

    private ObjectId head() {
        return ObjectId.fromString(pull.headSha());
    }

    /** A merged or closed pull request is seen against the base it had. */
    private ObjectId base() {
        ObjectId now = view.git().branch(pull.baseRef());
        return pull.merge() != null || now == null ? ObjectId.fromString(pull.baseSha()) : now;
    }

    /** A pull request as a single read shows it. */
    public ObjectNode detail() {
        Issue issue = Objects.requireNonNull(view.repo().issues().get(pull.number()));
        List<FileChange> files = files();
        var merge = pull.merge();
        Boolean mergeable = mergeable(issue);
        ObjectNode json = PullJson.simple(pull, view)
                .put("merged", merge != null)
                .put("mergeable", mergeable)
                .put("rebaseable", mergeable)
                .put("mergeable_state", state(mergeable))
                .put("comments", view.repo().commentsOf(pull.number()).size())
                .put("review_comments", pull.reviewComments().size())
                .put("maintainer_can_modify", false)
                .put("commits", commits().size())
                .put("additions", files.stream().mapToInt(FileChange::additions).sum())
                .put("deletions", files.stream().mapToInt(FileChange::deletions).sum())
                .put("changed_files", files.size());
        json.set("merged_by", merge == null ? Json.none() : view.user(merge.by()));
        return json;
    }

    /**
     * Null until it is worked out, and of a closed pull request.
     * See <a href="https://docs.github.com/rest/pulls/pulls#get-a-pull-request">REST: get a pull request</a>.
     */
    @Nullable
    Boolean mergeable(Issue issue) {
        if (!issue.isOpen() || pull.isMergeabilityUnknown()) {
            return null;
        }
        return mergedTree().isPresent();
    }

    String state(@Nullable Boolean mergeable) {
        if (mergeable == null) {
            return "unknown";
        }
        if (!mergeable) {
            return "dirty";
        }
        if (pull.isDraft()) {
            return "draft";
        }
        var gates = new Gates(pull, view);
        if (gates.blocking().isPresent()) {
            return "blocked";
        }
        if (gates.isBehind()) {
            return "behind";
        }
        return CheckJson.isAllGreen(pull.headSha(), view.repo()) ? "clean" : "unstable";
    }
}
