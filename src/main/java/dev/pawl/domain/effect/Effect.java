package dev.pawl.domain.effect;

import dev.pawl.domain.model.BranchName;
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

    /** The issue should be closed as completed. */
    record CloseIssue() implements Effect {}

    /**
     * We should be called again for this issue.
     *
     * @param issue its number
     * @param hop how many times in a row that will be
     */
    record Continue(int issue, int hop) implements Effect {}
}
