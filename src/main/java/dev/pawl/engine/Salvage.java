package dev.pawl.engine;

import dev.pawl.domain.decide.Snapshot;
import dev.pawl.domain.decide.StateFound;
import dev.pawl.domain.decide.Why;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.port.Forge;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.port.GitUnavailable;
import dev.pawl.domain.port.Ledger;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.report.Report;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.text.Sentences;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is still done when something fails under a lease: it is recorded where it can be, and the lease is given back. */
final class Salvage {
    private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);

    private final Forge forge;
    private final Performer performer;
    private final Policy policy;

    Salvage(Forge forge, Performer performer, Policy policy) {
        this.forge = forge;
        this.performer = performer;
        this.policy = policy;
    }

    /**
     * Does something under the lease.
     *
     * @param snapshot the issue as read before
     * @param state the run as it is meant to go on
     */
    Report under(Ledger.Lease lease, Snapshot snapshot, RunState state, Supplier<Report> act) {
        try {
            return salvaged(lease, snapshot, state, act);
        } catch (LeaseLost lost) {
            LOG.warn("{}; nothing more is written", lost.getMessage());
            return LeaseLost.report(lease.issue());
        }
    }

    private Report salvaged(Ledger.Lease lease, Snapshot snapshot, RunState state, Supplier<Report> act) {
        try {
            return translated(act);
        } catch (LeaseLost lost) {
            throw lost;
        } catch (ForgeFailure failure) {
            return failed(lease, snapshot, state, failure);
        } catch (UncheckedIOException disk) {
            quietly(() -> performer.release(lease, Outcome.CONFIGURATION));
            throw disk;
        } catch (RuntimeException bug) {
            quietly(() -> sayOnce(snapshot, state));
            quietly(() -> performer.release(lease, Outcome.BUG));
            throw bug;
        }
    }

    /** Git's troubles are the forge's, as far as people are concerned. */
    private static Report translated(Supplier<Report> act) {
        try {
            return act.get();
        } catch (GitUnavailable git) {
            throw forge(git);
        }
    }

    /** What passes by itself is left to the next invocation; what doesn't is recorded, where there is still an issue. */
    private Report failed(Ledger.Lease lease, Snapshot snapshot, RunState state, ForgeFailure failure) {
        if (failure.kind() != FailureKind.ACCESS) {
            quietly(() -> performer.release(lease, Outcome.RETRY_LATER));
            throw failure;
        }
        int issue = snapshot.issue().number();
        try {
            boolean gone = failure.over().isEmpty() && forge.issue(issue).isEmpty();
            if (failure.over().isEmpty() && !gone) {
                return recorded(lease, snapshot, state, failure);
            }
            quietly(() -> performer.release(lease, Outcome.NOTHING));
            return Failures.report(
                    gone ? ForgeFailure.over(Why.GONE, String.valueOf(failure.getMessage())) : failure,
                    OptionalInt.of(issue));
        } catch (ForgeFailure silenced) {
            if (silenced.over().isPresent()) {
                return Failures.report(silenced, OptionalInt.of(issue));
            }
            quietly(() -> performer.release(lease, Outcome.RETRY_LATER));
            throw silenced.passes() ? silenced : failure;
        }
    }

    static ForgeFailure forge(GitUnavailable git) {
        FailureKind kind =
                switch (git.kind()) {
                    case LOST -> FailureKind.FORGE_OUTAGE;
                    case DENIED, MISSING, UNUSABLE -> FailureKind.ACCESS;
                };
        return new ForgeFailure(kind, String.valueOf(git.getMessage()), Optional.empty());
    }

    /** A missing permission blocks the issue, if there is enough permission to say so. */
    private Report recorded(Ledger.Lease lease, Snapshot snapshot, RunState state, ForgeFailure failure) {
        Forge.Conversation now = forge.conversation(snapshot.issue().number());
        Optional<Long> comment = Optional.empty();
        RunState latest = state;
        if (now.state() instanceof StateFound.Found(long id, RunState saved)) {
            comment = Optional.of(id);
            latest = saved;
        }
        Optional<StageRecord> due = latest.due();
        RunState pending = due.isPresent() ? latest.change(due.get().kind(), s -> s.as(StageStatus.PENDING)) : latest;
        String detail = failure.getMessage() == null ? "" : failure.getMessage();
        RunState blocked = pending.waiting(
                IssueState.BLOCKED, new Waiting(Waiting.Reason.ACCESS, forge.now(), Optional.empty(), detail));
        Performer.Saved saved = performer.saveAndRelease(
                new Performer.Place(snapshot, comment, blocked, lease), policy, Outcome.BLOCKED);
        return Report.of(
                Outcome.BLOCKED,
                saved.state(),
                "Waiting for " + Sentences.waiting(saved.state().waiting().orElseThrow()));
    }

    private void sayOnce(Snapshot snapshot, RunState state) {
        boolean said = snapshot.notes().stream()
                .anyMatch(n -> n.topic() == Note.Topic.NOTICE && n.key().equals("bug"));
        if (!said) {
            performer.perform(
                    snapshot,
                    state,
                    List.of(new Effect.EnsureNote(
                            Note.Topic.NOTICE,
                            "bug",
                            state.id().run(),
                            "Pawl failed on this issue by a defect of its own. The job's log has the details; the next"
                                    + " event tries again.\n",
                            Optional.empty())),
                    Optional.empty());
        }
    }

    private static void quietly(Runnable act) {
        try {
            act.run();
        } catch (RuntimeException e) {
            LOG.warn("salvage failed: {}", e.getMessage());
        }
    }
}
