package dev.pawl.domain.port;

import dev.pawl.domain.decide.StateFound;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Blocker;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Comment;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Permission;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.model.Repository;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The hosting platform, in the domain's words. Reads show the platform as it is now. Writes are "ensure": a write whose
 * outcome is unknown is looked up by its natural key before it is repeated.
 *
 * <p>Every method may throw {@link ForgeFailure}, and nothing else for what lies outside of us.
 */
public interface Forge {
    /** The repository that the environment names. */
    Repository repository();

    /** The forge's clock: the {@code Date} of its last answer, or our own clock before the first. */
    Instant now();

    /** The default branch's name. */
    String defaultBranch();

    /**
     * A file of the default branch.
     *
     * @param path relative, without a leading slash
     * @return empty when there is no such file
     */
    Optional<String> defaultBranchFile(String path);

    /** The issue; empty when it is gone, was transferred, or never was. */
    Optional<Issue> issue(int number);

    /**
     * The issue's comments, every page, sorted by who wrote them.
     *
     * @param issue its number
     */
    Conversation conversation(int issue);

    /**
     * What an account may do; {@link Permission#NONE} for every doubt. Where the forge doesn't answer there is none yet: that is
     * a {@link ForgeFailure}, and nobody is told that he may not.
     */
    Permission permission(Actor actor);

    /** Who put the label on, by the issue's timeline; empty when that can't be told. */
    Optional<Actor> labeler(int issue, String label);

    /** A pull request; empty when there is none of that number. */
    Optional<PullRequest> pull(int number);

    /**
     * The branches that are named after an issue, whoever made them.
     *
     * @param prefix what branches of ours begin with, before the slash
     * @param issue the issue's number
     */
    List<BranchName> branches(String prefix, int issue);

    /** Our own pull requests from that branch, the newest first, whatever became of them. */
    List<PullRequest> pullsFrom(BranchName branch);

    /**
     * Open issues with a label, every page.
     *
     * @param label the label's name
     */
    List<Issue> openIssues(String label);

    /**
     * Closed issues with a label, every page.
     *
     * @param label the label's name
     */
    List<Issue> closedIssues(String label);

    /**
     * Saves the state as one comment, and reads it back.
     *
     * @param comment the comment that holds it; empty to write the first
     * @param state the run
     * @param text what people read below the first line
     * @return the comment's id
     */
    long saveState(Optional<Long> comment, RunState state, String text);

    /**
     * Writes a comment of ours, or edits the one with that topic and key.
     *
     * @param issue the issue's number
     * @param note what it says
     * @param known our comments as last read
     * @return the comment as it stands now
     */
    Note ensureNote(int issue, Effect.EnsureNote note, List<Note> known);

    /** Deletes a comment of ours; one that is gone already is fine. */
    void deleteComment(long comment);

    /** Reacts to a comment, once. */
    void ensureReaction(long comment, boolean done);

    /**
     * Puts the state's label on, and takes the other states' labels off.
     *
     * @param issue as last read
     * @param state the state to show; {@link IssueState#NEW} has no label
     */
    void ensureStateLabel(Issue issue, IssueState state);

    /**
     * Opens a pull request, or finds the open one from that branch to that base.
     *
     * @param pull what it should be
     */
    PullRequest ensurePullRequest(Effect.EnsurePullRequest pull);

    /** Closes the issue as completed. */
    void closeIssue(int issue);

    /** Whether states are signed: whether there is a key to sign them with. */
    boolean signsStates();

    /**
     * Whether what we push starts the repository's workflows. What a {@code GITHUB_TOKEN} does starts none (docs.github.com,
     * "GITHUB_TOKEN").
     */
    boolean startsWorkflows();

    /** Calls us again. */
    void dispatch(int issue, int hop);

    /** What is seen and done of a pull request once it is open. */
    PullRequests pullRequests();

    /** The repository's own workflows. */
    Ci ci();

    /** The issues that the forge says it waits for, those that are closed among them. */
    List<Blocker> blockers(int issue);

    /**
     * Waits, and uses up this invocation's patience.
     *
     * @return false where so long a wait isn't allowed any more; then it didn't wait
     */
    boolean pause(Duration time);

    /** Runs something before each write from now on; what it throws keeps the write from being sent. */
    void beforeWrites(Runnable fence);

    /** How many requests were sent so far. */
    int requests();

    /**
     * An issue's comments.
     *
     * @param state the state, from our own account's comments only
     * @param comments other people's, oldest first
     * @param notes our own, oldest first
     * @param oddities what a look at the state should know besides
     */
    record Conversation(StateFound state, List<Comment> comments, List<Note> notes, Oddities oddities) {
        public Conversation {
            comments = List.copyOf(comments);
            notes = List.copyOf(notes);
        }

        /** Whether that comment is one of ours. */
        public boolean isOurs(OptionalLong comment) {
            return comment.isPresent()
                    && (state.where().equals(comment) || notes.stream().anyMatch(n -> n.id() == comment.getAsLong()));
        }
    }

    /**
     * What is odd about the comments that claim to be states.
     *
     * @param doubles comments of ours beside the one that counts, which claim to be this issue's state, too
     * @param claimants other accounts whose comments claim to be states
     * @param unsignable whether the one that counts is signed, and we have no key to sign the next
     */
    record Oddities(List<Long> doubles, List<Actor> claimants, boolean unsignable) {
        /** Nothing is odd. */
        public static final Oddities NONE = new Oddities(List.of(), List.of(), false);

        public Oddities {
            doubles = List.copyOf(doubles);
            claimants = List.copyOf(claimants);
        }
    }
}
