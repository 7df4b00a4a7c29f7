package dev.pawl.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** How a branch and its base hang together, as far as we have fetched. */
final class History {
    private History() {}

    /** Commits of the branch that aren't on the base, newest first. */
    static List<RevCommit> since(Repository repository, ObjectId base, ObjectId branch, int most) throws IOException {
        try (var walk = new RevWalk(repository)) {
            return only(walk, branch, base, most);
        }
    }

    /** Where the two part. */
    static Optional<ObjectId> mergeBase(Repository repository, ObjectId one, ObjectId other) throws IOException {
        try (var walk = new RevWalk(repository)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(one));
            walk.markStart(walk.parseCommit(other));
            return Optional.ofNullable(walk.next()).map(RevCommit::copy);
        }
    }

    /**
     * Whether what was fetched answers both questions as the whole history would. That is so when neither side's own commits
     * reach the place where the history was cut and, where the branch holds merges, which may lead around it, all its
     * own commits are younger than that place.
     */
    static boolean suffices(Repository repository, ObjectId base, ObjectId branch) throws IOException {
        Set<ObjectId> cut = repository.getObjectDatabase().getShallowCommits();
        if (cut.isEmpty() || base.equals(branch)) {
            return true;
        }
        try (var walk = new RevWalk(repository);
                var back = new RevWalk(repository)) {
            List<RevCommit> ours = only(walk, branch, base, Integer.MAX_VALUE);
            if (ours.stream().anyMatch(cut::contains)
                    || only(back, base, branch, Integer.MAX_VALUE).stream().anyMatch(cut::contains)) {
                return false;
            }
            return ours.stream().allMatch(c -> c.getParentCount() < 2) || areYounger(ours, cut, repository);
        }
    }

    private static boolean areYounger(List<RevCommit> ours, Set<ObjectId> cut, Repository repository)
            throws IOException {
        int newest = Integer.MIN_VALUE;
        try (var walk = new RevWalk(repository)) {
            for (ObjectId id : cut) {
                newest = Math.max(newest, walk.parseCommit(id).getCommitTime());
            }
        }
        int limit = newest;
        return ours.stream().allMatch(c -> c.getCommitTime() > limit);
    }

    private static List<RevCommit> only(RevWalk walk, ObjectId with, ObjectId without, int most) throws IOException {
        walk.sort(RevSort.TOPO);
        walk.sort(RevSort.COMMIT_TIME_DESC, true);
        walk.markStart(walk.parseCommit(with));
        walk.markUninteresting(walk.parseCommit(without));
        var commits = new ArrayList<RevCommit>();
        for (RevCommit c = walk.next(); c != null && commits.size() < most; c = walk.next()) {
            commits.add(c);
        }
        return commits;
    }
}
