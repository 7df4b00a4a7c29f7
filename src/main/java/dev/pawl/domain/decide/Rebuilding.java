package dev.pawl.domain.decide;

import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.PastLease;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Spending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes a run's state anew from what it left: ledger, branch, pull request, comments. At the same stage or an earlier one,
 * never a later one; and what is lost of its counters counts as used up, as far as it can be known.
 */
public final class Rebuilding {
    /** So long the forge may take to show what was written (REL-23 says half a minute). Until then nothing is lost. */
    static final Duration SETTLING = Duration.ofSeconds(60);

    private final Snapshot snapshot;
    private final Policy policy;
    private final Instant now;
    private final Remains remains;
    private final Traces traces;

    private Rebuilding(Snapshot snapshot, Policy policy, Instant now) {
        this.snapshot = snapshot;
        this.policy = policy;
        this.now = now;
        this.remains = snapshot.known().remains().orElse(Remains.NONE);
        this.traces = new Traces(snapshot, remains);
    }

    /** What can be told of a run whose state isn't there. */
    public sealed interface Verdict {
        /** No state was ever saved: nothing was lost. */
        record Never() implements Verdict {}

        /** It may only not be shown yet. */
        record NotShown() implements Verdict {}

        /**
         * The last run is over.
         *
         * @param state as it ended
         */
        record Over(RunState state) implements Verdict {}

        /**
         * The run goes on.
         *
         * @param state from where
         */
        record Going(RunState state) implements Verdict {}

        /**
         * A person has to say how it goes on.
         *
         * @param why in our words
         */
        record Unclear(String why) implements Verdict {}
    }

    /**
     * What can be told. A state that was put back to an older one helps with what only states know.
     *
     * @param snapshot an issue that knows what is left
     * @param now the forge's time
     */
    public static Verdict of(Snapshot snapshot, Policy policy, Instant now) {
        return new Rebuilding(snapshot, policy, now).verdict();
    }

    /** The last run, ended without a result, for a person who has it forgotten. */
    public static RunState forgotten(Snapshot snapshot, Policy policy, Instant now) {
        var rebuilding = new Rebuilding(snapshot, policy, now);
        return rebuilding.bare(rebuilding.spending()).in(IssueState.CLOSED_UNRESOLVED);
    }

    /** Agent starts of a run that never came to save a state. */
    static Spending used(Snapshot snapshot, Policy policy, Instant now) {
        return new Rebuilding(snapshot, policy, now).spending();
    }

    /** The state that was saved last: when, and in which epoch. */
    public static Loss loss(Snapshot snapshot, Loss.Kind kind) {
        Remains left = snapshot.known().remains().orElse(Remains.NONE);
        Optional<PastLease> saved =
                left.leases().stream().filter(PastLease::saved).findFirst();
        return new Loss(
                kind,
                saved.map(PastLease::epoch).orElse(0L),
                saved.flatMap(PastLease::end).map(PastLease.End::at).orElse(Instant.EPOCH));
    }

    private Verdict verdict() {
        if (!remains.everSaved()) {
            return remains.leases().isEmpty() && traces.outsideTheLedger()
                    ? new Verdict.Unclear("the ledger, which says how far the run was, is gone, too")
                    : new Verdict.Never();
        }
        Instant saved = loss(snapshot, Loss.Kind.GONE).saved();
        if (now.isBefore(saved.plus(SETTLING))) {
            return new Verdict.NotShown();
        }
        if (!traces.rivals().isEmpty()) {
            return new Verdict.Unclear("there are several branches with work of Pawl's, "
                    + String.join(" and ", traces.rivals()) + ", and no pull request says which one counts");
        }
        RunState bare = bare(spending());
        return traces.isOver()
                ? new Verdict.Over(bare.in(ended()))
                : new Verdict.Going(new Reached(policy, traces).of(bare, now));
    }

    private IssueState ended() {
        return snapshot.issue().has("pawl:" + IssueState.COMPLETED.word())
                ? IssueState.COMPLETED
                : IssueState.CLOSED_UNRESOLVED;
    }

    /** The run that the state comment told of, where it still tells of the last one. */
    private Optional<RunState> older() {
        return snapshot.state() instanceof StateFound.Older(var _, RunState state)
                        && state.id().run().equals(traces.run())
                ? Optional.of(state)
                : Optional.empty();
    }

    /** The run before anything is said of its stages. */
    private RunState bare(Spending spending) {
        Optional<String> type = older().map(s -> s.id().workflow())
                .filter(policy.workflows()::containsKey)
                .or(() -> Classification.of(snapshot.issue(), policy));
        RunState run = new RunState(
                new RunState.Identity(
                        snapshot.repository().id(), snapshot.issue().number(), traces.run(), type.orElse(Runs.UNKNOWN)),
                IssueState.NEW,
                Runs.stages(policy, type),
                work(),
                fence(),
                Optional.empty(),
                spending,
                older().map(RunState::people).orElse(new RunState.People(0, "", List.of())),
                Map.of(),
                Map.of());
        boolean clarified = traces.leases().stream().anyMatch(l -> l.stage() == StageKind.CLARIFY);
        return clarified && run.stage(StageKind.CLARIFY).isEmpty() ? Runs.clarifying(run) : run;
    }

    private RunState.Work work() {
        Optional<Remains.Branch> branch = traces.branch();
        Optional<String> base = older().flatMap(s -> s.work().base());
        RunState.Work work = new RunState.Work(
                branch.map(Remains.Branch::name),
                branch.map(b -> b.commits().getFirst().sha()),
                base,
                OptionalInt.empty(),
                Optional.empty(),
                0,
                0);
        return new Reached(policy, traces)
                .pull()
                .map(p -> work.onto(p.base()).with(p.number()))
                .orElse(work);
    }

    /** Higher than every sequence number before: no lease saves more than twice. */
    private RunState.Fence fence() {
        if (remains.leases().isEmpty()) {
            return RunState.Fence.NONE;
        }
        PastLease newest = traces.newest();
        return new RunState.Fence(newest.epoch(), 2 * newest.epoch(), Optional.of(newest.commit()), Optional.empty());
    }

    private Spending spending() {
        List<PastLease> starts = traces.leases().stream()
                .filter(PastLease::ranStage)
                .filter(l -> AgentUse.of(l.stage(), snapshot.issue(), policy))
                .toList();
        Optional<RunState> before = older();
        long known = before.map(s -> s.fence().epoch()).orElse(0L);
        int since = (int) starts.stream().filter(l -> l.epoch() > known).count();
        int runs = before.map(s -> s.spending().runs() + since).orElse(starts.size());
        int idle = (int)
                starts.stream().takeWhile(l -> !l.ended("advanced", "waiting")).count();
        Usd told = before.map(s -> s.spending().cost()).orElse(Usd.ZERO);
        Usd cost = told.reaches(traces.cost()) ? told : traces.cost();
        var times =
                new ArrayList<>(starts.stream().map(PastLease::since).toList().reversed());
        var all = new Spending(
                runs,
                idle,
                cost,
                before.map(s -> s.spending().lifted()).orElse(Usd.ZERO),
                before.map(s -> s.spending().inputTokens()).orElse(0L),
                before.map(s -> s.spending().outputTokens()).orElse(0L),
                times);
        return new Spending(
                all.runs(),
                all.idle(),
                all.cost(),
                all.lifted(),
                all.inputTokens(),
                all.outputTokens(),
                all.startsWithinHour(now));
    }
}
