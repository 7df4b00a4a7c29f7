package dev.pawl.domain.decide;

import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.state.PastLease;
import java.util.List;
import java.util.OptionalInt;

/**
 * What runs leave outside of their state, besides comments.
 *
 * @param leases the leases, newest first
 * @param branches the branches that are named after the issue
 * @param pulls our pull requests from them, newest first
 */
public record Remains(List<PastLease> leases, List<Branch> branches, List<PullRequest> pulls) {
    /** Nothing is left, or nothing ever was. */
    public static final Remains NONE = new Remains(List.of(), List.of(), List.of());

    public Remains {
        leases = List.copyOf(leases);
        branches = List.copyOf(branches);
        pulls = List.copyOf(pulls);
    }

    /**
     * A branch that is named after the issue.
     *
     * @param name its name
     * @param commits those of its commits that are ours, newest first
     */
    public record Branch(BranchName name, List<Commit> commits) {
        public Branch {
            commits = List.copyOf(commits);
        }
    }

    /**
     * A commit of ours, by its trailers.
     *
     * @param sha its id
     * @param run the run that made it
     * @param stage the stage
     * @param attempt the stage's attempt
     * @param cost what that cost
     * @param tasks how many of the plan's tasks are done with it; empty for all of them
     */
    public record Commit(Sha sha, String run, StageKind stage, int attempt, Usd cost, OptionalInt tasks) {}

    /** Whether any state was ever saved, as far as the ledger tells. */
    boolean everSaved() {
        return leases.stream().anyMatch(PastLease::saved);
    }
}
