package dev.pawl.domain.decide;

import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.RunState;

/** Whether a stage starts an agent, for a run as it stands. */
public final class AgentStarts {
    private AgentStarts() {}

    /**
     * Whether it does: what fits its base needs none to be updated.
     *
     * @param snapshot what is known of the issue and its pull request
     */
    public static boolean needed(StageKind kind, Snapshot snapshot, RunState state, Policy policy) {
        return Decider.asksAgent(kind, snapshot.issue(), policy)
                && (kind != StageKind.UPDATE_BRANCH || BaseUpdate.asksAgent(snapshot, state));
    }
}
