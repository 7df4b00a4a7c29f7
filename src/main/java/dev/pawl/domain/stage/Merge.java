package dev.pawl.domain.stage;

import dev.pawl.domain.decide.Runs;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.PullRequest;
import java.util.ArrayList;

/** Merges the pull request, whose gates are all open, at the head that they were open for, and clears up. */
record Merge() implements StageWork {
    @Override
    public Conclusion conclude(Context context, Work work) {
        return switch (work) {
            case Work.Rules() -> merged(context);
            case Work.Asked _, Work.Validated _, Work.Dispatched _, Work.Repeatable _, Work.Found _ ->
                throw new IllegalArgumentException("merge does no such work");
        };
    }

    private static Conclusion merged(Context context) {
        PullRequest pull = context.snapshot().pull().orElseThrow();
        var effects = new ArrayList<Effect>();
        effects.add(new Effect.EnsureMerged(
                pull.number(),
                pull.head(),
                pull.base(),
                context.policy().merge().method()));
        effects.addAll(Clearing.after(pull, context.policy().merge()));
        return new Conclusion(Conclusion.Result.ADVANCED, Runs.merged(context.state()), effects);
    }
}
