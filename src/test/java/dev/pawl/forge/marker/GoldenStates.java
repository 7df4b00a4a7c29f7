package dev.pawl.forge.marker;

import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.state.AfterPull;
import dev.pawl.domain.state.Document;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Spending;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** The states that the golden files of every version hold, as far as the version knew how to write them. */
enum GoldenStates {
    /** The first version. */
    FIRST(false, false, false),
    /** Since plans are worked on leg by leg. */
    TASKS(true, false, false),
    /** Since tokens are counted for each stage. */
    TOKENS(true, true, false),
    /** Since something is remembered of the open pull request. */
    AFTER(true, true, true);

    private static final Instant TIME = Instant.parse("2026-11-21T07:00:00Z");
    private static final Optional<Sha> HEAD = Optional.of(new Sha("6dcb09b5b57875f334f61aebed695e2e4193db5e"));
    private static final Optional<Sha> LEDGER = Optional.of(new Sha("c3d0be41ecbe669545ee3e94d31ed9a4bc91ee3c"));
    private static final Optional<Sha> TREE = Optional.of(new Sha("9fb037999f264ba9a7fc6274d15fa3ae2ab98312"));
    private static final Optional<BranchName> BRANCH = Optional.of(new BranchName("pawl/42-login-times-out"));
    private static final Optional<String> MAIN = Optional.of("main");
    private static final String HASH = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private static final Failed NONE = new Failed(Map.of(), Optional.empty());

    private final boolean tasks;
    private final boolean tokens;
    private final boolean after;

    GoldenStates(boolean tasks, boolean tokens, boolean after) {
        this.tasks = tasks;
        this.tokens = tokens;
        this.after = after;
    }

    /** The folder of its files. */
    String folder() {
        return "src/test/resources/state/v1/" + name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The state whose file has that name. */
    RunState state(String name) {
        return Objects.requireNonNull(states().get(name));
    }

    /** The states, by the names of their files. */
    Map<String, RunState> states() {
        return Map.of(
                "started", started(),
                "approval", approval(),
                "working", working(),
                "blocked", blocked(),
                "completed", completed());
    }

    private record Ran(StageStatus status, int attempts, String result) {}

    private record Cost(long seconds, long micros) {}

    private record Failed(Map<FailureKind, Integer> times, Optional<FailureKind> last) {}

    private StageRecord stage(StageKind kind, Ran ran, Cost cost, Failed failed) {
        long unpriced = kind == StageKind.REVIEW ? 7 : 0;
        return new StageRecord(
                kind,
                ran.status(),
                ran.attempts(),
                failed.times(),
                failed.last(),
                ran.result(),
                cost.seconds(),
                Usd.ofMicros(cost.micros()),
                cost.micros() == 0 || !tokens
                        ? StageRecord.Tokens.NONE
                        : new StageRecord.Tokens(cost.micros() / 10, cost.micros() / 100, unpriced));
    }

    private static StageRecord pending(StageKind kind) {
        return StageRecord.pending(kind);
    }

    private static Ran succeeded(int attempts, String result) {
        return new Ran(StageStatus.SUCCEEDED, attempts, result);
    }

    private static Ran skipped(String result) {
        return new Ran(StageStatus.SKIPPED, 0, result);
    }

    private static RunState.Identity id(String workflow) {
        return new RunState.Identity(1296269, 42, "r-7f3a21", workflow);
    }

    private static RunState.Work unbegun(Optional<String> base) {
        return new RunState.Work(
                Optional.empty(), Optional.empty(), base, OptionalInt.empty(), Optional.of(HASH), 0, 0);
    }

    private static RunState.People people(Long... handled) {
        return new RunState.People(583231, "octocat", List.of(handled));
    }

    private RunState started() {
        return new RunState(
                id("unknown"),
                IssueState.TRIAGING,
                List.of(stage(StageKind.TRIAGE, new Ran(StageStatus.RUNNING, 1, ""), new Cost(0, 0), NONE)),
                unbegun(Optional.empty()),
                new RunState.Fence(1, 1, Optional.empty(), TREE),
                Optional.empty(),
                new Spending(1, 1, Usd.ZERO, Usd.ZERO, 0, 0, List.of(TIME)),
                people(),
                Map.of(),
                Map.of());
    }

    private RunState approval() {
        var timeout = new Failed(Map.of(FailureKind.AGENT_TIMEOUT, 1), Optional.of(FailureKind.AGENT_TIMEOUT));
        return new RunState(
                id("feature"),
                IssueState.WAITING_ON_HUMAN,
                List.of(
                        stage(StageKind.TRIAGE, succeeded(1, "ready (feature)"), new Cost(4, 10_000), NONE),
                        stage(StageKind.CLARIFY, skipped("nothing is missing"), new Cost(0, 0), NONE),
                        stage(
                                StageKind.PLAN,
                                new Ran(StageStatus.WAITING, 2, "waiting for approval"),
                                new Cost(95, 120_000),
                                timeout),
                        pending(StageKind.IMPLEMENT),
                        pending(StageKind.VALIDATE),
                        pending(StageKind.REVIEW),
                        pending(StageKind.OPEN_PR)),
                unbegun(MAIN),
                new RunState.Fence(3, 6, LEDGER, TREE),
                Optional.of(new Waiting(Waiting.Reason.PLAN_APPROVAL, TIME, Optional.empty(), "")),
                new Spending(3, 1, Usd.ofMicros(130_000), Usd.ZERO, 5200, 810, List.of(TIME, TIME.plusSeconds(60))),
                people(2100000001L),
                Map.of("plan", new Document(2100000002L, HASH)),
                Map.of("plan/claude", "8f80a4ba-55c0-471a-8339-688f2c067e3c"));
    }

    private RunState working() {
        var back = new Failed(
                Map.of(FailureKind.VALIDATION, 1, FailureKind.REVIEW_FINDINGS, 1),
                Optional.of(FailureKind.REVIEW_FINDINGS));
        return new RunState(
                id("bug"),
                IssueState.IN_PROGRESS,
                List.of(
                        stage(StageKind.TRIAGE, succeeded(1, "ready (bug)"), new Cost(4, 10_000), NONE),
                        stage(StageKind.PLAN, succeeded(1, "3 tasks"), new Cost(61, 90_000), NONE),
                        stage(
                                StageKind.IMPLEMENT,
                                new Ran(StageStatus.RUNNING, 3, "tasks 1 of 3"),
                                new Cost(640, 700_000),
                                back),
                        stage(
                                StageKind.VALIDATE,
                                new Ran(StageStatus.PENDING, 2, "1 of 1 passed"),
                                new Cost(80, 0),
                                NONE),
                        stage(
                                StageKind.REVIEW,
                                new Ran(StageStatus.FAILED, 1, "1 blocking, 2 minor; a note: <b> & -- é 😀"),
                                new Cost(50, 30_000),
                                NONE),
                        pending(StageKind.OPEN_PR)),
                new RunState.Work(BRANCH, HEAD, MAIN, OptionalInt.empty(), Optional.of(HASH), 1, tasks ? 3 : 0),
                new RunState.Fence(9, 17, Optional.empty(), TREE),
                Optional.empty(),
                new Spending(
                        6,
                        2,
                        Usd.ofMicros(830_000),
                        Usd.ofMicros(500_000),
                        52000,
                        8100,
                        List.of(TIME, TIME.plusSeconds(60))),
                people(2100000001L, 2100000007L),
                Map.of("plan", new Document(2100000002L, HASH), "feedback", new Document(2100000009L, HASH)),
                Map.of("implement/codex", "th_01", "review/claude", "8f80a4ba"));
    }

    private RunState blocked() {
        var spent = new Failed(
                Map.of(FailureKind.AGENT_RESULT, 2, FailureKind.AGENT_CRASH, 1), Optional.of(FailureKind.AGENT_RESULT));
        return new RunState(
                id("docs"),
                IssueState.BLOCKED,
                List.of(
                        stage(StageKind.TRIAGE, succeeded(1, "ready (docs)"), new Cost(1, 0), NONE),
                        stage(
                                StageKind.IMPLEMENT,
                                new Ran(StageStatus.FAILED, 3, "agent-result (nothing was changed)"),
                                new Cost(300, 1_000_000),
                                spent),
                        pending(StageKind.REVIEW),
                        pending(StageKind.OPEN_PR)),
                unbegun(MAIN),
                new RunState.Fence(5, 9, LEDGER, TREE),
                Optional.of(new Waiting(
                        Waiting.Reason.ATTEMPTS, TIME, Optional.of(TIME.plusSeconds(900)), "implement: 3 of 3")),
                new Spending(3, 3, Usd.ofMicros(1_000_000), Usd.ZERO, 1, 2, List.of()),
                people(),
                Map.of("rejected", new Document(2100000003L, HASH)),
                Map.of());
    }

    private RunState completed() {
        return new RunState(
                id("chore"),
                IssueState.COMPLETED,
                List.of(
                        stage(StageKind.TRIAGE, succeeded(1, "ready (chore)"), new Cost(1, 0), NONE),
                        stage(
                                StageKind.IMPLEMENT,
                                succeeded(1, "6dcb09b"),
                                new Cost(300, 1_000_000),
                                new Failed(Map.of(FailureKind.VALIDATION, 1), Optional.empty())),
                        stage(StageKind.VALIDATE, skipped("no commands"), new Cost(0, 0), NONE),
                        stage(StageKind.OPEN_PR, succeeded(1, "opened"), new Cost(9, 10_000), NONE)),
                new RunState.Work(BRANCH, HEAD, MAIN, OptionalInt.of(43), Optional.of(HASH), 0, 0),
                new RunState.Fence(7, 12, LEDGER, TREE),
                Optional.empty(),
                new Spending(2, 0, Usd.ofMicros(1_010_000), Usd.ZERO, 100, 20, List.of()),
                people(1L, 2L),
                Map.of(),
                Map.of(),
                after ? new AfterPull(HEAD, Optional.of(TIME), 2, 0, AfterPull.Repairs.NONE) : AfterPull.NONE);
    }
}
