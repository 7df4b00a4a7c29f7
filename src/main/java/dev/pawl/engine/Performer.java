package dev.pawl.engine;

import dev.pawl.domain.decide.Snapshot;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.Ledger;
import dev.pawl.domain.port.Workspace;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.state.Daybook;
import dev.pawl.domain.state.RunState;
import java.util.List;
import java.util.Optional;

/**
 * Makes decisions true outside. One performer writes; the other, for dry runs, prints what would be written. Both keep
 * to the same order, which is the order of the calls in {@link Step} and {@link StageRun} and of the effects in a
 * conclusion.
 */
interface Performer {
    /** Claims the issue. */
    Ledger.Claim claim(int issue, RunState.Fence known, StageKind stage, Policy policy);

    /** Whether the claim still holds. */
    boolean holds(Ledger.Lease lease);

    /**
     * Performs effects in their order. Under a lease it throws {@link LeaseLost} before the first one that would be another
     * holder's.
     *
     * @param snapshot the issue as last read
     * @param state the run, to which is added what the effects bring back
     * @param tree the work tree whose commit is pushed
     * @return the run with the pull request's number and the documents' ids
     */
    Performed perform(Snapshot snapshot, RunState state, List<Effect> effects, Optional<Workspace.Tree> tree);

    /** Performs an effect on a pull request that is no run's; under a lease as above. */
    void perform(Effect.OnPull effect);

    /**
     * Saves the state under the lease.
     *
     * @param comment the state comment; empty for the first
     * @return the comment's id and the state as saved
     */
    Saved save(Optional<Long> comment, RunState state, Policy policy, Ledger.Lease lease);

    /** Keeps a finished agent's work beside the ledger; where that can't be done, nothing but safety is lost. */
    void keep(Ledger.Lease lease, Workspace.Kept checkpoint);

    /** What agents cost the repository lately, as it stands. */
    Daybook daybook(Ledger.Lease lease);

    /**
     * Writes down that an agent starts.
     *
     * @param reserved all that it may use
     * @param by the account that answers for it
     * @return false where somebody else wrote since the daybook was read
     */
    boolean agentStarts(Ledger.Lease lease, Usd reserved, long by);

    /** Writes down that it has ended, and what it used; where that can't be done, all of it counts as used up. */
    void agentEnded(Ledger.Lease lease, Usd used);

    /**
     * Shows the state by its label, saves it for the last time under the lease, and releases the lease. The label of a run that
     * has ended comes after the state: a sweep passes by issues with such a label, and would never see that the state isn't
     * written yet.
     *
     * @param outcome what came of the stage; {@link Outcome#NOTHING} where none was run
     */
    Saved saveAndRelease(Place place, Policy policy, Outcome outcome);

    /** Releases the lease without saving anything. */
    void release(Ledger.Lease lease, Outcome outcome);

    /** The same, leaving a word of one's own in the ledger. */
    void release(Ledger.Lease lease, String word);

    /**
     * Where a run of ours stands.
     *
     * @param snapshot the issue as it was read last
     * @param comment the state comment; empty for the first
     * @param state the run
     * @param lease our claim
     */
    record Place(Snapshot snapshot, Optional<Long> comment, RunState state, Ledger.Lease lease) {
        /** The issue's number. */
        int issue() {
            return snapshot.issue().number();
        }

        /** The effect that makes the issue show this state. */
        List<Effect> label() {
            return List.of(new Effect.EnsureStateLabel(state.state()));
        }
    }

    /**
     * A saved state.
     *
     * @param comment where
     * @param state what, with its new sequence number
     */
    record Saved(long comment, RunState state) {}

    /** What became of effects. */
    sealed interface Performed {
        /**
         * All are true.
         *
         * @param state the run with what they brought back
         */
        record Done(RunState state) implements Performed {}

        /**
         * The branch was moved by somebody else. Effects before it are true, none after it.
         *
         * @param detail in our words
         */
        record BranchMoved(String detail) implements Performed {}

        /**
         * The pull request isn't merged. Effects before that are true, none after it.
         *
         * @param moved whether its head isn't the one that was to be merged; else GitHub refused it
         */
        record NotMerged(boolean moved) implements Performed {}

        /**
         * A workflow can't be started.
         *
         * @param reason in our words, with what GitHub said
         */
        record NotStarted(String reason) implements Performed {}

        /**
         * The remote refused the push. Effects before it are true, none after it.
         *
         * @param reason the remote's words
         */
        record PushRefused(String reason) implements Performed {}
    }
}
