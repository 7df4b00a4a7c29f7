package dev.pawl.domain.port;

import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.PathRules;
import dev.pawl.domain.policy.Policy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The repository's git, as the engine uses it. The git directory lies out of the agent's reach; hooks, filters, user
 * and system configuration are never looked at; the remote is the one from the environment.
 */
public interface Workspace {
    /**
     * Lays out a fresh work tree at the branch's head on the remote, or at the base's head where the branch isn't
     * there yet.
     *
     * @param base the base branch's name
     * @param branch our branch, where the stage has one
     * @return the tree
     */
    Tree prepare(String base, Optional<BranchName> branch);

    /**
     * Lays out a fresh work tree at a commit of somebody else's branch. Nothing can be pushed there: it isn't a branch of ours.
     *
     * @param base the base branch's name
     * @param branch the other branch's name
     * @param head the commit that it was seen at
     * @return empty where the branch is gone, or isn't at that commit
     */
    Optional<Tree> prepareAt(String base, String branch, Sha head);

    /** The branch's head on the remote now. */
    Optional<Sha> remoteHead(BranchName branch);

    /**
     * Commits of the remote branch that aren't on the base, newest first; at most 100.
     *
     * @param tree a prepared tree, whose branch is looked at
     */
    List<CommitInfo> commitsSinceBase(Tree tree);

    /**
     * Looks at what changed in the tree against its start, and holds it against the rules.
     *
     * @return the changes, refused or not; an empty change is not refused here
     */
    Changes changes(Tree tree, PathRules rules);

    /** The difference between the base and the tree's start, in unified form, cut at {@code maxBytes}. */
    String diff(Tree tree, int maxBytes);

    /**
     * Makes a commit of the changes on top of the tree's start. Nothing leaves the machine.
     *
     * @return the commit's id; the same input gives the same id
     */
    Sha commit(Tree tree, Changes.Accepted changes, Message message);

    /**
     * Merges the base's head into a prepared tree's branch, on our own disk. Nothing that the repository says of merging is
     * run: no driver, no filter, no hook.
     *
     * @param rules what nobody but a person may solve
     */
    Merged merge(Tree tree, PathRules rules);

    /**
     * Makes a commit of a merge that fits as it is. Nothing leaves the machine.
     *
     * @param tree the tree of {@link Merged.Fits}
     * @return the commit's id; the same input gives the same id
     */
    Sha commit(Tree tree, Message message);

    /**
     * Pushes the commit to the branch, expecting the remote branch at the tree's start, or absent.
     *
     * @return what became of it
     */
    Pushed push(Tree tree, Sha commit, BranchName branch);

    /**
     * Keeps something on the remote, as a commit at that ref, in place of what is there.
     *
     * @param ref a ref of ours outside of the branches with work
     * @throws GitUnavailable when the remote can't be reached or doesn't want it
     */
    void keep(String ref, Kept what);

    /** What was kept at that ref; empty where there is nothing that can be read. */
    Optional<Kept> kept(String ref);

    /**
     * Lays out in a prepared tree the files of work that was kept, in place of what is there, as if an agent had made them just
     * now.
     *
     * @param work the work of {@link #kept}
     */
    void replay(Tree tree, Sha work);

    /**
     * Something to keep beside the branches.
     *
     * @param text what is said of it; the commit's message
     * @param work a commit whose files are kept with it
     */
    record Kept(String text, Optional<Sha> work) {}

    /**
     * The page at which a book of ours is open.
     *
     * @param ref the book's ref
     */
    Page page(String ref);

    /**
     * Writes the next page of a book of ours, unless somebody else did since.
     *
     * @param ref the book's ref
     * @param at where the page before it is; empty for the first
     * @return where it is now; empty where somebody else wrote since
     * @throws GitUnavailable when the remote can't be reached or doesn't want it
     */
    Optional<Sha> turn(String ref, Optional<Sha> at, String text);

    /**
     * A page.
     *
     * @param at where it is; empty where the book has none
     * @param text what it says; empty where that can't be read
     */
    record Page(Optional<Sha> at, Optional<String> text) {}

    /**
     * A laid-out work tree.
     *
     * @param folder where the files are
     * @param base the base branch's head
     * @param start the commit that the files are of
     * @param branchHead the branch's head on the remote, where it exists
     */
    record Tree(Path folder, Sha base, Sha start, Optional<Sha> branchHead) {}

    /**
     * A commit, as far as the engine asks.
     *
     * @param sha its id
     * @param message its whole message
     * @param authorEmail the author's address
     */
    record CommitInfo(Sha sha, String message, String authorEmail) {}

    /**
     * A commit to make.
     *
     * @param text the whole message
     * @param author the author, and the committer
     */
    record Message(String text, Policy.Author author) {}

    /** What an agent changed. */
    sealed interface Changes {
        /** Nothing. */
        record None() implements Changes {}

        /**
         * Something that the rules allow.
         *
         * @param files paths, sorted
         */
        record Accepted(List<String> files) implements Changes {
            public Accepted {
                files = List.copyOf(files);
            }
        }

        /**
         * Something that the rules refuse.
         *
         * @param reasons one sentence each, naming the path
         */
        record Refused(List<String> reasons) implements Changes {
            public Refused {
                reasons = List.copyOf(reasons);
            }
        }
    }

    /** What came of merging the base. */
    sealed interface Merged {
        /** The base has nothing that the branch hasn't. */
        record Current() implements Merged {}

        /**
         * They fit.
         *
         * @param tree the merge, whose files aren't laid out
         */
        record Fits(Tree tree) implements Merged {}

        /**
         * They conflict, and the conflicts are laid out with markers. {@link #changes} holds the tree against that, refuses it
         * while a marker is left, and a {@link #commit} of it is a merge.
         *
         * @param tree the merge
         * @param files where they conflict
         */
        record Conflicts(Tree tree, List<Conflict> files) implements Merged {
            public Conflicts {
                files = List.copyOf(files);
            }
        }

        /**
         * They conflict where an agent may not solve it, or where that can't be shown as text.
         *
         * @param reasons one sentence each, naming the path
         */
        record Unmergeable(List<String> reasons) implements Merged {
            public Unmergeable {
                reasons = List.copyOf(reasons);
            }
        }
    }

    /**
     * A file in conflict.
     *
     * @param path which one
     * @param places where in it
     */
    record Conflict(String path, List<Place> places) {
        public Conflict {
            places = List.copyOf(places);
        }
    }

    /**
     * Lines in conflict.
     *
     * @param ours as the branch has them
     * @param theirs as the base has them
     */
    record Place(Untrusted ours, Untrusted theirs) {}

    /** What became of a push. */
    sealed interface Pushed {
        /** The remote branch is at the commit, now or already. */
        record Done() implements Pushed {}

        /**
         * Somebody else moved the branch.
         *
         * @param found where it is now
         */
        record Moved(Optional<Sha> found) implements Pushed {}

        /**
         * The remote refused it.
         *
         * @param reason the remote's words, one line
         */
        record Refused(String reason) implements Pushed {}
    }
}
