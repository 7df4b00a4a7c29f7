package dev.pawl.domain.text;

import static dev.pawl.domain.Examples.MAINTAINER;
import static dev.pawl.domain.Examples.bug;
import static dev.pawl.domain.Examples.labeled;
import static dev.pawl.domain.Examples.mineAndOther;
import static dev.pawl.domain.Examples.plan;
import static dev.pawl.domain.Examples.policy;
import static dev.pawl.domain.Examples.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.decide.Reply;
import dev.pawl.domain.decide.Runs;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people read of a plan whose tasks go to several agents. */
class TasksTextTest {
    private static final Policy POLICY = policy(policy(), mineAndOther());

    private static Stage implement(Optional<String> agent, Optional<String> model) {
        return new Stage(StageKind.IMPLEMENT, agent, model, Optional.empty(), Stage.DEFAULT_TIMEOUT, false, false);
    }

    @Test
    void aPlanSaysWhoShallDoWhatAndWhatOfThatDoesNotCount() {
        assertThat(Documents.plan(
                        plan("-", "other", "-/large", "other/small", "@no`body/small"),
                        true,
                        POLICY,
                        Stage.of(StageKind.IMPLEMENT)))
                .isEqualTo("""
                        ### Plan

                        Read it from the settings.

                        #### Tasks

                        1. Step 1
                        2. Step 2 \s
                           Agent: `other`
                        3. Step 3 \s
                           Tier: `large`
                        4. Step 4 \s
                           Agent: `other`. Tier: `small`
                        5. Step 5 \s
                           Agent: `@ no'body` (not followed: the policy has no such agent). Tier: `small`

                        #### Done when

                        - The tests pass.

                        Say `/pawl approve` to go on, or `/pawl revise <what should be different>`.
                        """);
    }

    @ParameterizedTest(name = "the stage''s agent {0}, its model {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        mine | -   | Agent: `other` (not followed: the workflow chooses for *implement*). Tier: `small`
        -    | big | Agent: `other` (not followed: the workflow chooses for *implement*). Tier: `small` (not followed: the workflow names the model of *implement*)
        """)
    void aPlanSaysWhereTheWorkflowChooses(String agent, String model, String said) {
        assertThat(Documents.plan(
                        plan("other/small"),
                        false,
                        POLICY,
                        implement(Optional.ofNullable(agent), Optional.ofNullable(model))))
                .contains("1. Step 1  \n   " + said + "\n");
    }

    private static RunState working(int done, StageStatus status) {
        RunState begun = Runs.begin(snapshot(bug(), labeled(MAINTAINER)), POLICY, MAINTAINER, Optional.empty());
        return begun.change(StageKind.TRIAGE, s -> s.started().ended(StageStatus.SUCCEEDED, "ready (bug)", 4, Usd.ZERO))
                .change(StageKind.PLAN, s -> s.started().ended(StageStatus.SUCCEEDED, "5 tasks", 60, Usd.ZERO))
                .change(StageKind.IMPLEMENT, s -> s.started().as(status))
                .with(begun.work().tasksDone(done, 5))
                .in(IssueState.IN_PROGRESS);
    }

    @Test
    void theStateSaysHowFarThePlanIsCarriedOut() {
        assertThat(StateText.of(working(2, StageStatus.PENDING), POLICY, Optional.empty()))
                .isEqualTo("""
                        **Pawl** · in-progress · stage *implement*, attempt 1 of 3, tasks 2 of 5

                        | stage | result | attempts | time | cost | tokens |
                        |---|---|---|---|---|---|
                        | triage | ready (bug) | 1 | 4 s |  |  |
                        | plan | 5 tasks | 1 | 60 s |  |  |
                        | implement | tasks 2 of 5 | 1 | 0 s |  |  |
                        | validate |  |  |  |  |  |
                        | review |  |  |  |  |  |
                        | open_pr |  |  |  |  |  |

                        Waiting for: nothing. Next: implement. Limits: 0 of 30 runs, $0.00 of $5.00.
                        """);
    }

    @Test
    void alsoWhileTheNextOnesAreWorkedOnAndAfterAFailure() {
        RunState running = working(2, StageStatus.RUNNING);
        RunState failed = running.change(
                StageKind.IMPLEMENT,
                s -> s.withFailure(FailureKind.AGENT_CRASH)
                        .ended(StageStatus.FAILED, "agent-crash (it crashed)", 9, Usd.ZERO));

        assertThat(StateText.of(running, POLICY, Optional.empty()))
                .contains("attempt 1 of 3, tasks 2 of 5\n", "| implement | running, tasks 2 of 5 |");
        assertThat(StateText.of(failed, POLICY, Optional.empty()))
                .contains("attempt 1 of 3, tasks 2 of 5\n", "| implement | failed: agent-crash (it crashed) |");
    }

    @ParameterizedTest
    @CsvSource({"0", "5"})
    void nothingIsSaidOfTasksBeforeTheFirstAndAfterTheLast(int done) {
        assertThat(StateText.of(working(done, StageStatus.PENDING), POLICY, Optional.empty()))
                .contains("attempt 1 of 3\n", "| implement |  | 1 |")
                .doesNotContain(" of 5\n", "tasks " + done);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0 | It waits for nothing; the next run moves it on.
        1 | It waits for nothing; the next run moves it on. Of the plan's 5 tasks, 1 is done.
        2 | It waits for nothing; the next run moves it on. Of the plan's 5 tasks, 2 are done.
        5 | It waits for nothing; the next run moves it on.
        """)
    void explainSaysIt(int done, String said) {
        RunState state = working(done, StageStatus.PENDING);

        assertThat(Replies.to(Reply.EXPLAIN, Optional.of(state))).contains(said);
        assertThat(Replies.to(Reply.STATUS, Optional.of(state)))
                .contains("The issue is `in-progress`, stage *implement*. " + said);
    }
}
