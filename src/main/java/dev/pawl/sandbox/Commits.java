package dev.pawl.sandbox;

import dev.pawl.sandbox.act.Act;
import dev.pawl.sandbox.git.BareRepository;
import dev.pawl.sandbox.git.BareRepository.Moved;
import dev.pawl.sandbox.git.TreeEdit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/** Commits written right into the repository, as a push would bring them. */
record Commits(Act act) {
    /** Commits files to a branch; a new branch starts at the default branch. A file whose text is null is removed. */
    ObjectId toBranch(String branch, String message, Map<String, ? extends @Nullable String> files) {
        BareRepository git = act.hub().git(act.repo());
        ObjectId old = git.branch(branch);
        ObjectId id = commit(old, message, files);
        String ref = Constants.R_HEADS + branch;
        Moved moved = old == null ? act.refs().create(ref, id) : act.refs().move(ref, id, false);
        if (moved != Moved.DONE) {
            throw new IllegalStateException(ref + ": " + moved);
        }
        return id;
    }

    /** The first commit of the default branch. */
    void first(String message, Collection<SandboxFile> files) {
        BareRepository git = act.hub().git(act.repo());
        TreeEdit tree = git.objects().edit();
        for (SandboxFile file : files) {
            tree.put(
                    file.path(),
                    file.kind().mode(),
                    git.objects().write(file.content().get()));
        }
        ObjectId id = commit(null, message, tree.write());
        Moved moved = act.refs().create(Constants.R_HEADS + BareRepository.DEFAULT_BRANCH, id);
        if (moved != Moved.DONE) {
            throw new IllegalStateException("the first commit: " + moved);
        }
    }

    /** A commit on the default branch that no ref names yet. */
    ObjectId loose(String message, Map<String, ? extends @Nullable String> files) {
        return commit(null, message, files);
    }

    private ObjectId commit(@Nullable ObjectId old, String message, Map<String, ? extends @Nullable String> files) {
        BareRepository git = act.hub().git(act.repo());
        ObjectId parent = old == null ? git.branch(BareRepository.DEFAULT_BRANCH) : old;
        RevCommit base = parent == null ? null : git.objects().commit(parent);
        return commit(parent, message, git.objects().treeWith(base, files));
    }

    private ObjectId commit(@Nullable ObjectId parent, String message, ObjectId tree) {
        var commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parent == null ? List.of() : List.of(parent));
        commit.setAuthor(act.ident());
        commit.setCommitter(act.ident());
        commit.setMessage(message);
        return act.hub().git(act.repo()).objects().write(commit);
    }
}
