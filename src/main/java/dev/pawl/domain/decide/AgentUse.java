package dev.pawl.domain.decide;

import dev.pawl.domain.model.Issue;
import dev.pawl.domain.model.PullFacts;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.Document;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageStatus;
import java.util.Optional;

/** Whether a stage starts an agent. */
public final class AgentUse {
    private AgentUse() {}

    /**
     * Whether that kind of stage may start one for this issue.
     *
     * @return false for stages without one, and for triage where the rules give a verdict
     */
    static boolean of(StageKind kind, Issue issue, Policy policy) {
        return kind.usesAgent()
                && !(kind == StageKind.TRIAGE
                        && ReadinessRules.judge(issue, policy).isPresent());
    }

    /**
     * Whether the stage starts one as things stand.
     *
     * @param state the run, with or without the stage started
     * @return false also where failed checks are only run again, or fail no longer, and where the base fits
     */
    public static boolean of(StageKind kind, Snapshot snapshot, RunState state, Policy policy) {
        return of(kind, snapshot.issue(), policy)
                && switch (kind) {
                    case FIX_CI -> repairs(snapshot, state, policy);
                    case UPDATE_BRANCH -> BaseUpdate.asksAgent(snapshot, state);
                    default -> true;
                };
    }

    private static boolean repairs(Snapshot snapshot, RunState state, Policy policy) {
        Optional<PullFacts> facts = snapshot.known().pull().flatMap(PullSeen::facts);
        if (facts.isEmpty()
                || state.documents().containsKey(Document.FEEDBACK)
                || mayHavePushed(snapshot, facts.get())) {
            return true;
        }
        CheckRound checks = CheckRound.toRepair(facts.get(), policy);
        return checks.isBroken() && !isRerunDue(checks, state, policy);
    }

    /** Somebody began it and died, and the branch isn't where it was. */
    private static boolean mayHavePushed(Snapshot snapshot, PullFacts facts) {
        return snapshot.state() instanceof StateFound.Found(var _, RunState before)
                && before.stage(StageKind.FIX_CI)
                        .filter(s -> s.status() == StageStatus.RUNNING)
                        .isPresent()
                && !before.work().head().equals(Optional.of(facts.pull().head()));
    }

    /** Whether what failed is run once more before an agent looks at it. */
    public static boolean isRerunDue(CheckRound checks, RunState state, Policy policy) {
        return checks.isBroken() && !checks.runs().isEmpty() && mayRerun(checks, state, policy);
    }

    /** Whether nothing that failed on that head is known to have been run again, where the policy says that it is. */
    public static boolean mayRerun(CheckRound checks, RunState state, Policy policy) {
        return policy.pullRequest().rerunChecks()
                && !state.after()
                        .repairs()
                        .rerun()
                        .equals(Optional.of(checks.head().abbreviated()));
    }
}
