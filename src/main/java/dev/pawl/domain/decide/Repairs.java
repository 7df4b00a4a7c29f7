package dev.pawl.domain.decide;

import dev.pawl.domain.model.PullFacts;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.AfterPull;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.text.CiText;
import java.util.Optional;

/** What the failing checks of an open pull request ask for. */
record Repairs(Policy policy, PullFacts facts) {
    private CheckRound checks() {
        return CheckRound.toRepair(facts, policy);
    }

    /** The run, which forgets what was done about failures once somebody else pushed: green checks may be followed by late red ones. */
    RunState remembered(RunState state) {
        boolean ours = state.work().head().equals(Optional.of(facts.pull().head()));
        return ours ? state : state.with(state.after().repaired());
    }

    /** Whether something has to be done. */
    boolean areDue() {
        return facts.complete() && checks().isBroken();
    }

    /** Whether something failed that a merge waits for. */
    boolean holdUpAMerge() {
        return !CheckRound.beforeMerge(facts, policy).failed().isEmpty();
    }

    /** Why an agent isn't asked again; empty where it is, or where the checks are run again first. */
    Optional<String> givenUp(RunState state) {
        CheckRound checks = checks();
        AfterPull.Repairs done = state.after().repairs();
        int most = policy.attempts(Runs.configured(state, policy, StageKind.FIX_CI));
        if (AgentUse.isRerunDue(checks, state, policy)) {
            return Optional.empty();
        }
        if (done.looked().equals(Optional.of(checks.key()))) {
            return Optional.of(CiText.LEFT_AS_IT_IS);
        }
        return done.rounds() >= most ? Optional.of(done.rounds() + " of " + most) : Optional.empty();
    }
}
