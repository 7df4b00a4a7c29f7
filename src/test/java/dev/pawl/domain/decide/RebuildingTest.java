package dev.pawl.domain.decide;

import static dev.pawl.domain.Examples.BOT;
import static dev.pawl.domain.Examples.NOW;
import static dev.pawl.domain.Examples.bug;
import static dev.pawl.domain.Examples.doorbell;
import static dev.pawl.domain.Examples.policy;
import static dev.pawl.domain.Examples.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.PastLease;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** REL-26: what can be told of a run whose state is gone, and what can't. */
class RebuildingTest {
    private static final String RUN = Runs.name(snapshot(bug(), doorbell()), "");

    /** Leases in their order, given as {@code stage outcome}; without an outcome nobody released it. */
    private static List<PastLease> leases(String... words) {
        var leases = new ArrayList<PastLease>();
        for (int i = 0; i < words.length; i++) {
            String[] lease = words[i].split(" ");
            Instant since = NOW.minus(Duration.ofHours(words.length - i));
            leases.addFirst(new PastLease(
                    new Sha("%040x".formatted(i + 1)),
                    i + 1,
                    StageKind.parse(lease[0]).orElseThrow(),
                    since,
                    lease.length > 1
                            ? Optional.of(new PastLease.End(since.plusSeconds(300), lease[1]))
                            : Optional.empty()));
        }
        return leases;
    }

    private static Remains.Branch branch(String slug, int commits) {
        return new Remains.Branch(
                BranchName.parse("pawl/42-" + slug).orElseThrow(),
                IntStream.range(0, commits)
                        .mapToObj(i -> new Remains.Commit(
                                new Sha("%040x".formatted(0xbeef + commits - i)),
                                RUN,
                                StageKind.IMPLEMENT,
                                commits - i,
                                Usd.ofMicros(10_000),
                                OptionalInt.empty()))
                        .toList());
    }

    private static Rebuilding.Verdict verdict(List<PastLease> leases, List<Remains.Branch> branches) {
        return verdict(new Remains(leases, branches, List.of()));
    }

    private static Rebuilding.Verdict verdict(Remains remains) {
        Snapshot bare = snapshot(bug(), doorbell());
        return Rebuilding.of(bare.knowing(bare.known().with(Optional.of(remains))), policy(), NOW);
    }

    private static RunState going(List<PastLease> leases, Remains.Branch... branches) {
        return ((Rebuilding.Verdict.Going) verdict(leases, List.of(branches))).state();
    }

    private static Optional<StageKind> due(RunState state) {
        return state.due().map(StageRecord::kind);
    }

    @Test
    void rel26WithoutALedgerThereNeverWasAState() {
        assertThat(verdict(List.of(), List.of())).isEqualTo(new Rebuilding.Verdict.Never());
        assertThat(verdict(leases("triage retry-later", "triage"), List.of()))
                .isEqualTo(new Rebuilding.Verdict.Never());
    }

    @Test
    void rel26WorkWithoutALedgerIsForAPersonToTell() {
        assertThat(verdict(List.of(), List.of(branch("login", 1)))).isInstanceOf(Rebuilding.Verdict.Unclear.class);
    }

    @Test
    void rel26ACommentThatMayOnlyNotBeShownYetIsWaitedFor() {
        var just = new PastLease(
                new Sha("a".repeat(40)),
                1,
                StageKind.TRIAGE,
                NOW.minusSeconds(30),
                Optional.of(new PastLease.End(NOW.minusSeconds(20), "advanced")));
        assertThat(verdict(List.of(just), List.of())).isEqualTo(new Rebuilding.Verdict.NotShown());
    }

    @Test
    void rel26TheWorkSaysHowFarItWas() {
        RunState state = going(leases("triage advanced", "plan advanced", "implement advanced"), branch("login", 1));

        // The plan's comment isn't there, so that it is made again: never a later stage.
        assertThat(due(state)).contains(StageKind.PLAN);
        assertThat(state.work().branch().orElseThrow().value()).isEqualTo("pawl/42-login");
        assertThat(state.id().run()).isEqualTo(RUN);
        assertThat(state.spending().runs()).isEqualTo(2);
        assertThat(state.spending().cost()).isEqualTo(Usd.ofMicros(10_000));
        assertThat(state.fence().epoch()).isEqualTo(3);
    }

    @Test
    void rel26WithoutTheCommitImplementIsDoneAgain() {
        RunState state = going(leases("triage advanced", "implement advanced"));
        assertThat(due(state)).contains(StageKind.IMPLEMENT);
        assertThat(state.stage(StageKind.IMPLEMENT).orElseThrow().attempts()).isEqualTo(1);
    }

    @Test
    void rel26WhatFailedCountsAgain() {
        RunState state = going(leases("triage advanced", "implement failed", "implement failed", "implement"));
        assertThat(due(state)).contains(StageKind.IMPLEMENT);
        StageRecord implement = state.stage(StageKind.IMPLEMENT).orElseThrow();
        assertThat(implement.failures()).containsEntry(FailureKind.AGENT_RESULT, 2);
        assertThat(implement.attempts()).isEqualTo(3);
        assertThat(state.spending().idle()).isEqualTo(3);
    }

    @Test
    void rel26WhatHadStoppedStaysStopped() {
        RunState state = going(leases("triage advanced", "implement failed", "implement blocked"));
        assertThat(state.state()).isEqualTo(IssueState.BLOCKED);
        assertThat(state.waiting()).map(Waiting::reason).contains(Waiting.Reason.ATTEMPTS);
    }

    @Test
    void rel26FailedValidationGoesBackToImplement() {
        RunState state = going(
                leases("triage advanced", "implement advanced", "validate failed", "implement failed"),
                branch("login", 1));
        assertThat(due(state)).contains(StageKind.IMPLEMENT);
        assertThat(state.stage(StageKind.IMPLEMENT).orElseThrow().failures()).containsEntry(FailureKind.VALIDATION, 1);
    }

    @Test
    void rel26OfSeveralBranchesOnlyAnOpenPullRequestTells() {
        List<PastLease> leases = leases("triage advanced", "implement advanced");
        List<Remains.Branch> both = List.of(branch("login", 1), branch("sign-in", 1));
        assertThat(verdict(leases, both))
                .isEqualTo(new Rebuilding.Verdict.Unclear(
                        "there are several branches with work of Pawl's, pawl/42-login and pawl/42-sign-in, and no pull"
                                + " request says which one counts"));

        var verdict = verdict(new Remains(leases, both, List.of(pull("pawl/42-sign-in", PullRequest.Status.OPEN))));
        assertThat(((Rebuilding.Verdict.Going) verdict)
                        .state()
                        .work()
                        .branch()
                        .orElseThrow()
                        .value())
                .isEqualTo("pawl/42-sign-in");
        assertThat(verdict(new Remains(leases, both, List.of(pull("pawl/42-sign-in", PullRequest.Status.CLOSED)))))
                .isInstanceOf(Rebuilding.Verdict.Unclear.class);
    }

    @Test
    void rel26ARunThatEndedIsOver() {
        var verdict = verdict(
                leases("triage advanced", "implement advanced", "open_pr advanced", "open_pr ended"),
                List.of(branch("login", 1)));
        assertThat(((Rebuilding.Verdict.Over) verdict).state().state()).isEqualTo(IssueState.CLOSED_UNRESOLVED);
    }

    private static PullRequest pull(String branch, PullRequest.Status status) {
        return new PullRequest(7, BOT, branch, true, new Sha("b".repeat(40)), "main", status, false, "https://x/7");
    }
}
