package dev.pawl.domain.stage;

import static dev.pawl.domain.Examples.MAINTAINER;
import static dev.pawl.domain.Examples.NOW;
import static dev.pawl.domain.Examples.bug;
import static dev.pawl.domain.Examples.labeled;
import static dev.pawl.domain.Examples.mineAndOther;
import static dev.pawl.domain.Examples.plan;
import static dev.pawl.domain.Examples.policy;
import static dev.pawl.domain.Examples.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.decide.Runs;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Plan;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.AgentSession;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.port.Workspace;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImplementTest {
    private static final Policy POLICY = policy(policy(), mineAndOther());
    private static final Plan THREE = plan("-", "other", "-");
    private static final BranchName BRANCH = new BranchName("pawl/42-login-times-out");
    private static final Sha BEFORE = new Sha("b".repeat(40));
    private static final Sha COMMIT = new Sha("a".repeat(40));

    @Test
    void aLegThatLeavesTasksAdvancesAndImplementIsDueAgain() {
        RunState failedOnce = running(1)
                .change(
                        StageKind.IMPLEMENT,
                        s -> s.withFailure(FailureKind.AGENT_CRASH).withFailure(FailureKind.VALIDATION));

        Conclusion leg = conclude(context(failedOnce, THREE), changed());

        assertThat(leg.result()).isEqualTo(Conclusion.Result.ADVANCED);
        assertThat(leg.effects()).containsExactly(new Effect.EnsureBranch(BRANCH, COMMIT));
        assertThat(leg.state().state()).isEqualTo(IssueState.IN_PROGRESS);
        assertThat(leg.state().work().head()).contains(COMMIT);
        assertThat(leg.state().work().tasks()).isEqualTo(2);
        assertThat(leg.state().work().planned()).isEqualTo(3);
        StageRecord due = leg.state().due().orElseThrow();
        assertThat(due.kind()).isEqualTo(StageKind.IMPLEMENT);
        assertThat(due.status()).isEqualTo(StageStatus.PENDING);
        assertThat(due.result()).isEqualTo("tasks 2 of 3");
        assertThat(due.attemptsUsed()).as("a success gives the attempts back").isZero();
        assertThat(due.last()).isEmpty();
        assertThat(due.failed(FailureKind.VALIDATION))
                .as("what came back counts on")
                .isEqualTo(1);
        assertThat(leg.state().spending().idle()).isZero();
    }

    @Test
    void theLastLegIsTheStagesEnd() {
        Conclusion leg = conclude(context(running(2), THREE), changed());

        assertThat(leg.result()).isEqualTo(Conclusion.Result.ADVANCED);
        assertThat(leg.state().work().tasks()).isEqualTo(3);
        assertThat(leg.state().work().planned()).as("nothing is left").isZero();
        assertThat(leg.state().due().map(StageRecord::kind)).contains(StageKind.VALIDATE);
        assertThat(implement(leg).result()).isEqualTo("aaaaaaa");
    }

    @ParameterizedTest(name = "{0} done before, the plan {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        0 | - other - | FAILED   | 0
        1 | - other - | ADVANCED | 2
        2 | - other - | ADVANCED | 3
        3 | - other - | FAILED   | 3
        0 | - - -     | FAILED   | 0
        """)
    void onlyWhereAnEarlierLegMayHaveDoneItMayAnAgentChangeNothing(
            int done, String tasks, Conclusion.Result result, int then) {
        var nothing = new Work.Asked(
                finished(Optional.empty()),
                Optional.of(new Work.Change(new Workspace.Changes.None(), BRANCH, Optional.empty())));

        Conclusion conclusion = conclude(context(running(done), plan(tasks.split(" "))), nothing);

        assertThat(conclusion.result()).isEqualTo(result);
        assertThat(conclusion.state().work().tasks()).isEqualTo(then);
        assertThat(conclusion.state().work().head()).contains(BEFORE);
        assertThat(conclusion.effects()).isEmpty();
    }

    /** The policy may have changed between the crash and now: what the commit says counts. */
    @ParameterizedTest(name = "{0} done before, the commit says {1}: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        0 | 1 | 1 | implement
        0 | 2 | 2 | implement
        1 | 2 | 2 | implement
        2 | - | 3 | validate
        0 | - | 3 | validate
        3 | - | 3 | validate
        1 | 0 | 2 | implement
        0 | 0 | 1 | implement
        1 | 9 | 3 | validate
        """)
    void aFoundCommitCountsTheTasksThatItSays(int done, Integer says, int then, String next) {
        var usage = new Usage(Optional.empty(), 0, 0, Usd.ofMicros(7), 0);
        var found = new Work.Found(BRANCH, COMMIT, usage, says == null ? OptionalInt.empty() : OptionalInt.of(says));

        Conclusion conclusion = conclude(context(running(done), THREE), found);

        assertThat(conclusion.result()).isEqualTo(Conclusion.Result.ADVANCED);
        assertThat(conclusion.effects()).isEmpty();
        assertThat(conclusion.state().work().head()).contains(COMMIT);
        assertThat(conclusion.state().work().tasks()).isEqualTo(then);
        assertThat(conclusion.state().due().map(s -> s.kind().word())).contains(next);
        assertThat(conclusion.state().spending().cost()).isEqualTo(Usd.ofMicros(7));
    }

    @Test
    void aSessionIsKeptForTheAgentThatDidTheWorkAndForgottenForTheOneThatFailsTwice() {
        RunState before =
                running(1).session("implement/mine", Optional.of("m")).session("implement/other", Optional.of("o"));

        Conclusion done = conclude(context(before, THREE), changed());
        RunState failedOnce = before.change(StageKind.IMPLEMENT, s -> s.withFailure(FailureKind.AGENT_CRASH));
        Conclusion cold = conclude(
                context(failedOnce, THREE),
                new Work.Asked(
                        new AgentOutcome.Failed(
                                FailureKind.AGENT_CRASH, "it crashed", List.of(), Optional.empty(), Usage.NONE),
                        Optional.empty()));

        assertThat(done.state().sessions())
                .containsEntry("implement/mine", "m")
                .containsEntry("implement/other", "new");
        assertThat(cold.state().sessions()).containsOnlyKeys("implement/mine");
    }

    @Test
    void aNewPlanBeginsAtItsFirstTask() {
        RunState back = running(2).change(StageKind.PLAN, StageRecord::started);
        Context context = new Context(
                StageKind.PLAN,
                snapshot(back, List.of(), List.of()),
                POLICY,
                back,
                Optional.empty(),
                List.of(),
                List.of(),
                NOW,
                1,
                Optional.empty());

        Conclusion planned = StageWork.of(StageKind.PLAN)
                .conclude(context, new Work.Asked(finished(Optional.of(THREE)), Optional.empty()));

        assertThat(planned.result()).isEqualTo(Conclusion.Result.ADVANCED);
        assertThat(planned.state().work().tasks()).isZero();
        assertThat(planned.state().work().planned()).isZero();
    }

    private static Conclusion conclude(Context context, Work work) {
        return StageWork.of(StageKind.IMPLEMENT).conclude(context, work);
    }

    private static StageRecord implement(Conclusion conclusion) {
        return conclusion.state().stage(StageKind.IMPLEMENT).orElseThrow();
    }

    private static Work changed() {
        return new Work.Asked(
                finished(Optional.empty()),
                Optional.of(
                        new Work.Change(new Workspace.Changes.Accepted(List.of("a")), BRANCH, Optional.of(COMMIT))));
    }

    private static AgentOutcome.Finished finished(Optional<Plan> plan) {
        return new AgentOutcome.Finished(
                new AgentResult(
                        AgentResult.Status.OK,
                        new Untrusted("done"),
                        List.of(),
                        Optional.empty(),
                        plan,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        AgentSession.named(Optional.of("new")),
                        Untrusted.EMPTY),
                Usage.NONE);
    }

    /** Implement runs, on the branch, with so many of the three tasks done. */
    private static RunState running(int done) {
        RunState begun = Runs.begin(snapshot(bug(), labeled(MAINTAINER)), POLICY, MAINTAINER, Optional.empty());
        return begun.change(StageKind.TRIAGE, s -> s.as(StageStatus.SUCCEEDED))
                .change(StageKind.PLAN, s -> s.as(StageStatus.SUCCEEDED))
                .change(StageKind.IMPLEMENT, StageRecord::started)
                .with(begun.work().at(BRANCH, BEFORE).tasksDone(done, 3));
    }

    private static Context context(RunState state, Plan plan) {
        var bare = new Context(
                StageKind.IMPLEMENT,
                snapshot(state, List.of(), List.of()),
                POLICY,
                state,
                Optional.of(plan),
                List.of(),
                List.of(),
                NOW,
                1,
                Optional.empty());
        return bare.assigned(Assignment.of(bare, Optional.empty()));
    }
}
