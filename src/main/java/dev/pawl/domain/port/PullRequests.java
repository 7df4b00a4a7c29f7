package dev.pawl.domain.port;

import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.ChangedFile;
import dev.pawl.domain.model.Comparison;
import dev.pawl.domain.model.MergeMethod;
import dev.pawl.domain.model.PullFacts;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.model.Untrusted;
import java.util.List;
import java.util.Optional;

/**
 * What is seen and done of a pull request once it is open: a part of the {@link Forge}, with the same rules. Writes are
 * "ensure", and a write that the forge refuses for a reason that deciding should know answers with a value.
 */
public interface PullRequests {
    /**
     * Reviews, threads, checks and rules in one picture: one request, and one more for each further hundred of anything.
     * Empty when there is no such pull request.
     */
    Optional<PullFacts> facts(int number);

    /**
     * The open pull requests from a branch of this repository, whoever opened them, the oldest first. Those from forks aren't
     * among them, whatever their branches are called.
     *
     * @param branch the branch's name
     */
    List<Shown> openFrom(String branch);

    /**
     * The branch of this repository whose open pull request has that head; empty where there is none. For checks that don't say what
     * branch they ran on.
     *
     * @param head a commit
     */
    Optional<String> branchAt(Sha head);

    /** The files that it changes, with their hunks; at most 3,000, GitHub shows no more. */
    List<ChangedFile> files(int number);

    /**
     * How far a commit or branch is from a base.
     *
     * @param base a branch's name or a commit id
     * @param head a branch's name or a commit id
     * @return empty when one of them isn't there
     */
    Optional<Comparison> compare(String base, String head);

    /**
     * Answers a review comment, once for each key.
     *
     * @return the reply's id; empty when the comment is gone
     */
    Optional<Long> ensureReply(Effect.EnsureReply reply);

    /** Resolves a thread. One that is gone, or that we may not resolve, stays as it is. */
    void ensureResolved(String thread);

    /**
     * Asks accounts for a review who weren't asked, or gave theirs since. Whoever can't be asked is left out: the author, and
     * who may not read.
     *
     * @param pull its number
     * @param logins whom
     */
    void ensureAsked(int pull, List<String> logins);

    /** Makes a draft ready for review, or a draft of it. */
    void ensureDraft(int pull, boolean draft);

    /** Closes it without merging, or opens it again. */
    Reopened ensureOpen(int pull, boolean open);

    /** Gives one review with comments on lines, once for each key: only comments, never a verdict. */
    void ensureSuggestions(Effect.EnsureSuggestions review);

    /** Merges exactly that head, if that is what the pull request shows. */
    Merged merge(Merge merge);

    /** Lets the forge merge exactly that head as soon as nothing stands in the way. */
    AutoMerge ensureAutoMerge(Merge merge);

    /** Takes that back. */
    void ensureNoAutoMerge(int pull);

    /** Merges the base into the pull request's branch, if its head is that one. The forge does it later. */
    Updated updateBranch(int pull, Sha head);

    /**
     * Deletes a branch, if that commit is what it shows. One that is gone already is fine.
     *
     * @return whether it is gone; false where somebody pushed to it since
     */
    boolean ensureBranchGone(String branch, Sha commit);

    /**
     * A pull request, and what whoever opened it wrote.
     *
     * @param pull as a list shows it
     * @param title its title
     * @param body its body
     */
    record Shown(PullRequest pull, Untrusted title, Untrusted body) {}

    /**
     * A merge.
     *
     * @param pull its number
     * @param head the commit that was tested
     * @param method how
     * @param title the commit's first line; empty for the forge's own. Rebasing has none
     * @param message what follows in the commit; empty for the forge's own
     */
    record Merge(int pull, Sha head, MergeMethod method, Optional<String> title, Optional<String> message) {}

    /** What came of a merge. */
    sealed interface Merged {
        /**
         * It is merged, now or before.
         *
         * @param commit the commit on the base
         */
        record Done(Sha commit) implements Merged {}

        /** The head isn't the one that was tested. */
        record HeadMoved() implements Merged {}

        /**
         * It can't be merged as things stand: a conflict, a rule, a way of merging that isn't allowed.
         *
         * @param said what the forge said; bounded
         */
        record Refused(String said) implements Merged {}
    }

    /** What came of asking the forge to merge by itself. */
    sealed interface AutoMerge {
        /** It will. */
        record On() implements AutoMerge {}

        /** Nothing stands in the way: merge it now. */
        record Unneeded() implements AutoMerge {}

        /**
         * It won't: the repository doesn't allow it, or the head isn't the one that was tested.
         *
         * @param said what the forge said; bounded
         */
        record Refused(String said) implements AutoMerge {}
    }

    /** What came of updating a branch. */
    enum Updated {
        /** It was begun; the head moves soon. */
        BEGUN,
        /** The base has nothing new. */
        CURRENT,
        /** The head isn't the one that was expected. */
        HEAD_MOVED,
        /** Base and head conflict. */
        CONFLICT
    }

    /** What came of closing or opening again. */
    enum Reopened {
        /** It is as wanted. */
        DONE,
        /** It was merged, or its branch is gone, and it can't be opened again. */
        IMPOSSIBLE
    }
}
