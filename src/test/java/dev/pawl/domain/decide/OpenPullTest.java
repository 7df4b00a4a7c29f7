package dev.pawl.domain.decide;

import static dev.pawl.domain.Examples.AUTHOR;
import static dev.pawl.domain.Examples.BOT;
import static dev.pawl.domain.Examples.MAINTAINER;
import static dev.pawl.domain.Examples.NOW;
import static dev.pawl.domain.Examples.STRANGER;
import static dev.pawl.domain.Examples.bug;
import static dev.pawl.domain.Examples.doorbell;
import static dev.pawl.domain.Examples.labeled;
import static dev.pawl.domain.Examples.policy;
import static dev.pawl.domain.Examples.says;
import static dev.pawl.domain.Examples.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Check;
import dev.pawl.domain.model.Comment;
import dev.pawl.domain.model.MergeMethod;
import dev.pawl.domain.model.Permission;
import dev.pawl.domain.model.PullFacts;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.model.Review;
import dev.pawl.domain.model.ReviewThread;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.MergeRules;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.state.AfterPull;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.text.CiText;
import dev.pawl.domain.text.Sentences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is decided while the pull request is open. */
class OpenPullTest {
    private static final Sha HEAD = new Sha("a".repeat(40));
    private static final Sha OLDER = new Sha("b".repeat(40));
    private static final Actor REVIEWER = new Actor(21, "reviewer", Actor.Kind.USER);
    private static final MergeRules RULES =
            new MergeRules(true, MergeMethod.SQUASH, 1, MergeRules.Checks.REQUIRED, Optional.of("pawl:merge"), false);

    private Policy policy = policy().with(RULES);
    private PullRequest.Mergeable mergeable = PullRequest.Mergeable.YES;
    private PullRequest.MergeState mergeState = PullRequest.MergeState.CLEAN;
    private String base = "main";
    private Optional<Instant> heard = Optional.empty();
    private boolean draft;
    private boolean signed = true;
    private boolean complete = true;
    private List<String> labels = List.of("pawl:merge");
    private Optional<Actor> wisher = Optional.of(MAINTAINER);
    private final List<Review> reviews = new ArrayList<>(List.of(review(1, REVIEWER, Review.Verdict.APPROVED, HEAD)));
    private final List<Check> checks = new ArrayList<>();
    private final List<ReviewThread> threads = new ArrayList<>();
    private List<String> required = List.of();

    private static Review review(long id, Actor by, Review.Verdict verdict, Sha of) {
        return new Review(id, by, verdict, Optional.of(of), NOW.plusSeconds(id), Untrusted.EMPTY);
    }

    private static Check check(String name, Check.Result result, boolean required) {
        return new Check(name, result, required, "", Optional.empty());
    }

    /** A run whose pull request was opened. */
    private RunState opened() {
        var start = (Decision.Start) Decider.decide(snapshot(bug(), labeled(MAINTAINER)), policy, NOW);
        RunState state = start.state();
        for (var stage : state.stages()) {
            if (stage.kind() != StageKind.MERGE) {
                state = state.change(stage.kind(), s -> s.started().ended(StageStatus.SUCCEEDED, "done", 0, Usd.ZERO));
            }
        }
        return state.with(state.work()
                        .at(new BranchName("pawl/42-login-times-out"), HEAD)
                        .onto("main")
                        .with(43))
                .with(new AfterPull(Optional.empty(), heard, heard.isPresent() ? 1 : 0, 0, AfterPull.Repairs.NONE))
                .in(IssueState.IN_PROGRESS);
    }

    private PullRequest pull() {
        return new PullRequest(
                43,
                BOT,
                "pawl/42-login-times-out",
                true,
                HEAD,
                base,
                PullRequest.Status.OPEN,
                draft,
                "",
                new PullRequest.Merging(mergeable, mergeState, false, Optional.empty()),
                labels,
                List.of());
    }

    private Decision decide(RunState state, Comment... comments) {
        var rules = new PullFacts.Rules(required, 0, false, false, false, List.of(MergeMethod.SQUASH));
        var facts = new PullFacts(pull(), reviews, threads, checks, rules, complete);
        Snapshot bare = snapshot(state, List.of(comments), List.of());
        Snapshot seen = new Snapshot(
                        bare.repository(),
                        bare.issue(),
                        bare.comments(),
                        bare.notes(),
                        bare.state(),
                        Optional.of(pull()),
                        doorbell(),
                        bare.known().with(REVIEWER, Permission.WRITE))
                .seeing(new PullSeen(Optional.of(facts), signed, true, Optional.of(wisher)));
        return Decider.decide(seen, policy, NOW);
    }

    private void assertWaits(IssueState in, String sentence) {
        assertThat(decide(opened())).isInstanceOfSatisfying(Decision.Escalate.class, escalate -> {
            assertThat(escalate.state().state()).isEqualTo(in);
            assertThat(escalate.state().waiting().map(Sentences::waiting)).hasValue(sentence);
            assertThat(decide(escalate.state())).as("said once").isInstanceOf(Decision.Wait.class);
        });
    }

    private void assertMerges(RunState state) {
        assertThat(decide(state))
                .isInstanceOfSatisfying(
                        Decision.Start.class, start -> assertThat(start.stage()).isEqualTo(StageKind.MERGE));
    }

    @Test
    void itMergesWhereEveryGateIsOpen() {
        assertMerges(opened());
    }

    @Test
    void whileMergingIsLeftToPeopleItWaitsForThem() {
        policy = policy();

        RunState state = opened();

        assertThat(state.stage(StageKind.MERGE)).isEmpty();
        var waiting = new Waiting(Waiting.Reason.REVIEW, NOW, Optional.empty(), "");
        RunState waits = state.waiting(IssueState.WAITING_ON_REVIEW, waiting);
        assertThat(decide(waits)).isEqualTo(new Decision.Wait(waits, waiting));
    }

    @Test
    void aRunThatBeganWhilePeopleMergedIsMergedOnceThePolicySaysSo() {
        policy = policy();
        RunState before = opened().waiting(
                        IssueState.WAITING_ON_REVIEW, new Waiting(Waiting.Reason.REVIEW, NOW, Optional.empty(), ""));
        policy = policy().with(RULES);

        assertMerges(before);
    }

    @Test
    void withoutSignedStatesItDoesNotMerge() {
        signed = false;
        assertWaits(
                IssueState.WAITING_ON_HUMAN,
                "the merge of the pull request, and that for a key that signs Pawl's states (the input `state-key`).");
    }

    @Test
    void anApprovalOfAnOlderHeadIsNone() {
        reviews.set(0, review(1, REVIEWER, Review.Verdict.APPROVED, OLDER));
        assertWaits(
                IssueState.WAITING_ON_REVIEW,
                "the merge of the pull request, and that for an approval of its newest commit by people who may,"
                        + " other than who asked for the work.");
    }

    @Test
    void whoStartedTheRunDoesNotApproveIt() {
        reviews.set(0, review(1, MAINTAINER, Review.Verdict.APPROVED, HEAD));
        assertThat(decide(opened())).isInstanceOf(Decision.Escalate.class);
    }

    @Test
    void whoMayNotDoesNotApproveIt() {
        reviews.set(0, review(1, AUTHOR, Review.Verdict.APPROVED, HEAD));
        reviews.add(review(2, STRANGER, Review.Verdict.APPROVED, HEAD));
        reviews.add(review(3, BOT, Review.Verdict.APPROVED, HEAD));
        assertThat(decide(opened())).isInstanceOf(Decision.Escalate.class);
    }

    @Test
    void aReviewerWhoIsNotKnownIsAskedAbout() {
        Actor other = new Actor(22, "other", Actor.Kind.USER);
        reviews.add(review(2, other, Review.Verdict.CHANGES_REQUESTED, OLDER));
        assertThat(decide(opened())).isEqualTo(new Decision.Ask.PermissionOf(other));
    }

    @Test
    void changesThatWereAskedForStandUntilTheyAreTakenBack() {
        heard = Optional.of(NOW.plusSeconds(2));
        reviews.add(review(2, MAINTAINER, Review.Verdict.CHANGES_REQUESTED, OLDER));
        reviews.add(review(3, MAINTAINER, Review.Verdict.COMMENTED, HEAD));
        assertWaits(
                IssueState.WAITING_ON_REVIEW,
                "the merge of the pull request, and that for a person who asked for changes.");

        reviews.add(review(4, MAINTAINER, Review.Verdict.APPROVED, HEAD));
        assertMerges(opened());
    }

    @Test
    void aStrangerStopsNoMerge() {
        reviews.add(review(2, STRANGER, Review.Verdict.CHANGES_REQUESTED, HEAD));
        assertMerges(opened());
    }

    @Test
    void requiredChecksMustBeGreenAndHaveReported() {
        required = List.of("build", "lint");
        checks.add(check("build", Check.Result.FAILURE, true));
        checks.add(check("weather", Check.Result.FAILURE, false));
        checks.add(check("lint", Check.Result.PENDING, true));
        assertWaits(
                IssueState.WAITING_ON_REVIEW,
                "the merge of the pull request, and that for a check that hasn't ended, and a check that failed.");
        checks.removeLast();
        assertRepairs(opened());

        checks.set(0, check("build", Check.Result.SUCCESS, true));
        checks.add(check("lint", Check.Result.SKIPPED, true));
        assertMerges(opened());
    }

    @Test
    void wherePolicySaysSoAllChecksMustBeGreen() {
        policy = policy().with(new MergeRules(
                true, MergeMethod.SQUASH, 1, MergeRules.Checks.ALL, Optional.of("pawl:merge"), false));
        checks.add(check("weather", Check.Result.PENDING, false));
        assertThat(decide(opened())).isInstanceOf(Decision.Escalate.class);
        checks.set(0, check("weather", Check.Result.FAILURE, false));
        assertRepairs(opened());
    }

    private void assertRepairs(RunState state) {
        assertThat(decide(state))
                .isInstanceOfSatisfying(
                        Decision.Start.class, start -> assertThat(start.stage()).isEqualTo(StageKind.FIX_CI));
    }

    @Test
    void whereNoCheckIsAskedForAllAreRepaired() {
        checks.add(check("weather", Check.Result.TIMED_OUT, false));
        assertRepairs(opened());
        required = List.of("build");
        assertThat(decide(opened())).isInstanceOf(Decision.Escalate.class);
    }

    @Test
    void whatWaitsForAPersonsLeaveHoldsUpNoRepairAndEveryMerge() {
        checks.add(check("cla", Check.Result.ACTION_REQUIRED, true));
        assertWaits(
                IssueState.WAITING_ON_REVIEW, "the merge of the pull request, and that for a check that hasn't ended.");
        checks.add(check("build", Check.Result.FAILURE, true));
        assertRepairs(opened());
    }

    @Test
    void aFailureThatNobodyAsksForHoldsUpNoMergeOnceItIsGivenUp() {
        checks.add(check("weather", Check.Result.FAILURE, false));
        assertRepairs(opened());
        AfterPull tired = AfterPull.NONE.repairing().repairing().repairing();
        assertMerges(opened().with(tired));

        policy = policy();
        RunState waits = opened().waiting(
                        IssueState.WAITING_ON_REVIEW, new Waiting(Waiting.Reason.REVIEW, NOW, Optional.empty(), ""));
        assertThat(decide(waits.with(tired)))
                .isInstanceOfSatisfying(
                        Decision.Escalate.class,
                        escalate -> assertThat(escalate.state().waiting().map(Waiting::reason))
                                .hasValue(Waiting.Reason.CHECKS));
    }

    @Test
    void thereAreOnlySoManyRepairsUntilAllIsGreen() {
        checks.add(check("build", Check.Result.FAILURE, true));
        RunState tired = opened().with(AfterPull.NONE.repairing().repairing().repairing());

        assertThat(decide(tired)).isInstanceOfSatisfying(Decision.Escalate.class, escalate -> {
            assertThat(escalate.state().state()).isEqualTo(IssueState.WAITING_ON_HUMAN);
            assertThat(escalate.state().waiting().map(Sentences::waiting))
                    .hasValue(
                            "a person, because checks of the pull request fail (3 of 3): it goes on when they are green or"
                                    + " the branch moves; `/pawl retry` repairs them again.");
            assertThat(decide(escalate.state())).isInstanceOf(Decision.Wait.class);
            assertThat(decide(escalate.state(), says(900, MAINTAINER, "/pawl retry")))
                    .isInstanceOfSatisfying(Decision.Start.class, start -> {
                        assertThat(start.stage()).isEqualTo(StageKind.FIX_CI);
                        assertThat(start.state().after()).isEqualTo(AfterPull.NONE);
                    });
        });
        checks.set(0, check("build", Check.Result.SUCCESS, true));
        assertMerges(tired);
        checks.set(0, check("build", Check.Result.FAILURE, true));
        assertRepairs(tired.with(tired.work().at(new BranchName("pawl/42-login-times-out"), OLDER)));
    }

    @Test
    void whatWasNotValidatedIsValidatedOnceTheChecksAllowIt() {
        RunState left = opened().change(StageKind.VALIDATE, s -> s.as(StageStatus.FAILED))
                .waiting(
                        IssueState.WAITING_ON_HUMAN,
                        new Waiting(Waiting.Reason.CHECKS, NOW, Optional.empty(), CiText.LEFT_AS_IT_IS));
        assertThat(decide(left))
                .isInstanceOfSatisfying(
                        Decision.Start.class, start -> assertThat(start.stage()).isEqualTo(StageKind.VALIDATE));
    }

    @Test
    void aConflictThatOnlyGitSeesIsLeftToPeopleTooWhereTheBranchIsBehind() {
        mergeState = PullRequest.MergeState.BEHIND;
        RunState left = opened().waiting(
                        IssueState.WAITING_ON_HUMAN,
                        new Waiting(Waiting.Reason.CONFLICT, NOW, Optional.empty(), Waiting.FOR_PEOPLE));
        assertThat(decide(left)).isInstanceOf(Decision.Wait.class);
    }

    @Test
    void theSameFailuresOfTheSameHeadAreGivenToAnAgentOnce() {
        checks.add(check("build", Check.Result.FAILURE, true));
        var rules = new PullFacts.Rules(required, 0, false, false, false, List.of(MergeMethod.SQUASH));
        String key = CheckRound.toRepair(new PullFacts(pull(), reviews, threads, checks, rules, true), policy)
                .key();
        RunState looked = opened().with(AfterPull.NONE.lookedAt(key));

        assertThat(decide(looked)).isInstanceOf(Decision.Escalate.class);
        checks.add(check("lint", Check.Result.FAILURE, true));
        assertRepairs(looked);
    }

    @Test
    void whatCantBeSeenIsNotRepaired() {
        complete = false;
        checks.add(check("build", Check.Result.FAILURE, true));
        assertThat(decide(opened())).isInstanceOf(Decision.Escalate.class);
    }

    @Test
    void whatStandsInTheWayIsSaidTogether() {
        draft = true;
        base = "release";
        mergeable = PullRequest.Mergeable.CONFLICT;
        complete = false;
        assertWaits(
                IssueState.WAITING_ON_REVIEW,
                "the merge of the pull request, and that for a person, because not all of its reviews and checks can be"
                        + " seen: there are too many, or the token lacks `checks: read` or `statuses: read`; somebody who marks it as ready for review; its own base, because it goes to another"
                        + " branch than it was made for; a branch without conflicts with its base.");
    }

    @Test
    void nobodyAskedForTheMerge() {
        labels = List.of();
        assertWaits(
                IssueState.WAITING_ON_HUMAN,
                "the merge of the pull request, and that for somebody who asks for it: `/pawl merge`, or the label"
                        + " `pawl:merge`.");
    }

    @Test
    void aStrangersLabelAsksForNothing() {
        wisher = Optional.of(STRANGER);
        assertThat(decide(opened())).isInstanceOf(Decision.Escalate.class);
    }

    @Test
    void aCommandAsksForTheMergeOfThisHeadAndNoOther() {
        labels = List.of();
        Decision decision = decide(opened(), says(900, MAINTAINER, "/pawl merge"));
        assertThat(decision).isInstanceOfSatisfying(Decision.Start.class, start -> {
            assertThat(start.stage()).isEqualTo(StageKind.MERGE);
            assertThat(start.command()).hasValue(900);
        });

        RunState moved = opened();
        RunState stale = moved.with(moved.after().wishing(OLDER));
        assertThat(decide(stale)).isInstanceOf(Decision.Escalate.class);
    }

    @Test
    void aCommandThatMustWaitIsAcknowledged() {
        reviews.clear();
        Decision decision = decide(opened(), says(900, MAINTAINER, "/pawl merge"));
        assertThat(decision).isInstanceOfSatisfying(Decision.Escalate.class, escalate -> {
            assertThat(escalate.command()).hasValue(900);
            assertThat(escalate.state().after().wish()).hasValue(HEAD);
            assertThat(escalate.state().people().handled()).contains(900L);
        });
    }

    @Test
    void whileMergingIsLeftToPeopleTheCommandSaysSo() {
        policy = policy();
        assertThat(decide(opened(), says(900, MAINTAINER, "/pawl merge")))
                .isInstanceOfSatisfying(
                        Decision.Answer.class,
                        answer -> assertThat(answer.answer()).isEqualTo(Reply.PEOPLE_MERGE));
    }

    @Test
    void whatGitHubRefusedIsNotTriedAgainAtOnce() {
        RunState refused = Runs.unmerged(opened(), NOW, Optional.of(NOW.plusSeconds(600)), "GitHub");
        assertThat(decide(refused)).isInstanceOf(Decision.Wait.class);

        RunState later = Runs.unmerged(opened(), NOW.minusSeconds(600), Optional.of(NOW), "GitHub");
        assertMerges(later);
    }

    private static ReviewThread.Remark remark(long id, Actor by, long second, Optional<String> key) {
        var at = NOW.plusSeconds(second);
        return new ReviewThread.Remark(id, by, new Untrusted("Words."), at, at, key);
    }

    private static ReviewThread thread(ReviewThread.Remark... remarks) {
        return new ReviewThread("T", false, false, "a.txt", OptionalInt.of(1), List.of(remarks));
    }

    private void assertAnswers(RunState state) {
        assertThat(decide(state)).isInstanceOfSatisfying(Decision.Start.class, start -> {
            assertThat(start.stage()).isEqualTo(StageKind.ADDRESS_REVIEW);
            assertThat(start.state().waiting()).isEmpty();
        });
    }

    @Test
    void aReviewThatAsksForChangesIsAnsweredAtOnceAlsoWherePeopleMerge() {
        reviews.set(0, review(1, REVIEWER, Review.Verdict.CHANGES_REQUESTED, HEAD));
        assertAnswers(opened());

        policy = policy();
        assertAnswers(waiting(opened()));
    }

    private static RunState waiting(RunState state) {
        return state.waiting(
                IssueState.WAITING_ON_REVIEW, new Waiting(Waiting.Reason.REVIEW, NOW, Optional.empty(), ""));
    }

    @Test
    void wordsOnALineAreTakenUpOnceItIsQuiet() {
        threads.add(thread(remark(5, REVIEWER, -60, Optional.empty())));
        assertThat(decide(waiting(opened()))).isInstanceOfSatisfying(Decision.Escalate.class, escalate -> {
            assertThat(escalate.state().waiting().flatMap(Waiting::until)).hasValue(NOW.plusSeconds(60));
            assertThat(decide(escalate.state())).as("said once").isInstanceOf(Decision.Wait.class);
        });

        threads.set(0, thread(remark(5, REVIEWER, -120, Optional.empty())));
        assertAnswers(waiting(opened()));
    }

    @Test
    void whatWasAnsweredIsNotTakenUpAgain() {
        threads.add(thread(remark(5, REVIEWER, -300, Optional.empty()), remark(6, BOT, -200, Optional.of("round-1"))));
        assertMerges(opened());

        threads.set(
                0,
                thread(
                        remark(5, REVIEWER, -300, Optional.empty()),
                        remark(6, BOT, -250, Optional.of("round-1")),
                        remark(7, REVIEWER, -200, Optional.empty())));
        assertAnswers(opened());

        heard = Optional.of(NOW.minusSeconds(200));
        assertMerges(opened());
    }

    @Test
    void whatStrangersAndBotsSayIsNotTakenUp() {
        threads.add(thread(remark(5, STRANGER, -300, Optional.empty()), remark(6, BOT, -200, Optional.empty())));
        reviews.add(review(2, STRANGER, Review.Verdict.CHANGES_REQUESTED, HEAD));
        assertMerges(opened());
    }

    @Test
    void aRequestThatWasTakenBackAsksForNothing() {
        reviews.add(0, review(1, REVIEWER, Review.Verdict.CHANGES_REQUESTED, HEAD));
        assertMerges(opened());
    }

    @Test
    void thereAreOnlySoManyRounds() {
        reviews.set(0, review(1, REVIEWER, Review.Verdict.CHANGES_REQUESTED, HEAD));
        RunState tired = opened();
        RunState state = tired.with(new AfterPull(Optional.empty(), Optional.empty(), 3, 0, AfterPull.Repairs.NONE));

        assertThat(decide(state)).isInstanceOfSatisfying(Decision.Escalate.class, escalate -> {
            assertThat(escalate.state().state()).isEqualTo(IssueState.WAITING_ON_HUMAN);
            assertThat(escalate.state().waiting().map(Sentences::waiting))
                    .hasValue("a person, because reviewers were answered as often as may be (3 of 3): `/pawl retry`"
                            + " answers them again.");
            assertThat(decide(escalate.state())).isInstanceOf(Decision.Wait.class);
            assertThat(decide(escalate.state(), says(900, MAINTAINER, "/pawl retry")))
                    .isInstanceOfSatisfying(Decision.Start.class, start -> {
                        assertThat(start.stage()).isEqualTo(StageKind.ADDRESS_REVIEW);
                        assertThat(start.state().after().rounds()).isZero();
                        assertThat(start.state()
                                        .stage(StageKind.OPEN_PR)
                                        .orElseThrow()
                                        .status())
                                .isEqualTo(StageStatus.SUCCEEDED);
                    });
        });
    }

    private void assertUpdates(RunState state, boolean agent) {
        assertThat(decide(state)).isInstanceOfSatisfying(Decision.Start.class, start -> {
            assertThat(start.stage()).isEqualTo(StageKind.UPDATE_BRANCH);
            assertThat(start.state().spending().runs())
                    .isEqualTo(state.spending().runs() + (agent ? 1 : 0));
            assertThat(start.state().due().orElseThrow().kind()).isEqualTo(StageKind.UPDATE_BRANCH);
        });
    }

    @Test
    void aConflictIsSolvedByAnAgentAndABranchThatIsBehindByGit() {
        mergeState = PullRequest.MergeState.BEHIND;
        assertUpdates(opened(), false);
        mergeable = PullRequest.Mergeable.CONFLICT;
        mergeState = PullRequest.MergeState.DIRTY;
        assertUpdates(opened(), true);
        assertUpdates(waiting(opened()), true);
    }

    @Test
    void reviewersComeBeforeTheBase() {
        mergeable = PullRequest.Mergeable.CONFLICT;
        reviews.set(0, review(1, REVIEWER, Review.Verdict.CHANGES_REQUESTED, HEAD));
        assertAnswers(opened());
    }

    @Test
    void anotherBaseThanTheWorksIsNotTakenIn() {
        mergeable = PullRequest.Mergeable.CONFLICT;
        base = "next";
        assertThat(decide(opened())).isInstanceOf(Decision.Escalate.class);
    }

    @Test
    void onlySoManyConflictsInARowAreSolved() {
        mergeable = PullRequest.Mergeable.CONFLICT;
        RunState tired = opened().with(new AfterPull(Optional.empty(), Optional.empty(), 0, 3, AfterPull.Repairs.NONE));

        assertThat(decide(tired)).isInstanceOfSatisfying(Decision.Escalate.class, escalate -> {
            RunState stopped = escalate.state();
            assertThat(stopped.state()).isEqualTo(IssueState.WAITING_ON_HUMAN);
            assertThat(stopped.waiting().map(Sentences::waiting))
                    .hasValue(
                            "a person, because the pull request conflicts with its base (3 times in a row, and 3 may be"
                                    + " solved): solve it on the branch, or `/pawl retry update_branch` tries again.");
            assertThat(decide(stopped)).as("said once").isInstanceOf(Decision.Wait.class);

            mergeable = PullRequest.Mergeable.YES;
            assertMerges(stopped);
            assertThat(((Decision.Start) decide(stopped)).state().after().conflicts())
                    .isZero();
        });
    }

    @Test
    void whatIsLeftToPeopleIsTriedAgainOnceSomebodyPushed() {
        mergeable = PullRequest.Mergeable.CONFLICT;
        RunState left = opened().waiting(
                        IssueState.WAITING_ON_HUMAN,
                        new Waiting(Waiting.Reason.CONFLICT, NOW, Optional.empty(), Waiting.FOR_PEOPLE));
        assertThat(decide(left)).isInstanceOf(Decision.Wait.class);

        RunState older = left.with(left.work().at(left.work().branch().orElseThrow(), OLDER));
        assertUpdates(older, true);
    }

    @Test
    void aRebaseAsksHowFarItIsAndSaysWhereThereIsNothingToDo() {
        Comment command = says(900, MAINTAINER, "/pawl rebase");
        assertThat(decide(waiting(opened()), command)).isEqualTo(new Decision.Ask.Behind());

        base = "next";
        assertThat(decide(waiting(opened()), command))
                .isInstanceOfSatisfying(
                        Decision.Answer.class,
                        answer -> assertThat(answer.answer()).isEqualTo(Reply.NOT_ITS_BASE));
    }

    @Test
    void aRebaseForgivesTheConflictsBeforeIt() {
        mergeable = PullRequest.Mergeable.CONFLICT;
        RunState tired =
                waiting(opened()).with(new AfterPull(Optional.empty(), Optional.empty(), 0, 3, AfterPull.Repairs.NONE));
        assertThat(decide(tired, says(900, MAINTAINER, "/pawl rebase")))
                .isInstanceOfSatisfying(Decision.Start.class, start -> {
                    assertThat(start.stage()).isEqualTo(StageKind.UPDATE_BRANCH);
                    assertThat(start.state().after().conflicts()).isEqualTo(1);
                });
    }
}
