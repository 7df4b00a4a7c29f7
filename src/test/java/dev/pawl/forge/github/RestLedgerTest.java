package dev.pawl.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.port.Lag;
import dev.pawl.domain.port.Ledger.Claim;
import dev.pawl.domain.port.Ledger.Holder;
import dev.pawl.domain.port.Ledger.Lease;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.RunState.Fence;
import dev.pawl.sandbox.World;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Exchange;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Incoming;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RestLedgerTest {
    private static final Duration LEASE = Duration.ofMinutes(45);
    private static final String REF = "refs/pawl/issues/42";
    private static final String FALLBACK = "refs/heads/pawl-ledger/issues/42";

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private Bench bench;
    private long run;

    @BeforeEach
    void open(@TempDir Path folder) {
        bench = new Bench(folder);
        run = bench.world.repo.startsRun("pawl.yml", "issues");
        bench.world.github.observe(this::see);
    }

    private void see(Exchange exchange) {
        bench.world.check.collect(exchange);
        seen.add(exchange.method() + " " + exchange.path().substring("/repos/octo/lab".length()));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static Lease held(Claim claim) {
        assertThat(claim).isInstanceOf(Claim.Held.class);
        return ((Claim.Held) claim).lease();
    }

    private Lease acquire(RestLedger ledger, Fence known) {
        return held(ledger.acquire(42, known, StageKind.PLAN, LEASE));
    }

    private Fence releasedBy(RestLedger ledger, Lease lease) {
        Sha end = ledger.prepareRelease(lease, "advanced");
        ledger.release(lease, end);
        assertThat(ref(REF)).contains(end.value());
        return new Fence(lease.epoch(), 1, Optional.of(end), Optional.of(lease.tree()));
    }

    private Optional<String> ref(String name) {
        return bench.world.repo.ref(name);
    }

    private List<String> take() {
        var taken = List.copyOf(seen);
        seen.clear();
        return taken;
    }

    @Test
    void theFirstClaimTakesThreeRequestsAndItsReleaseTwo() {
        RestLedger ledger = bench.ledger(run, 1);
        Lease lease = acquire(ledger, Fence.NONE);
        assertThat(take()).containsExactly("GET /branches/main", "POST /git/commits", "POST /git/refs");
        assertThat(lease.ref()).isEqualTo(REF);
        assertThat(lease.epoch()).isEqualTo(1);
        assertThat(lease.upToDate()).isTrue();
        assertThat(lease.expires()).isEqualTo(World.START.plus(LEASE));
        assertThat(ref(REF)).contains(lease.commit().value());
        assertThat(ledger.holds(lease)).isTrue();
        take();

        releasedBy(ledger, lease);
        assertThat(take()).containsExactly("POST /git/commits", "PATCH /git/refs/pawl/issues/42");
        assertThat(ledger.holds(lease)).isFalse();
    }

    @Test
    void aKnownLedgerTakesThreeRequests() {
        RestLedger ledger = bench.ledger(run, 1);
        Fence known = releasedBy(ledger, acquire(ledger, Fence.NONE));
        take();
        Lease lease = acquire(bench.ledger(run, 1), known);
        assertThat(take())
                .containsExactly("GET /git/ref/pawl/issues/42", "POST /git/commits", "PATCH /git/refs/pawl/issues/42");
        assertThat(lease.epoch()).isEqualTo(2);
        assertThat(lease.upToDate()).isTrue();
    }

    @Test
    void aReleasedLedgerThatTheStateDoesNotKnowIsRead() {
        RestLedger ledger = bench.ledger(run, 1);
        Fence first = releasedBy(ledger, acquire(ledger, Fence.NONE));
        releasedBy(ledger, acquire(ledger, first));
        bench.world.pass(Lag.LONGEST);
        Lease behind = acquire(bench.ledger(run, 1), first);
        assertThat(behind.epoch()).isEqualTo(3);
        assertThat(behind.upToDate()).isFalse();
    }

    @Test
    void aLostStateDoesNotStartTheEpochsAnew() {
        RestLedger ledger = bench.ledger(run, 1);
        releasedBy(ledger, acquire(ledger, Fence.NONE));
        bench.world.pass(Lag.LONGEST);
        Lease lease = acquire(bench.ledger(run, 1), Fence.NONE);
        assertThat(lease.epoch()).isEqualTo(2);
        assertThat(lease.upToDate()).isFalse();
    }

    /** What was written under the last claim may not show yet: nothing is claimed before it must have shown. */
    @Test
    void nothingIsClaimedWhileTheStateMayLagBehindTheLedger() {
        RestLedger ledger = bench.ledger(run, 1);
        Fence first = releasedBy(ledger, acquire(ledger, Fence.NONE));
        Fence second = releasedBy(ledger, acquire(ledger, first));
        String tip = ref(REF).orElseThrow();
        var until = World.START.plus(Lag.LONGEST);

        assertThat(claim(bench.ledger(run, 1), first)).isEqualTo(new Claim.Behind(until));
        assertThat(claim(bench.ledger(run, 1), Fence.NONE)).isEqualTo(new Claim.Behind(until));
        assertThat(ref(REF)).contains(tip);
        assertThat(acquire(bench.ledger(run, 1), second).upToDate()).isTrue();
    }

    /** A claim under which nothing was written leaves nothing that could show later. */
    @Test
    void aClaimWithoutATraceIsFollowedAtOnce() {
        RestLedger ledger = bench.ledger(run, 1);
        Fence first = releasedBy(ledger, acquire(ledger, Fence.NONE));
        Lease second = acquire(ledger, first);
        ledger.release(second, ledger.prepareRelease(second, "nothing"));
        assertThat(acquire(bench.ledger(run, 1), first).epoch()).isEqualTo(3);
    }

    private Claim claim(RestLedger ledger, Fence known) {
        return ledger.acquire(42, known, StageKind.PLAN, LEASE);
    }

    @Test
    void aStateThatClaimsAFutureEpochIsSeenByTheLeasesEpoch() {
        RestLedger ledger = bench.ledger(run, 1);
        releasedBy(ledger, acquire(ledger, Fence.NONE));
        var forged = new Fence(99, 5, Optional.of(new Sha("a".repeat(40))), Optional.empty());
        bench.world.pass(Lag.LONGEST);
        assertThat(acquire(ledger, forged).epoch()).isEqualTo(2).isLessThan(forged.epoch());
    }

    @Test
    void whoeverComesSecondIsToldWhoHasIt() {
        Lease lease = acquire(bench.ledger(run, 1), Fence.NONE);
        long other = bench.world.repo.startsRun("pawl.yml", "issues");
        var holder = new Holder(run, 1, 1, lease.expires());
        assertThat(bench.ledger(other, 1).acquire(42, Fence.NONE, StageKind.PLAN, LEASE))
                .isEqualTo(new Claim.Busy(Optional.of(holder)));
        assertThat(bench.ledger(run, 1).acquire(42, Fence.NONE, StageKind.PLAN, LEASE))
                .isEqualTo(new Claim.Busy(Optional.of(holder)));
        assertThat(bench.ledger(other, 1).holder(42)).contains(holder);
        assertThat(bench.ledger(other, 1).holder(43)).isEmpty();
    }

    @Test
    void aBusyIssueIsNotWrittenToWhereTheStateKnowsTheLedger() {
        RestLedger ledger = bench.ledger(run, 1);
        Fence known = releasedBy(ledger, acquire(ledger, Fence.NONE));
        acquire(ledger, known);
        long other = bench.world.repo.startsRun("pawl.yml", "issues");
        take();
        assertThat(bench.ledger(other, 1).acquire(42, known, StageKind.PLAN, LEASE))
                .isInstanceOf(Claim.Busy.class);
        assertThat(take()).allMatch(line -> line.startsWith("GET"));
    }

    @Test
    void anExpiredLeaseIsTakenOver() {
        RestLedger first = bench.ledger(run, 1);
        Lease lost = acquire(first, Fence.NONE);
        bench.world.pass(LEASE);
        RestLedger second = bench.ledger(bench.world.repo.startsRun("pawl.yml", "issues"), 1);
        assertThat(second.acquire(42, Fence.NONE, StageKind.PLAN, LEASE))
                .isInstanceOfSatisfying(Claim.Held.class, held -> {
                    assertThat(held.lease().epoch()).isEqualTo(2);
                    assertThat(held.lease().upToDate()).isFalse();
                });
        String now = ref(REF).orElseThrow();
        assertThat(first.holds(lost)).isFalse();
        first.release(lost, first.prepareRelease(lost, "advanced"));
        assertThat(ref(REF)).contains(now);
    }

    @Test
    void aRunThatIsOverIsTakenOver() {
        acquire(bench.ledger(run, 1), Fence.NONE);
        bench.world.repo.endsRun(run, "cancelled");
        RestLedger second = bench.ledger(bench.world.repo.startsRun("pawl.yml", "issues"), 1);
        assertThat(acquire(second, Fence.NONE).epoch()).isEqualTo(2);
    }

    @Test
    void aRunThatWasStartedAgainIsTakenOverByItselfAndByOthers() {
        acquire(bench.ledger(run, 1), Fence.NONE);
        take();
        assertThat(acquire(bench.ledger(run, 2), Fence.NONE).epoch()).isEqualTo(2);
        assertThat(take()).noneMatch(line -> line.contains("/actions/"));

        bench.world.repo.endsRun(run, "failure");
        bench.world.repo.repeatsRun(run);
        bench.world.repo.repeatsRun(run);
        RestLedger other = bench.ledger(bench.world.repo.startsRun("pawl.yml", "issues"), 1);
        assertThat(acquire(other, Fence.NONE).epoch()).isEqualTo(3);
    }

    @Test
    void aRunThatCannotBeAskedAboutIsNotOver() {
        acquire(bench.ledger(run, 1), Fence.NONE);
        bench.world.repo.endsRun(run, "success");
        long other = bench.world.repo.startsRun("pawl.yml", "issues");
        answer("GET", "/actions/runs/", Answer.of(403, "{\"message\":\"Resource not accessible by integration\"}"));
        assertThat(bench.ledger(other, 1).acquire(42, Fence.NONE, StageKind.PLAN, LEASE))
                .isInstanceOf(Claim.Busy.class);
    }

    @Test
    void onlyOneOfTwoRivalsWins() {
        RestLedger ledger = bench.ledger(run, 1);
        Fence known = releasedBy(ledger, acquire(ledger, Fence.NONE));
        RestLedger rival = bench.ledger(bench.world.repo.startsRun("pawl.yml", "issues"), 1);
        var rivals = new ArrayList<Claim>();
        before("PATCH", "/git/refs/", () -> rivals.add(rival.acquire(42, known, StageKind.PLAN, LEASE)));
        Claim mine = ledger.acquire(42, known, StageKind.PLAN, LEASE);
        assertThat(rivals).singleElement().isInstanceOf(Claim.Held.class);
        assertThat(mine)
                .isInstanceOfSatisfying(
                        Claim.Busy.class,
                        busy -> assertThat(busy.holder())
                                .hasValueSatisfying(
                                        holder -> assertThat(holder.epoch()).isEqualTo(2)));
    }

    @Test
    void whereTheNamespaceIsRefusedABranchIsUsed() {
        refuseNamespace();
        RestLedger ledger = bench.ledger(run, 1);
        Lease lease = acquire(ledger, Fence.NONE);
        assertThat(lease.ref()).isEqualTo(FALLBACK);
        assertThat(ref(FALLBACK)).contains(lease.commit().value());
        assertThat(ref(REF)).isEmpty();
        Sha end = ledger.prepareRelease(lease, "advanced");
        ledger.release(lease, end);
        take();

        var known = new Fence(1, 1, Optional.of(end), Optional.of(lease.tree()));
        Lease next = acquire(bench.ledger(run, 1), known);
        assertThat(next.ref()).isEqualTo(FALLBACK);
        assertThat(next.upToDate()).isTrue();
        assertThat(take())
                .containsExactly(
                        "GET /git/ref/pawl/issues/42",
                        "GET /git/ref/heads/pawl-ledger/issues/42",
                        "POST /git/commits",
                        "PATCH /git/refs/heads/pawl-ledger/issues/42");
        assertThat(bench.ledger(run, 1).holder(42)).isPresent();
    }

    @Test
    void aLostStateFindsTheLedgerAmongTheBranches() {
        refuseNamespace();
        RestLedger ledger = bench.ledger(run, 1);
        acquire(ledger, Fence.NONE);
        long other = bench.world.repo.startsRun("pawl.yml", "issues");
        assertThat(bench.ledger(other, 1).acquire(42, Fence.NONE, StageKind.PLAN, LEASE))
                .isInstanceOfSatisfying(
                        Claim.Busy.class, busy -> assertThat(busy.holder()).isPresent());
    }

    @Test
    void aLedgerThatSomebodyDeletedGoesOnFromTheStatesEpoch() {
        var known = new Fence(7, 3, Optional.of(new Sha("b".repeat(40))), Optional.of(new Sha("c".repeat(40))));
        Lease lease = acquire(bench.ledger(run, 1), known);
        assertThat(lease.epoch()).isEqualTo(8);
        assertThat(lease.upToDate()).isTrue();
    }

    @Test
    void aCommitThatIsNotOursIsABug() {
        acquire(bench.ledger(run, 1), Fence.NONE);
        String main = bench.world.repo.ref("refs/heads/main").orElseThrow();
        bench.world.as(bench.world.octo).patch(World.REPO + "/git/" + REF, "{'sha':'" + main + "','force':true}");
        assertThatThrownBy(() -> bench.ledger(run, 1).acquire(42, Fence.NONE, StageKind.PLAN, LEASE))
                .isInstanceOfSatisfying(
                        ForgeFailure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.BUG))
                .hasMessageContaining(REF);
    }

    @ParameterizedTest
    @EnumSource
    void everyWriteOfUnknownOutcomeIsSettled(NthWrite.Fault fault) {
        for (int n = 0; n < 5; n++) {
            RestLedger ledger = bench.ledger(run, 1);
            int issue = 100 + n;
            bench.world.github.faults(new NthWrite(n, fault));
            Lease lease = held(ledger.acquire(issue, Fence.NONE, StageKind.PLAN, LEASE));
            Sha end = ledger.prepareRelease(lease, "advanced");
            ledger.release(lease, end);
            bench.world.github.faults(Faults.NONE);
            assertThat(lease.epoch()).isEqualTo(1);
            assertThat(ref("refs/pawl/issues/" + issue)).contains(end.value());
        }
    }

    private void answer(String method, String path, Answer with) {
        bench.world.github.faults(new Faults() {
            @Override
            public Fate beforeApplied(Incoming request) {
                return request.method().equals(method) && request.path().contains(path)
                        ? new Fate.AnswerWith(with)
                        : new Fate.Proceed();
            }
        });
    }

    private void refuseNamespace() {
        bench.world.repo.settings(s -> s.refusesRefNamespace("refs/pawl/"));
    }

    /** Something happens once, right before a request takes effect. */
    private void before(String method, String path, Runnable what) {
        var done = new AtomicInteger();
        bench.world.github.faults(new Faults() {
            @Override
            public Fate beforeApplied(Incoming request) {
                if (request.method().equals(method) && request.path().contains(path) && done.getAndIncrement() == 0) {
                    what.run();
                }
                return new Fate.Proceed();
            }
        });
    }
}
