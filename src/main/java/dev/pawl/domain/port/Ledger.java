package dev.pawl.domain.port;

import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.PastLease;
import dev.pawl.domain.state.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The ledger of one repository: for each issue a ref, moved only by compare-and-set, that says who holds the issue.
 * All its times are the forge's.
 */
public interface Ledger {
    /**
     * Claims an issue.
     *
     * @param issue its number
     * @param known the run's fence as read from the state; {@link RunState.Fence#NONE} where there is no state
     * @param stage what it is claimed for
     * @param time for how long
     * @return the lease, or who has it
     */
    Claim acquire(int issue, RunState.Fence known, StageKind stage, Duration time);

    /** Whether we still hold the lease: asks the forge. */
    boolean holds(Lease lease);

    /**
     * Makes the commit that will release the lease. Its id goes into the state before the ref is moved to it, so that
     * the next invocation knows the ledger's end by its id.
     *
     * @param outcome the protocol's word
     */
    Sha prepareRelease(Lease lease, String outcome);

    /** Releases the lease: moves the ref to the prepared commit. Somebody who took over in between is left alone. */
    void release(Lease lease, Sha prepared);

    /** Who holds the issue now, without claiming it. */
    Optional<Holder> holder(int issue);

    /**
     * The leases of an issue, the newest first: all of them, unless there were very many.
     *
     * @param issue its number
     * @return empty where it was never claimed
     */
    List<PastLease> trail(int issue);

    /** What came of a claim. */
    sealed interface Claim {
        /**
         * We hold it.
         *
         * @param lease the lease
         */
        record Held(Lease lease) implements Claim {}

        /**
         * Somebody else does.
         *
         * @param holder who, where the ledger could be read
         */
        record Busy(Optional<Holder> holder) implements Claim {}

        /**
         * Nobody does, and nothing was claimed: who held it last ended a moment ago, and the state that the claim was made with
         * doesn't name that end. What was written then may not show yet.
         *
         * @param until when it must have shown; a state that doesn't name the end then never will
         */
        record Behind(Instant until) implements Claim {}
    }

    /**
     * A claim of ours.
     *
     * @param issue the issue's number
     * @param ref the ref that says so
     * @param epoch which claim of the issue it is; only grows
     * @param commit the ledger's commit
     * @param tree the tree that the ledger's commits carry
     * @param expires until when it holds
     * @param upToDate whether the state that the claim was made with was the newest: the ledger had not moved since
     */
    record Lease(int issue, String ref, long epoch, Sha commit, Sha tree, Instant expires, boolean upToDate) {
        /** The ref for the issue's checkpoints, beside the ledger's. */
        public String checkpoint() {
            return above() + "/checkpoints/" + issue;
        }

        /** The ref for what agents cost the repository. */
        public String daybook() {
            return above() + "/daybook";
        }

        private String above() {
            return ref.substring(0, Math.max(0, ref.lastIndexOf("/issues/")));
        }
    }

    /**
     * Somebody's claim.
     *
     * @param run the workflow run
     * @param attempt its attempt
     * @param epoch the claim's epoch
     * @param expires until when it holds
     */
    record Holder(long run, int attempt, long epoch, Instant expires) {}
}
