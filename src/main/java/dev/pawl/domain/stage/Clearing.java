package dev.pawl.domain.stage;

import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.policy.MergeRules;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is cleared up once a pull request is merged: the same whether this invocation merged it, or one that died then. */
public final class Clearing {
    private Clearing() {}

    /** What is done, in its order. */
    static List<Effect> after(PullRequest pull, MergeRules rules) {
        var effects = new ArrayList<Effect>(List.of(new Effect.CloseIssue()));
        if (rules.deleteBranch()) {
            effects.add(new Effect.EnsureBranchGone(pull.headBranch(), pull.head()));
        }
        return effects;
    }

    /** The same for a run whose end was found; nothing where people merge, who clear up themselves. */
    public static List<Effect> found(RunState ended, Optional<PullRequest> pull, MergeRules rules) {
        boolean ours = rules.enabled()
                && ended.state() == IssueState.COMPLETED
                && ended.stage(StageKind.MERGE).isPresent();
        return pull.filter(_ -> ours)
                .filter(p -> p.status() == PullRequest.Status.MERGED)
                .map(p -> after(p, rules))
                .orElse(List.of());
    }
}
