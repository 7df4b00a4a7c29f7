package dev.pawl.domain.decide;

import dev.pawl.domain.model.PullFacts;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.Document;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Waiting;
import java.util.Optional;

/** Whether what the base has is to be taken into the pull request's branch. */
record BaseUpdate(PullFacts facts, RunState state, Policy policy) {
    /** Whether an agent takes part: it solves a conflict, and repairs what a merge broke. Where all fits, git is enough. */
    static boolean asksAgent(Snapshot snapshot, RunState state) {
        boolean conflicts = snapshot.known()
                .pull()
                .flatMap(PullSeen::facts)
                .filter(facts -> facts.pull().merging().mergeable() == PullRequest.Mergeable.CONFLICT)
                .isPresent();
        return conflicts || state.after().conflicts() > 0 || state.documents().containsKey(Document.FEEDBACK);
    }

    /** Whether GitHub says that it doesn't fit its base. */
    boolean conflicts() {
        return facts.pull().merging().mergeable() == PullRequest.Mergeable.CONFLICT;
    }

    /** Whether it goes to the branch that the work was made for. */
    boolean isOnItsBase() {
        return state.work()
                .base()
                .filter(base -> !base.equals(facts.pull().base()))
                .isEmpty();
    }

    /** Whether it has to be done: in a conflict, and where the base's rules ask for a branch that has all of it. */
    boolean isDue() {
        return isOnItsBase() && (conflicts() || facts.pull().merging().state() == PullRequest.MergeState.BEHIND);
    }

    /** The run, where it is known to fit its base: conflicts are counted anew. */
    RunState fitting() {
        return facts.pull().merging().mergeable() == PullRequest.Mergeable.YES
                ? state.with(state.after().fitting())
                : state;
    }

    /** The run with its branch updated next. */
    RunState begun() {
        RunState next = Runs.revising(state, StageKind.UPDATE_BRANCH).goingOn();
        return conflicts() ? next.with(next.after().conflicting()) : next;
    }

    /** Why a person has to solve the conflict: an agent may not, or solved as many as may be. */
    Optional<String> forPeople() {
        if (isLeftToPeople()) {
            return Optional.of(Waiting.FOR_PEOPLE);
        }
        if (!conflicts()) {
            return Optional.empty();
        }
        int most = policy.attempts(Runs.configured(state, policy, StageKind.UPDATE_BRANCH));
        return state.after().conflicts() >= most
                ? Optional.of(state.after().conflicts() + " times in a row, and " + most + " may be solved")
                : Optional.empty();
    }

    /** An agent may not solve it, and nobody pushed since. */
    private boolean isLeftToPeople() {
        Sha head = facts.pull().head();
        return state.work().head().filter(head::equals).isPresent()
                && state.waiting()
                        .filter(w -> w.reason() == Waiting.Reason.CONFLICT)
                        .filter(w -> w.detail().equals(Waiting.FOR_PEOPLE))
                        .isPresent();
    }
}
