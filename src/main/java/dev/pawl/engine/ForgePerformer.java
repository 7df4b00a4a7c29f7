package dev.pawl.engine;

import dev.pawl.domain.decide.Snapshot;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Comparison;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.Forge;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.port.GitUnavailable;
import dev.pawl.domain.port.Ledger;
import dev.pawl.domain.port.PullRequests;
import dev.pawl.domain.port.Workspace;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.state.Daybook;
import dev.pawl.domain.state.Document;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.PastLease;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.text.StateText;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the forge. */
final class ForgePerformer implements Performer {
    private static final Logger LOG = LoggerFactory.getLogger(ForgePerformer.class);

    private final Forge forge;
    private final Ledger ledger;
    private final Workspace workspace;
    private final Settings settings;
    private final Fence fence;
    private final Bookkeeping books;

    ForgePerformer(Forge forge, Ledger ledger, Engine.Parts parts, Settings settings) {
        this.forge = forge;
        this.ledger = ledger;
        this.workspace = parts.workspace();
        this.settings = settings;
        this.books = new Bookkeeping(workspace, forge);
        this.fence = new Fence(ledger, forge, parts.clock());
        forge.beforeWrites(fence::pass);
    }

    @Override
    public Ledger.Claim claim(int issue, RunState.Fence known, StageKind stage, Policy policy) {
        return fence.claim(
                () -> ledger.acquire(issue, known, stage, policy.limits().lease()));
    }

    @Override
    public boolean holds(Ledger.Lease lease) {
        return fence.holds(lease);
    }

    @Override
    public Performed perform(Snapshot snapshot, RunState state, List<Effect> effects, Optional<Workspace.Tree> tree) {
        RunState known = state;
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.EnsureBranch push -> {
                    Optional<Performed> refused = push(push, tree.orElseThrow());
                    if (refused.isPresent()) {
                        return refused.get();
                    }
                }
                case Effect.EnsurePullRequest pull ->
                    known = known.with(
                            known.work().with(forge.ensurePullRequest(pull).number()));
                case Effect.EnsureNote note ->
                    known = remember(
                            known, note, forge.ensureNote(snapshot.issue().number(), note, snapshot.notes()));
                case Effect.EnsureReaction(long comment, boolean done) -> forge.ensureReaction(comment, done);
                case Effect.EnsureStateLabel(var wanted) -> forge.ensureStateLabel(snapshot.issue(), wanted);
                case Effect.OnPull onPull -> PullEffects.perform(onPull, forge.pullRequests());
                case Effect.OnCi onCi -> {
                    Optional<String> refused = CiEffects.perform(onCi, forge.ci());
                    if (refused.isPresent()) {
                        return new Performed.NotStarted(refused.get());
                    }
                }
                case Effect.EnsureMerged merge -> {
                    Optional<Performed> refused = merge(merge);
                    if (refused.isPresent()) {
                        return refused.get();
                    }
                }
                case Effect.CloseIssue() -> forge.closeIssue(snapshot.issue().number());
                case Effect.Continue(int issue, int hop) -> forge.dispatch(issue, hop);
                case Effect.SaveState _ ->
                    throw new IllegalArgumentException("states are saved by save: they need the lease");
            }
        }
        return new Performed.Done(known);
    }

    @Override
    public void perform(Effect.OnPull effect) {
        PullEffects.perform(effect, forge.pullRequests());
    }

    private static RunState remember(RunState state, Effect.EnsureNote note, Note written) {
        return note.data()
                .flatMap(_ -> Document.nameOf(note.topic()))
                .map(name -> state.with(name, new Document(written.id(), written.documentHash())))
                .orElse(state);
    }

    /** What GitHub merged is merged when the base shows it: a look at it is a look at the outcome, not at the answer. */
    private Optional<Performed> merge(Effect.EnsureMerged merge) {
        var wanted =
                new PullRequests.Merge(merge.pull(), merge.head(), merge.method(), Optional.empty(), Optional.empty());
        return switch (forge.pullRequests().merge(wanted)) {
            case PullRequests.Merged.Done(Sha commit) -> {
                boolean landed = forge.pullRequests()
                        .compare(merge.base(), commit.value())
                        .filter(Comparison::isContained)
                        .isPresent();
                if (!landed) {
                    throw new ForgeFailure(
                            FailureKind.FORGE_OUTAGE,
                            "GitHub says that pull request #" + merge.pull()
                                    + " is merged, and its base doesn't show it yet.",
                            Optional.empty());
                }
                yield Optional.empty();
            }
            case PullRequests.Merged.HeadMoved() -> Optional.of(new Performed.NotMerged(true));
            case PullRequests.Merged.Refused(String said) -> {
                LOG.warn("merge=refused pull={} why=\"{}\"", merge.pull(), said);
                yield Optional.of(new Performed.NotMerged(false));
            }
        };
    }

    private Optional<Performed> push(Effect.EnsureBranch push, Workspace.Tree tree) {
        fence.pass();
        return switch (workspace.push(tree, push.commit(), push.branch())) {
            case Workspace.Pushed.Done() -> Optional.empty();
            case Workspace.Pushed.Moved(var found) ->
                Optional.of(new Performed.BranchMoved(
                        found.map(sha -> "it is at " + sha.abbreviated()).orElse(Waiting.BRANCH_GONE)));
            case Workspace.Pushed.Refused(String reason) -> Optional.of(new Performed.PushRefused(reason));
        };
    }

    @Override
    public Saved save(Optional<Long> comment, RunState state, Policy policy, Ledger.Lease lease) {
        return save(comment, state, policy, lease, Optional.empty());
    }

    @Override
    public void keep(Ledger.Lease lease, Workspace.Kept checkpoint) {
        try {
            fence.pass();
        } catch (ForgeFailure unanswered) {
            LOG.warn("lease=unknown issue={} why=\"{}\"", lease.issue(), unanswered.getMessage());
        }
        try {
            workspace.keep(lease.checkpoint(), checkpoint);
        } catch (GitUnavailable unkept) {
            LOG.warn("checkpoint=lost issue={} why=\"{}\"", lease.issue(), unkept.getMessage());
        }
    }

    @Override
    public Daybook daybook(Ledger.Lease lease) {
        return books.read(lease);
    }

    @Override
    public boolean agentStarts(Ledger.Lease lease, Usd reserved, long by) {
        fence.pass();
        return books.open(lease, reserved, by);
    }

    @Override
    public void agentEnded(Ledger.Lease lease, Usd used) {
        books.close(lease, used);
    }

    @Override
    public Saved saveAndRelease(Place place, Policy policy, Outcome outcome) {
        RunState state = place.state();
        boolean ended = state.state().ended();
        if (!ended) {
            perform(place.snapshot(), state, place.label(), Optional.empty());
        }
        Sha prepared = ledger.prepareRelease(place.lease(), word(state, outcome));
        Saved saved = save(place.comment(), state, policy, place.lease(), Optional.of(prepared));
        if (ended) {
            perform(place.snapshot(), state, place.label(), Optional.empty());
        }
        ledger.release(place.lease(), prepared);
        fence.open();
        return saved;
    }

    /** What a state that has to be made anew one day must know: whether the run ended, and whether a stage was run at all. */
    private static String word(RunState state, Outcome outcome) {
        return state.state().ended()
                ? PastLease.ENDED
                : outcome == Outcome.NOTHING ? PastLease.ANSWERED : outcome.word();
    }

    @Override
    public void release(Ledger.Lease lease, Outcome outcome) {
        release(lease, outcome.word());
    }

    @Override
    public void release(Ledger.Lease lease, String word) {
        ledger.release(lease, ledger.prepareRelease(lease, word));
        fence.open();
    }

    private Saved save(
            Optional<Long> comment, RunState state, Policy policy, Ledger.Lease lease, Optional<Sha> released) {
        RunState fenced = state.with(
                new RunState.Fence(lease.epoch(), state.fence().seq() + 1, released, Optional.of(lease.tree())));
        long id = forge.saveState(comment, fenced, StateText.of(fenced, policy, settings.invocation()));
        return new Saved(id, fenced);
    }
}
