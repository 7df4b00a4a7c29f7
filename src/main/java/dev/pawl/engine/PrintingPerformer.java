package dev.pawl.engine;

import dev.pawl.domain.decide.Snapshot;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.Ledger;
import dev.pawl.domain.port.Workspace;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.state.Daybook;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.text.StateText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** For dry runs: writes nothing, and prints what would be written. */
final class PrintingPerformer implements Performer {
    private static final Sha NO_COMMIT = new Sha("0".repeat(40));

    private final Settings settings;
    private final Consumer<String> out;

    PrintingPerformer(Settings settings, Consumer<String> out) {
        this.settings = settings;
        this.out = out;
    }

    @Override
    public Ledger.Claim claim(int issue, RunState.Fence known, StageKind stage, Policy policy) {
        out.accept("would claim issue " + issue + " for " + stage.word());
        return new Ledger.Claim.Held(new Ledger.Lease(
                issue, "", known.epoch() + 1, NO_COMMIT, known.tree().orElse(NO_COMMIT), Instant.MAX, true));
    }

    @Override
    public boolean holds(Ledger.Lease lease) {
        return true;
    }

    @Override
    public Performed perform(Snapshot snapshot, RunState state, List<Effect> effects, Optional<Workspace.Tree> tree) {
        effects.forEach(effect -> out.accept(describe(effect)));
        tree.ifPresent(t -> out.accept("the work tree is in " + t.folder()));
        return new Performed.Done(state);
    }

    @Override
    public void perform(Effect.OnPull effect) {
        out.accept(PullEffects.describe(effect));
    }

    private static String describe(Effect effect) {
        return switch (effect) {
            case Effect.EnsureBranch(var branch, var commit) ->
                "would push " + commit.abbreviated() + " to " + branch.value();
            case Effect.EnsurePullRequest pull ->
                "would open a pull request from " + pull.head().value() + " to " + pull.base() + ":\n" + pull.title()
                        + "\n\n" + pull.body();
            case Effect.EnsureNote note ->
                "would write the comment " + note.topic().word() + "/" + note.key() + ":\n" + note.body();
            case Effect.EnsureReaction(long comment, boolean done) ->
                "would react to comment " + comment + " with " + (done ? "+1" : "confused");
            case Effect.EnsureStateLabel(var wanted) -> "would label the issue pawl:" + wanted.word();
            case Effect.SaveState(var state) ->
                "would save the state " + state.state().word();
            case Effect.EnsureMerged merge ->
                "would merge #" + merge.pull() + " at " + merge.head().abbreviated() + " by "
                        + merge.method().word();
            case Effect.CloseIssue() -> "would close the issue";
            case Effect.OnPull onPull -> PullEffects.describe(onPull);
            case Effect.OnCi onCi -> CiEffects.describe(onCi);
            case Effect.Continue(int issue, int hop) -> "would go on with issue " + issue + ", hop " + hop;
        };
    }

    @Override
    public Saved save(Optional<Long> comment, RunState state, Policy policy, Ledger.Lease lease) {
        out.accept("would save the state:\n" + StateText.of(state, policy, settings.invocation()));
        return new Saved(comment.orElse(0L), state);
    }

    @Override
    public void keep(Ledger.Lease lease, Workspace.Kept checkpoint) {
        out.accept("would keep what the agent gave until it is written");
    }

    @Override
    public Daybook daybook(Ledger.Lease lease) {
        return Daybook.EMPTY;
    }

    @Override
    public boolean agentStarts(Ledger.Lease lease, Usd reserved, long by) {
        out.accept("would count an agent start, and up to " + reserved.forPeople());
        return true;
    }

    @Override
    public void agentEnded(Ledger.Lease lease, Usd used) {
        out.accept("would count " + used.forPeople());
    }

    @Override
    public Saved saveAndRelease(Place place, Policy policy, Outcome outcome) {
        perform(place.snapshot(), place.state(), place.label(), Optional.empty());
        return save(place.comment(), place.state(), policy, place.lease());
    }

    @Override
    public void release(Ledger.Lease lease, Outcome outcome) {
        out.accept("would release the issue");
    }

    @Override
    public void release(Ledger.Lease lease, String word) {
        release(lease, Outcome.NOTHING);
    }
}
