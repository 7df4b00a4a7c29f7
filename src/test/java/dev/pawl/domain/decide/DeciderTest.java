package dev.pawl.domain.decide;

import static dev.pawl.domain.Examples.AUTHOR;
import static dev.pawl.domain.Examples.BOT;
import static dev.pawl.domain.Examples.MAINTAINER;
import static dev.pawl.domain.Examples.NOW;
import static dev.pawl.domain.Examples.STRANGER;
import static dev.pawl.domain.Examples.bug;
import static dev.pawl.domain.Examples.doorbell;
import static dev.pawl.domain.Examples.issue;
import static dev.pawl.domain.Examples.labeled;
import static dev.pawl.domain.Examples.policy;
import static dev.pawl.domain.Examples.says;
import static dev.pawl.domain.Examples.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Comment;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Permission;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.state.Document;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DeciderTest {
    private static Decision decide(Snapshot snapshot) {
        return Decider.decide(snapshot, policy(), NOW);
    }

    private static RunState started() {
        return ((Decision.Start) decide(snapshot(bug(), labeled(MAINTAINER)))).state();
    }

    private static RunState planned() {
        return passed(started(), StageKind.TRIAGE, StageKind.PLAN);
    }

    private static RunState passed(RunState state, StageKind... kinds) {
        RunState next = state;
        for (StageKind kind : kinds) {
            next = next.change(kind, s -> s.ended(StageStatus.SUCCEEDED, "", 0, Usd.ZERO));
        }
        return next.goingOn();
    }

    private static RunState waitingForApproval() {
        return started()
                .change(StageKind.TRIAGE, s -> s.as(StageStatus.SUCCEEDED))
                .change(StageKind.PLAN, s -> s.started().as(StageStatus.WAITING))
                .with(Document.PLAN, new Document(200, "shown"))
                .waiting(
                        IssueState.WAITING_ON_HUMAN,
                        new Waiting(Waiting.Reason.PLAN_APPROVAL, NOW, Optional.empty(), ""));
    }

    private static Note plan(String hash) {
        return new Note(200, Note.Topic.PLAN, "plan", "r-1", Optional.empty(), hash, "", NOW.plusSeconds(200));
    }

    @Test
    void aLabelByAMaintainerStartsTriage() {
        var decision = decide(snapshot(bug(), labeled(MAINTAINER)));

        assertThat(decision).isInstanceOfSatisfying(Decision.Start.class, start -> {
            assertThat(start.stage()).isEqualTo(StageKind.TRIAGE);
            assertThat(start.state().state()).isEqualTo(IssueState.TRIAGING);
            assertThat(start.state().id().workflow()).isEqualTo("bug");
            assertThat(start.state().people().startedBy()).isEqualTo(MAINTAINER.id());
            assertThat(start.state().spending().runs())
                    .as("triage by rules starts no agent")
                    .isZero();
        });
    }

    @Test
    @DisplayName("SEC-07 a label by a stranger is refused")
    void aLabelByAStrangerIsRefused() {
        assertThat(decide(snapshot(bug(), labeled(STRANGER))))
                .isEqualTo(new Decision.Refuse(STRANGER, Why.NOT_PERMITTED));
    }

    @Test
    @DisplayName("SEC-25 a label by a bot is refused")
    void aLabelByABotIsRefused() {
        assertThat(decide(snapshot(bug(), labeled(BOT)))).isEqualTo(new Decision.Refuse(BOT, Why.BOT));
    }

    @Test
    void whoWasRefusedBeforeIsNotToldAgain() {
        Snapshot told = snapshot(bug(), labeled(STRANGER));
        var notice = new Note(90, Note.Topic.NOTICE, "refused-" + STRANGER.id(), "none", Optional.empty(), "", "", NOW);
        Snapshot again = new Snapshot(
                told.repository(),
                told.issue(),
                List.of(),
                List.of(notice),
                told.state(),
                told.pull(),
                told.trigger(),
                told.known());

        assertThat(decide(again)).isEqualTo(new Decision.Nothing(Why.SAID_BEFORE));
    }

    @Test
    void anUnknownPermissionIsAskedFor() {
        Actor unknown = new Actor(99, "newcomer", Actor.Kind.USER);

        assertThat(decide(snapshot(bug(), labeled(unknown)))).isEqualTo(new Decision.Ask.PermissionOf(unknown));
    }

    @Test
    void withoutAnActorTheTimelineIsAskedWhoPutTheLabelOn() {
        assertThat(decide(snapshot(bug(), new Trigger.Sweep()))).isEqualTo(new Decision.Ask.Labeler());
    }

    @Test
    void aLabelThatNobodyPutOnStartsNothing() {
        Snapshot swept = snapshot(bug(), new Trigger.Sweep());

        assertThat(decide(swept.knowing(swept.known().withLabeler(Optional.empty()))))
                .isEqualTo(new Decision.Nothing(Why.UNKNOWN_ACTOR));
    }

    @Test
    void withoutTheLabelNothingHappens() {
        assertThat(decide(snapshot(issue("Login times out", "", "bug"), new Trigger.Sweep())))
                .isEqualTo(new Decision.Nothing(Why.NOT_ASKED));
    }

    @Test
    void anExcludedLabelKeepsPawlAway() {
        assertThat(decide(snapshot(issue("T", "", "pawl", "needs-design"), labeled(MAINTAINER))))
                .isEqualTo(new Decision.Nothing(Why.EXCLUDED));
    }

    @Test
    void aPauseLabelStopsEverything() {
        Snapshot running = snapshot(planned(), List.of(), List.of());
        Issue paused = running.issue().labelled(List.of("bug", "pawl", "pawl:pause"));
        Snapshot still = new Snapshot(
                running.repository(),
                paused,
                List.of(),
                List.of(),
                running.state(),
                Optional.empty(),
                running.trigger(),
                running.known());

        assertThat(decide(still)).isEqualTo(new Decision.Nothing(Why.PAUSED));
    }

    @Test
    void theNextStageStarts() {
        assertThat(decide(snapshot(planned(), List.of(), List.of())))
                .isInstanceOfSatisfying(Decision.Start.class, start -> {
                    assertThat(start.stage()).isEqualTo(StageKind.IMPLEMENT);
                    assertThat(start.state()
                                    .stage(StageKind.IMPLEMENT)
                                    .orElseThrow()
                                    .attempts())
                            .isEqualTo(1);
                    assertThat(start.state().spending().runs()).isEqualTo(1);
                });
    }

    @Test
    void aCrashedStageStartsAgainAsTheSameAttempt() {
        RunState crashed = planned().change(StageKind.IMPLEMENT, s -> s.started());

        assertThat(decide(snapshot(crashed, List.of(), List.of())))
                .isInstanceOfSatisfying(
                        Decision.Start.class,
                        start -> assertThat(start.state()
                                        .stage(StageKind.IMPLEMENT)
                                        .orElseThrow()
                                        .attempts())
                                .isEqualTo(1));
    }

    @Test
    @DisplayName("SEC-07 who started the run is asked about again before an agent starts")
    void whoStartedTheRunIsAskedAboutAgainBeforeAnAgentStarts() {
        Snapshot running = snapshot(planned(), List.of(), List.of());
        Snapshot unknown = running.knowing(Snapshot.Known.NOTHING);
        Actor leader = new Actor(MAINTAINER.id(), MAINTAINER.login(), Actor.Kind.USER);

        assertThat(decide(unknown)).isEqualTo(new Decision.Ask.PermissionOf(leader));
        assertThat(decide(running.knowing(Snapshot.Known.NOTHING.with(leader, Permission.READ))))
                .isEqualTo(new Decision.Refuse(leader, Why.NOT_PERMITTED));
    }

    @Test
    void attemptsHaveALimit() {
        RunState failed = planned()
                .change(
                        StageKind.IMPLEMENT,
                        s -> s.started()
                                .withFailure(FailureKind.AGENT_RESULT)
                                .withFailure(FailureKind.AGENT_CRASH)
                                .withFailure(FailureKind.AGENT_TIMEOUT)
                                .as(StageStatus.FAILED));

        assertThat(decide(snapshot(failed, List.of(), List.of())))
                .isInstanceOfSatisfying(Decision.Escalate.class, stop -> {
                    assertThat(stop.state().state()).isEqualTo(IssueState.BLOCKED);
                    assertThat(stop.state().waiting().orElseThrow().reason()).isEqualTo(Waiting.Reason.ATTEMPTS);
                });
    }

    @Test
    void moneyHasALimit() {
        RunState poor = planned();
        RunState spent = poor.with(poor.spending().use(Usd.ofMicros(5_000_000), 0, 0));

        assertThat(decide(snapshot(spent, List.of(), List.of())))
                .isInstanceOfSatisfying(
                        Decision.Escalate.class,
                        stop -> assertThat(stop.state().waiting().orElseThrow().reason())
                                .isEqualTo(Waiting.Reason.COST));
    }

    @Test
    void startsWithinAnHourHaveALimitThatLiftsItself() {
        RunState busy = planned();
        for (int i = 0; i < 20; i++) {
            busy = busy.with(busy.spending().start(NOW).progressed());
        }

        assertThat(decide(snapshot(busy, List.of(), List.of())))
                .isInstanceOfSatisfying(
                        Decision.Escalate.class,
                        stop -> assertThat(stop.state().waiting().orElseThrow().until())
                                .contains(NOW.plusSeconds(3600)));
    }

    @Test
    @DisplayName("SEC-25 starts without progress have a limit")
    void startsWithoutProgressHaveALimit() {
        RunState stuck = planned();
        for (int i = 0; i < 4; i++) {
            stuck = stuck.with(stuck.spending().start(NOW));
        }

        assertThat(decide(snapshot(stuck, List.of(), List.of())))
                .isInstanceOfSatisfying(
                        Decision.Escalate.class,
                        stop -> assertThat(stop.state().waiting().orElseThrow().reason())
                                .isEqualTo(Waiting.Reason.NO_PROGRESS));
    }

    @Test
    void anApprovalOfTheShownPlanGoesOn() {
        var decision = decide(snapshot(
                waitingForApproval(), List.of(says(300, MAINTAINER, "/pawl approve")), List.of(plan("shown"))));

        assertThat(decision).isInstanceOfSatisfying(Decision.Start.class, start -> {
            assertThat(start.stage()).isEqualTo(StageKind.IMPLEMENT);
            assertThat(start.command()).isEqualTo(OptionalLong.of(300));
            assertThat(start.state().people().handled()).containsExactly(300L);
        });
    }

    @Test
    void anApprovalOfAnOlderPlanIsStale() {
        Comment early = says(150, MAINTAINER, "/pawl approve");

        assertThat(decide(snapshot(waitingForApproval(), List.of(early), List.of(plan("shown")))))
                .isInstanceOfSatisfying(
                        Decision.Answer.class, a -> assertThat(a.answer()).isEqualTo(Reply.STALE_APPROVAL));
    }

    @Test
    void anApprovalOfAPlanThatSomebodyEditedIsStale() {
        assertThat(decide(snapshot(
                        waitingForApproval(),
                        List.of(says(300, MAINTAINER, "/pawl approve")),
                        List.of(plan("edited")))))
                .isInstanceOfSatisfying(
                        Decision.Answer.class, a -> assertThat(a.answer()).isEqualTo(Reply.STALE_APPROVAL));
    }

    @Test
    void theAuthorMayNotApprove() {
        assertThat(decide(snapshot(
                        waitingForApproval(), List.of(says(300, AUTHOR, "/pawl approve")), List.of(plan("shown")))))
                .isEqualTo(new Decision.Refuse(AUTHOR, Why.NOT_PERMITTED));
    }

    @Test
    void commandsAreAnsweredOldestFirst() {
        var comments = List.of(says(300, MAINTAINER, "/pawl status"), says(301, MAINTAINER, "/pawl approve"));

        assertThat(decide(snapshot(waitingForApproval(), comments, List.of(plan("shown")))))
                .isInstanceOfSatisfying(
                        Decision.Answer.class, a -> assertThat(a.command()).isEqualTo(300));
    }

    @Test
    void aHandledCommandIsNotHandledAgain() {
        RunState state = waitingForApproval();
        RunState handled = state.with(state.people().handled(300));

        assertThat(decide(snapshot(handled, List.of(says(300, MAINTAINER, "/pawl status")), List.of(plan("shown")))))
                .isInstanceOf(Decision.Wait.class);
    }

    @Test
    void theAuthorsCommentAnswersTheQuestions() {
        RunState asking = Runs.clarifying(passed(started(), StageKind.TRIAGE))
                .change(StageKind.CLARIFY, s -> s.started().as(StageStatus.WAITING))
                .waiting(
                        IssueState.NEEDS_CLARIFICATION, new Waiting(Waiting.Reason.ANSWERS, NOW, Optional.empty(), ""));
        var questions =
                new Note(200, Note.Topic.QUESTIONS, "clarify-1", asking.id().run(), Optional.empty(), "", "", NOW);

        assertThat(decide(snapshot(asking, List.of(says(201, AUTHOR, "On every page.")), List.of(questions))))
                .isInstanceOfSatisfying(
                        Decision.Start.class, s -> assertThat(s.stage()).isEqualTo(StageKind.CLARIFY));
        assertThat(decide(snapshot(asking, List.of(says(199, AUTHOR, "Before.")), List.of(questions))))
                .as("written before the questions")
                .isInstanceOf(Decision.Wait.class);
        assertThat(decide(snapshot(asking, List.of(says(201, STRANGER, "Me too.")), List.of(questions))))
                .as("by somebody who may not")
                .isInstanceOf(Decision.Wait.class);
    }

    @Test
    void retryForgivesTheCounterThatStoppedTheRun() {
        RunState blocked = planned()
                .change(
                        StageKind.IMPLEMENT,
                        s -> s.started()
                                .withFailure(FailureKind.AGENT_RESULT)
                                .withFailure(FailureKind.AGENT_RESULT)
                                .withFailure(FailureKind.AGENT_RESULT)
                                .as(StageStatus.FAILED))
                .waiting(IssueState.BLOCKED, new Waiting(Waiting.Reason.ATTEMPTS, NOW, Optional.empty(), ""));

        assertThat(decide(snapshot(blocked, List.of(says(300, MAINTAINER, "/pawl retry")), List.of())))
                .isInstanceOfSatisfying(Decision.Start.class, s -> {
                    assertThat(s.stage()).isEqualTo(StageKind.IMPLEMENT);
                    assertThat(s.state()
                                    .stage(StageKind.IMPLEMENT)
                                    .orElseThrow()
                                    .attemptsUsed())
                            .isZero();
                });
    }

    @Test
    void takingTheBlockedLabelOffIsARetry() {
        RunState blocked =
                planned().waiting(IssueState.BLOCKED, new Waiting(Waiting.Reason.ATTEMPTS, NOW, Optional.empty(), ""));
        Snapshot still = snapshot(blocked, List.of(), List.of());
        var lifted = new Trigger.IssueTouched(
                42, "unlabeled", MAINTAINER, Optional.of("pawl:blocked"), Optional.empty(), Optional.empty());
        Snapshot snapshot = new Snapshot(
                still.repository(),
                still.issue(),
                List.of(),
                List.of(),
                still.state(),
                Optional.empty(),
                lifted,
                still.known());

        assertThat(decide(snapshot)).isInstanceOf(Decision.Start.class);
    }

    @Test
    void resetNeedsMoreThanWrite() {
        assertThat(decide(snapshot(planned(), List.of(says(300, MAINTAINER, "/pawl reset")), List.of())))
                .isInstanceOfSatisfying(
                        Decision.Answer.class, a -> assertThat(a.answer()).isEqualTo(Reply.NEEDS_MAINTAIN));
    }

    @Test
    @DisplayName("SEC-25 a chain of continuations ends")
    void aChainOfContinuationsEnds() {
        Snapshot running = snapshot(planned(), List.of(), List.of());
        Snapshot far = new Snapshot(
                running.repository(),
                running.issue(),
                List.of(),
                List.of(),
                running.state(),
                Optional.empty(),
                new Trigger.Continued(42, 31),
                running.known());

        assertThat(decide(far)).isEqualTo(new Decision.Nothing(Why.TOO_MANY_HOPS));
    }

    @Test
    void aRunThatEndedStaysEndedUntilSomebodyAsks() {
        RunState ended = planned().in(IssueState.COMPLETED);

        assertThat(decide(snapshot(ended, List.of(), List.of()))).isEqualTo(new Decision.Nothing(Why.ENDED));
        assertThat(decide(snapshot(ended, List.of(says(300, MAINTAINER, "/pawl start")), List.of())))
                .isInstanceOfSatisfying(
                        Decision.Start.class,
                        s -> assertThat(s.state().id().run())
                                .isNotEqualTo(ended.id().run()));
    }

    @Test
    void aNewerStateIsLeftAlone() {
        Snapshot bare = snapshot(bug(), doorbell());
        Snapshot newer = new Snapshot(
                bare.repository(),
                bare.issue(),
                List.of(),
                List.of(),
                new StateFound.Newer(100, "v2"),
                Optional.empty(),
                bare.trigger(),
                bare.known());

        assertThat(decide(newer)).isEqualTo(new Decision.Notify(Why.NEWER_STATE, "v2"));
    }
}
