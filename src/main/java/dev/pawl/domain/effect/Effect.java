package dev.pawl.domain.effect;

import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.MergeMethod;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import java.util.List;
import java.util.Optional;

/**
 * Something that should be so outside. Performed as "ensure": look, act if it is different, so that performing it twice
 * is the same as once. The order in a list is the order in which they are performed.
 */
public sealed interface Effect {
    /**
     * The branch should be at that commit.
     *
     * @param branch our branch
     * @param commit a commit made in this invocation
     */
    record EnsureBranch(BranchName branch, Sha commit) implements Effect {}

    /**
     * There should be a pull request from that branch.
     *
     * @param head our branch
     * @param base where it goes
     * @param title its title
     * @param body its body
     * @param draft whether it is opened as a draft
     * @param reviewers logins to ask
     * @param labels labels to add
     */
    record EnsurePullRequest(
            BranchName head,
            String base,
            String title,
            String body,
            boolean draft,
            List<String> reviewers,
            List<String> labels)
            implements Effect {
        public EnsurePullRequest {
            reviewers = List.copyOf(reviewers);
            labels = List.copyOf(labels);
        }
    }

    /**
     * There should be a comment of ours, one for each topic and key.
     *
     * @param topic what it is
     * @param key which one
     * @param run the run that writes it
     * @param body what people read; Markdown
     * @param data what programs read
     */
    record EnsureNote(Note.Topic topic, String key, String run, String body, Optional<Note.Data> data)
            implements Effect {}

    /**
     * A comment should carry our reaction.
     *
     * @param comment somebody's comment
     * @param done thumbs up, or else confused
     */
    record EnsureReaction(long comment, boolean done) implements Effect {}

    /**
     * The issue should carry the label of that state and of no other.
     *
     * @param state the state
     */
    record EnsureStateLabel(IssueState state) implements Effect {}

    /**
     * The state comment should say this.
     *
     * @param state the run
     */
    record SaveState(RunState state) implements Effect {}

    /**
     * The pull request should be merged, at that head and no other.
     *
     * @param pull the pull request's number
     * @param head the commit that the gates were open for
     * @param base where it goes, and must be found afterwards
     * @param method how
     */
    record EnsureMerged(int pull, Sha head, String base, MergeMethod method) implements Effect {}

    /** The issue should be closed as completed. */
    record CloseIssue() implements Effect {}

    /**
     * We should be called again for this issue.
     *
     * @param issue its number
     * @param hop how many times in a row that will be
     */
    record Continue(int issue, int hop) implements Effect {}

    /** What should be so of the repository's own workflows. */
    sealed interface OnCi extends Effect {}

    /**
     * The failed jobs of a run should have run once more, and only once.
     *
     * @param run the run's id
     */
    record EnsureRerun(long run) implements OnCi {}

    /**
     * A workflow should run on a branch.
     *
     * @param workflow its file below {@code .github/workflows}
     * @param branch our branch
     * @param head the commit that the branch is at
     */
    record EnsureStarted(String workflow, BranchName branch, Sha head) implements OnCi {}

    /** What should be so of an open pull request. */
    sealed interface OnPull extends Effect {}

    /**
     * A review comment should have a reply of ours, one for each key.
     *
     * @param pull the pull request's number
     * @param comment the comment that its thread began with
     * @param key which reply
     * @param run the run that writes it
     * @param body what people read; Markdown
     */
    record EnsureReply(int pull, long comment, String key, String run, String body) implements OnPull {}

    /**
     * A thread should be resolved.
     *
     * @param thread the forge's name for it
     */
    record EnsureResolved(String thread) implements OnPull {}

    /**
     * These accounts should be asked for a review.
     *
     * @param pull the pull request's number
     * @param logins whom
     */
    record EnsureAsked(int pull, List<String> logins) implements OnPull {
        public EnsureAsked {
            logins = List.copyOf(logins);
        }
    }

    /**
     * It should be a draft, or ready for review.
     *
     * @param pull the pull request's number
     * @param draft which of both
     */
    record EnsureDraft(int pull, boolean draft) implements OnPull {}

    /**
     * It should be closed.
     *
     * @param pull the pull request's number
     */
    record EnsurePullClosed(int pull) implements OnPull {}

    /**
     * A branch should be gone, if nobody pushed to it since.
     *
     * @param branch the branch's name
     * @param commit the commit that it was last seen at
     */
    record EnsureBranchGone(String branch, Sha commit) implements OnPull {}

    /**
     * There should be a review of ours with these comments, one for each key.
     *
     * @param pull the pull request's number
     * @param head the commit whose lines are meant
     * @param key which review
     * @param run the run that gives it
     * @param body what people read first; Markdown
     * @param remarks comments on lines of the diff
     */
    record EnsureSuggestions(int pull, Sha head, String key, String run, String body, List<Remark> remarks)
            implements OnPull {
        public EnsureSuggestions {
            remarks = List.copyOf(remarks);
        }

        /**
         * A comment on lines of the head's file.
         *
         * @param path the file
         * @param from the first line
         * @param to the last line, which may be the same
         * @param body Markdown; may hold a suggestion block
         */
        public record Remark(String path, int from, int to, String body) {}
    }
}
