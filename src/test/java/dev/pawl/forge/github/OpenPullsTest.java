package dev.pawl.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Blocker;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Check;
import dev.pawl.domain.model.MergeMethod;
import dev.pawl.domain.model.PullFacts;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.model.Review;
import dev.pawl.domain.model.ReviewThread;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.port.PullRequests;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.sandbox.Person;
import dev.pawl.sandbox.SandboxJob;
import dev.pawl.sandbox.SandboxPullRequest;
import dev.pawl.sandbox.World;
import dev.pawl.sandbox.http.Exchange;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.world.Access;
import dev.pawl.sandbox.world.Scope;
import dev.pawl.sandbox.world.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenPullsTest {
    private static final BranchName BRANCH = new BranchName("pawl/1-bug");

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private Bench bench;
    private World world;
    private GitHubForge forge;
    private SandboxPullRequest pull;

    @BeforeEach
    void open(@TempDir Path folder) {
        bench = new Bench(folder);
        world = bench.world;
        forge = bench.forge();
        // Where GitHub tells of a pull request that was asked a review for, its description minds labels without words.
        world.asActions().post(World.REPO + "/labels", "{'name':'bug','color':'d73a4a','description':'Broken'}");
        world.alice.opensIssue(world.repo, "Bug", "It's broken", "bug");
        world.octo.pushes(world.repo, BRANCH.value(), Map.of("src/a.txt", "one\nTWO\nthree\n"));
        pull = world.repo.pullRequest(forge.ensurePullRequest(new Effect.EnsurePullRequest(
                        BRANCH, "main", "fix: it", "Closes #1", false, List.of(), List.of("bug")))
                .number());
        world.github.observe(this::see);
        world.github.takeEvents();
    }

    private void see(Exchange exchange) {
        String query = exchange.query().isEmpty() ? "" : "?" + exchange.query();
        seen.add(exchange.method() + " " + exchange.path().replace("/repos/octo/lab", "") + query);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private PullRequests pulls() {
        return forge.pullRequests();
    }

    private PullFacts facts() {
        return pulls().facts(pull.number()).orElseThrow();
    }

    private Sha head() {
        return new Sha(pull.headSha());
    }

    private Actor alice() {
        return new Actor(world.alice.id(), "alice", Actor.Kind.USER);
    }

    private static Effect.EnsureReply reply(SandboxPullRequest pull, long comment, String key) {
        return new Effect.EnsureReply(pull.number(), comment, key, "r-7f3a", "Done.");
    }

    private PullRequests.Merge merge(MergeMethod method) {
        return new PullRequests.Merge(
                pull.number(), head(), method, Optional.of("fix: it (#2)"), Optional.of("Refs #1"));
    }

    private void rules(Settings.Rules rules) {
        world.repo.settings(s -> s.rules(rules));
    }

    @Test
    void onePictureTakesOneRequest() {
        rules(new Settings.Rules(List.of("build", "lint"), 1, true, true));
        world.repo.settings(s -> s.autoMergeAllowed(true).mergeMethods(List.of("squash")));
        pulls().ensureAsked(pull.number(), List.of("octo"));
        long review = world.alice.reviews(
                pull, Person.Says.REQUEST_CHANGES, "No.", new Person.Line("src/a.txt", 2, "Why so loud?"));
        long comment = pull.reviewComments().getFirst().id();
        pulls().ensureReply(reply(pull, comment, "round-1"));
        long run = world.repo.runsCi(
                "ci.yml", BRANCH.value(), SandboxJob.passed("lint"), SandboxJob.failed("build", "Test", "boom\n"));
        world.repo.reportsCheck(BRANCH.value(), "scan", "neutral");
        world.repo.reportsStatus(BRANCH.value(), "deploy", "pending");
        seen.clear();

        PullFacts facts = facts();

        assertThat(seen).containsExactly("POST /graphql");
        assertThat(facts.pull())
                .isEqualTo(new PullRequest(
                        pull.number(),
                        new Actor(Account.GITHUB_ACTIONS, "github-actions[bot]", Actor.Kind.BOT),
                        BRANCH.value(),
                        true,
                        head(),
                        "main",
                        PullRequest.Status.OPEN,
                        false,
                        facts.pull().url(),
                        new PullRequest.Merging(
                                PullRequest.Mergeable.YES, PullRequest.MergeState.BLOCKED, false, Optional.empty()),
                        List.of("bug"),
                        List.of(new Actor(world.octo.id(), "octo", Actor.Kind.USER))));
        assertThat(facts.pull()).isEqualTo(forge.pull(pull.number()).orElseThrow());
        assertThat(facts.reviews().getFirst())
                .isEqualTo(new Review(
                        review,
                        alice(),
                        Review.Verdict.CHANGES_REQUESTED,
                        Optional.of(head()),
                        World.START,
                        new Untrusted("No.")));
        assertThat(facts.threads()).singleElement().satisfies(thread -> {
            assertThat(thread.resolved()).isFalse();
            assertThat(thread.outdated()).isFalse();
            assertThat(thread.path()).isEqualTo("src/a.txt");
            assertThat(thread.line()).isEqualTo(OptionalInt.of(2));
            assertThat(thread.first())
                    .isEqualTo(new ReviewThread.Remark(
                            comment,
                            alice(),
                            new Untrusted("Why so loud?"),
                            World.START,
                            World.START,
                            Optional.empty()));
            assertThat(thread.last().key()).contains("round-1");
            assertThat(thread.answered("round-1")).isTrue();
            assertThat(thread.answered("round-2")).isFalse();
        });
        assertThat(facts.checks())
                .extracting(Check::name, Check::result, Check::required)
                .containsExactlyInAnyOrder(
                        tuple("lint", Check.Result.SUCCESS, true),
                        tuple("build", Check.Result.FAILURE, true),
                        tuple("scan", Check.Result.NEUTRAL, false),
                        tuple("deploy", Check.Result.PENDING, false));
        assertThat(facts.named("build"))
                .singleElement()
                .satisfies(check -> assertThat(check.job()).hasValueSatisfying(job -> {
                    assertThat(job.run()).isEqualTo(run);
                    assertThat(job.job()).isNotEqualTo(OptionalLong.empty());
                    assertThat(job.workflow()).isEqualTo("ci");
                }));
        assertThat(facts.named("scan").getFirst().job()).isEmpty();
        assertThat(facts.rules())
                .isEqualTo(new PullFacts.Rules(
                        List.of("build", "lint"), 1, true, true, true, List.of(MergeMethod.SQUASH)));
        assertThat(facts.complete()).isTrue();
    }

    @Test
    void withoutRulesAnythingGoes() {
        assertThat(facts().rules()).isEqualTo(PullFacts.Rules.NONE);
        assertThat(facts().checks()).isEmpty();
        assertThat(pulls().facts(99)).isEmpty();
    }

    @Test
    void whatDoesntFitOnOnePageIsAskedOn() {
        for (int i = 0; i < 101; i++) {
            world.alice.commentsOnLine(pull, "src/a.txt", 2, "remark " + i);
        }
        seen.clear();
        PullFacts facts = facts();
        assertThat(seen).hasSize(2);
        assertThat(facts.reviews()).hasSize(101);
        assertThat(facts.threads()).hasSize(101).doesNotHaveDuplicates();
        assertThat(facts.threads().getLast().first().body().raw()).isEqualTo("remark 100");
        assertThat(facts.complete()).isTrue();
    }

    @Test
    void aThreadTooLongToReadMakesThePictureIncomplete() {
        long first = world.alice.commentsOnLine(pull, "src/a.txt", 2, "a");
        for (int i = 0; i < 100; i++) {
            world.alice.replies(pull, first, "b");
        }
        assertThat(facts().complete()).isFalse();
    }

    @Test
    void aThreadOnALineThatChangedIsOutdated() {
        world.alice.commentsOnLine(pull, "src/a.txt", 2, "Louder");
        world.octo.pushes(world.repo, BRANCH.value(), Map.of("src/a.txt", "one\ntwo!\nthree\n"));
        assertThat(facts().threads()).singleElement().satisfies(thread -> {
            assertThat(thread.outdated()).isTrue();
            assertThat(thread.line()).isEmpty();
        });
    }

    @Test
    void whatGitHubHasNotWorkedOutIsAskedAgain() {
        world.repo.settings(s -> s.unknownMergeabilities(3));
        world.octo.pushes(world.repo, BRANCH.value(), Map.of("b.txt", "b"));
        seen.clear();
        assertThat(facts().pull().merging().mergeable()).isEqualTo(PullRequest.Mergeable.YES);
        assertThat(seen).containsExactly("POST /graphql", "GET /pulls/2", "GET /pulls/2");
        world.octo.pushes(world.repo, "main", Map.of("src/a.txt", "one\nzwei\nthree\n"));
        world.repo.settings(s -> s.unknownMergeabilities(0));
        world.octo.pushes(world.repo, BRANCH.value(), Map.of("b.txt", "c"));
        assertThat(facts().pull().merging().mergeable()).isEqualTo(PullRequest.Mergeable.CONFLICT);
        assertThat(facts().pull().merging().state()).isEqualTo(PullRequest.MergeState.DIRTY);
    }

    @Test
    void whatTheTokenMayNotSeeMakesThePictureIncomplete() {
        world.repo.reportsCheck(BRANCH.value(), "build", "success");
        world.alice.reviews(pull, Person.Says.APPROVE, "");
        world.repo.settings(s -> s.tokenScope(Scope.CHECKS, Access.NONE));
        PullFacts facts = facts();
        assertThat(facts.complete()).isFalse();
        assertThat(facts.checks()).isEmpty();
        assertThat(facts.reviews()).hasSize(1);
        world.repo.settings(s -> s.tokenScope(Scope.CHECKS, Access.READ));
        assertThat(facts().complete()).isTrue();
    }

    @Test
    void whoseRunACheckIsNeedNotBeSeen() {
        world.repo.runsCi("ci.yml", BRANCH.value(), SandboxJob.failed("build", "Test", "boom"));
        world.repo.settings(s -> s.tokenScope(Scope.ACTIONS, Access.NONE));
        PullFacts facts = facts();
        assertThat(facts.complete()).isTrue();
        assertThat(facts.named("build")).singleElement().satisfies(check -> {
            assertThat(check.result()).isEqualTo(Check.Result.FAILURE);
            assertThat(check.job()).isEmpty();
        });
    }

    @Test
    void whatTheTokenMayNotDoIsToldOrLeftOut() {
        long comment = world.alice.commentsOnLine(pull, "src/a.txt", 2, "Why?");
        String thread = facts().threads().getFirst().id();
        world.repo.settings(s -> s.tokenScope(Scope.CONTENTS, Access.READ));
        assertThatThrownBy(() -> pulls().ensureDraft(pull.number(), true))
                .isInstanceOf(ForgeFailure.class)
                .hasMessageContaining("contents: write");
        world.repo.settings(s -> s.tokenScope(Scope.PULL_REQUESTS, Access.READ));
        pulls().ensureResolved(thread);
        assertThat(pull.isResolved(comment)).isFalse();
    }

    @Test
    void aTokenThatMayNotReadPullRequestsIsToldSo() {
        world.repo.settings(s -> s.tokenScope(Scope.PULL_REQUESTS, Access.NONE));
        assertThatThrownBy(this::facts)
                .isInstanceOfSatisfying(
                        ForgeFailure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ACCESS))
                .hasMessageContaining("grant pull-requests: write");
    }

    @Test
    void aPullRequestOfAForkIsNotOfThisRepository() {
        var foreign = world.stranger.opensPullRequestFromFork(world.repo, "topic", "x", Map.of("b.txt", "x"));
        assertThat(pulls().facts(foreign.number()).orElseThrow().pull().sameRepository())
                .isFalse();
    }

    @Test
    void whatIsOpenFromABranchIsFoundAndNoForkOfThatName() {
        world.octo.pushes(world.repo, "topic", Map.of("b.txt", "b\n"));
        var ours = world.octo.opensPullRequest(world.repo, "topic", "A title", "A body");
        world.stranger.opensPullRequestFromFork(world.repo, "topic", "x", Map.of("b.txt", "x"));
        assertThat(pulls().openFrom("topic")).singleElement().satisfies(shown -> {
            assertThat(shown.pull().number()).isEqualTo(ours.number());
            assertThat(shown.pull().head().value()).isEqualTo(ours.headSha());
            assertThat(shown.title().raw()).isEqualTo("A title");
            assertThat(shown.body().raw()).isEqualTo("A body");
        });
        assertThat(pulls().openFrom("nowhere")).isEmpty();
        world.octo.closesPullRequest(ours);
        assertThat(pulls().openFrom("topic")).isEmpty();
    }

    @Test
    void aReviewOfOursIsKnownByItsKeyAndNobodyElsesIs() {
        var review = new Effect.EnsureSuggestions(pull.number(), head(), "suggestions-1", "none", "Look.", List.of());
        pulls().ensureSuggestions(review);
        world.alice.reviews(
                pull,
                Person.Says.COMMENT,
                "<!-- pawl:review v1 issue=%d run=none key=suggestions-2 -->\nx".formatted(pull.number()));
        assertThat(facts().reviews())
                .extracting(Review::key)
                .containsExactly(Optional.of("suggestions-1"), Optional.empty());
    }

    @Test
    void aReplyIsWrittenOnceAndNeverToWhatIsGone() {
        long comment = world.alice.commentsOnLine(pull, "src/a.txt", 2, "Why?");
        Optional<Long> first = pulls().ensureReply(reply(pull, comment, "a"));
        assertThat(pulls().ensureReply(reply(pull, comment, "a"))).isEqualTo(first);
        assertThat(pulls().ensureReply(reply(pull, comment, "b"))).isNotEqualTo(first);
        assertThat(pull.reviewComments()).hasSize(3);
        assertThat(pulls().ensureReply(reply(pull, 999_999, "a"))).isEmpty();
    }

    @Test
    void somebodyElseCannotForgeOurReply() {
        long comment = world.alice.commentsOnLine(pull, "src/a.txt", 2, "Why?");
        world.alice.replies(pull, comment, "<!-- pawl:reply v1 issue=%d run=r key=a -->\nx".formatted(pull.number()));
        assertThat(facts().threads().getFirst().answered("a")).isFalse();
        pulls().ensureReply(reply(pull, comment, "a"));
        assertThat(pull.reviewComments()).hasSize(3);
    }

    @Test
    void aThreadIsResolved() {
        long comment = world.alice.commentsOnLine(pull, "src/a.txt", 2, "Why?");
        String thread = facts().threads().getFirst().id();
        pulls().ensureResolved(thread);
        pulls().ensureResolved(thread);
        assertThat(pull.isResolved(comment)).isTrue();
        assertThat(facts().threads().getFirst().resolved()).isTrue();
        pulls().ensureResolved("PRRT_nowhere");
    }

    @Test
    void whoCanBeAskedIsAsked() {
        pulls().ensureAsked(pull.number(), List.of("alice", "nobody", "github-actions[bot]"));
        assertThat(pull.asked()).containsExactly("alice");
        seen.clear();
        pulls().ensureAsked(pull.number(), List.of("Alice"));
        assertThat(seen).containsExactly("GET /pulls/2");
        world.alice.reviews(pull, Person.Says.COMMENT, "so so");
        assertThat(pull.asked()).isEmpty();
        pulls().ensureAsked(pull.number(), List.of("alice"));
        assertThat(pull.asked()).containsExactly("alice");
    }

    @Test
    void aDraftIsMadeAndUnmade() {
        pulls().ensureDraft(pull.number(), true);
        assertThat(pull.isDraft()).isTrue();
        assertThat(facts().pull().draft()).isTrue();
        pulls().ensureDraft(pull.number(), false);
        seen.clear();
        pulls().ensureDraft(pull.number(), false);
        assertThat(seen).containsExactly("GET /pulls/2");
        assertThat(pull.isDraft()).isFalse();
    }

    @Test
    void itIsClosedAndOpenedAgainUntilItIsMerged() {
        assertThat(pulls().ensureOpen(pull.number(), false)).isEqualTo(PullRequests.Reopened.DONE);
        assertThat(facts().pull().status()).isEqualTo(PullRequest.Status.CLOSED);
        assertThat(pulls().ensureOpen(pull.number(), true)).isEqualTo(PullRequests.Reopened.DONE);
        assertThat(facts().pull().status()).isEqualTo(PullRequest.Status.OPEN);
        world.octo.mergesPullRequest(pull);
        assertThat(pulls().ensureOpen(pull.number(), true)).isEqualTo(PullRequests.Reopened.IMPOSSIBLE);
    }

    @Test
    void exactlyTheTestedHeadIsMergedOnce() {
        PullRequests.Merge old = merge(MergeMethod.SQUASH);
        world.octo.pushes(world.repo, BRANCH.value(), Map.of("b.txt", "b"));
        assertThat(pulls().merge(old)).isEqualTo(new PullRequests.Merged.HeadMoved());
        PullRequests.Merged merged = pulls().merge(merge(MergeMethod.SQUASH));
        assertThat(merged).isInstanceOf(PullRequests.Merged.Done.class);
        assertThat(pulls().merge(merge(MergeMethod.SQUASH))).isEqualTo(merged);
        String tip = world.repo.ref("refs/heads/main").orElseThrow();
        assertThat(merged).isEqualTo(new PullRequests.Merged.Done(new Sha(tip)));
        assertThat(facts().pull().merging().commit()).contains(new Sha(tip));
        assertThat(pulls().compare("main", tip).orElseThrow().isContained()).isTrue();
    }

    @Test
    void aHeadThatMovesWhileItIsMergedIsRefused() {
        PullRequests.Merge wish = merge(MergeMethod.SQUASH);
        forge.beforeWrites(() -> world.octo.pushes(world.repo, BRANCH.value(), Map.of("b.txt", "b")));
        assertThat(pulls().merge(wish)).isEqualTo(new PullRequests.Merged.HeadMoved());
        assertThat(pull.isMerged()).isFalse();
    }

    @Test
    void whatTheRulesRefuseIsAValue() {
        rules(new Settings.Rules(List.of("build"), 0, false, false));
        assertThat(pulls().merge(merge(MergeMethod.SQUASH)))
                .isEqualTo(new PullRequests.Merged.Refused("Required status check \"build\" is expected."));
        rules(Settings.Rules.NONE);
        world.repo.settings(s -> s.mergeMethods(List.of("merge")));
        assertThat(pulls().merge(merge(MergeMethod.SQUASH)))
                .isEqualTo(new PullRequests.Merged.Refused("Squash merges are not allowed on this repository."));
        assertThat(pull.isMerged()).isFalse();
    }

    @Test
    void autoMergeWaitsForTheChecks() {
        assertThat(pulls().ensureAutoMerge(merge(MergeMethod.SQUASH)))
                .isEqualTo(new PullRequests.AutoMerge.Refused("Auto merge is not allowed for this repository"));
        world.repo.settings(s -> s.autoMergeAllowed(true));
        assertThat(pulls().ensureAutoMerge(merge(MergeMethod.SQUASH))).isEqualTo(new PullRequests.AutoMerge.Unneeded());
        world.repo.reportsCheck(BRANCH.value(), "scan", "failure");
        assertThat(pulls().ensureAutoMerge(merge(MergeMethod.SQUASH))).isEqualTo(new PullRequests.AutoMerge.Unneeded());
        rules(new Settings.Rules(List.of("build"), 0, false, false));
        assertThat(pulls().ensureAutoMerge(merge(MergeMethod.SQUASH))).isEqualTo(new PullRequests.AutoMerge.On());
        assertThat(pulls().ensureAutoMerge(merge(MergeMethod.SQUASH))).isEqualTo(new PullRequests.AutoMerge.On());
        assertThat(facts().pull().merging().automatic()).isTrue();
        pulls().ensureNoAutoMerge(pull.number());
        pulls().ensureNoAutoMerge(pull.number());
        assertThat(facts().pull().merging().automatic()).isFalse();
        pulls().ensureAutoMerge(merge(MergeMethod.SQUASH));
        world.repo.reportsCheck(BRANCH.value(), "build", "failure");
        assertThat(pull.isMerged()).isFalse();
        world.repo.reportsCheck(BRANCH.value(), "build", "success");
        assertThat(pull.isMerged()).isTrue();
        assertThat(facts().pull().status()).isEqualTo(PullRequest.Status.MERGED);
    }

    @Test
    void aBranchIsUpdatedFromItsBase() {
        Sha head = head();
        assertThat(pulls().updateBranch(pull.number(), head)).isEqualTo(PullRequests.Updated.CURRENT);
        world.octo.pushes(world.repo, "main", Map.of("b.txt", "b"));
        assertThat(pulls().compare("main", head.value()).orElseThrow().isBehind())
                .isTrue();
        assertThat(pulls().updateBranch(pull.number(), head)).isEqualTo(PullRequests.Updated.BEGUN);
        assertThat(pulls().compare("main", pull.headSha()).orElseThrow().isBehind())
                .isFalse();
        assertThat(pulls().updateBranch(pull.number(), head)).isEqualTo(PullRequests.Updated.HEAD_MOVED);
        world.octo.pushes(world.repo, "main", Map.of("src/a.txt", "one\nzwei\nthree\n"));
        assertThat(pulls().updateBranch(pull.number(), head())).isEqualTo(PullRequests.Updated.CONFLICT);
        assertThat(pulls().compare("main", "nowhere")).isEmpty();
    }

    @Test
    void aBranchIsDeletedUnlessSomebodyPushedToIt() {
        Sha old = head();
        world.octo.pushes(world.repo, BRANCH.value(), Map.of("b.txt", "b"));
        assertThat(pulls().ensureBranchGone(BRANCH.value(), old)).isFalse();
        assertThat(world.repo.branches()).contains(BRANCH.value());
        assertThat(pulls().ensureBranchGone(BRANCH.value(), head())).isTrue();
        assertThat(pulls().ensureBranchGone(BRANCH.value(), head())).isTrue();
        assertThat(world.repo.branches()).doesNotContain(BRANCH.value());
    }

    private Effect.EnsureSuggestions suggestions(int line) {
        return new Effect.EnsureSuggestions(
                pull.number(),
                head(),
                "fix-1",
                "r-7f3a",
                "This would help.",
                List.of(new Effect.EnsureSuggestions.Remark("src/a.txt", 1, line, "```suggestion\none\ntwo\n```")));
    }

    @Test
    void suggestionsAreOneReviewOfTheDiffsLines() {
        assertThat(pulls().files(pull.number())).singleElement().satisfies(file -> {
            assertThat(file.path()).isEqualTo("src/a.txt");
            assertThat(file.lines()).containsExactly(1, 2, 3);
        });
        pulls().ensureSuggestions(suggestions(2));
        pulls().ensureSuggestions(suggestions(2));
        assertThat(pull.reviews())
                .singleElement()
                .satisfies(review -> assertThat(review.body()).endsWith("This would help."));
        assertThat(pull.reviewComments()).singleElement().satisfies(comment -> {
            assertThat(comment.place().startLine()).isEqualTo(1);
            assertThat(comment.place().line()).isEqualTo(2);
            assertThat(comment.body()).startsWith("```suggestion");
        });
    }

    @Test
    void aSuggestionBesideTheDiffIsRefused() {
        assertThatThrownBy(() -> pulls().ensureSuggestions(suggestions(40)))
                .isInstanceOf(ForgeFailure.class)
                .hasMessageContaining("Line could not be resolved");
    }

    @ParameterizedTest
    @EnumSource
    void everyWriteOfUnknownOutcomeHappensOnce(NthWrite.Fault fault) {
        world.repo.settings(s -> s.autoMergeAllowed(true));
        long comment = world.alice.commentsOnLine(pull, "src/a.txt", 2, "Why?");
        world.octo.pushes(world.repo, "main", Map.of("b.txt", "b"));
        world.octo.pushes(world.repo, "old", Map.of("c.txt", "c"));
        var snapshot = world.github.snapshot();
        var counts = new HashMap<String, Integer>();
        everything(comment);
        String expected = world.github.describe();
        seen.stream().filter(line -> !line.startsWith("GET")).forEach(line -> counts.merge(line, 1, Integer::sum));
        // One of the GraphQL posts is a question.
        int writes = counts.values().stream().mapToInt(Integer::intValue).sum() - 1;
        assertThat(counts).containsEntry("POST /graphql", 6);
        assertThat(writes).isEqualTo(13);
        for (int n = 0; n < writes; n++) {
            world.github.restore(snapshot);
            world.github.faults(new NthWrite(n, fault));
            everything(comment);
            world.github.faults(Faults.NONE);
            assertThat(world.github.describe()).as("write " + n).isEqualTo(expected);
        }
    }

    private void everything(long comment) {
        rules(new Settings.Rules(List.of("build"), 0, false, false));
        GitHubForge fresh = bench.forge();
        PullRequests pulls = fresh.pullRequests();
        pulls.ensureReply(reply(pull, comment, "a"));
        pulls.ensureResolved(
                pulls.facts(pull.number()).orElseThrow().threads().getFirst().id());
        pulls.ensureAsked(pull.number(), List.of("alice"));
        pulls.ensureDraft(pull.number(), true);
        pulls.ensureDraft(pull.number(), false);
        pulls.ensureSuggestions(suggestions(2));
        pulls.ensureOpen(pull.number(), false);
        pulls.ensureOpen(pull.number(), true);
        pulls.updateBranch(pull.number(), head());
        pulls.ensureAutoMerge(merge(MergeMethod.SQUASH));
        pulls.ensureNoAutoMerge(pull.number());
        pulls.ensureBranchGone("old", new Sha(world.repo.ref("refs/heads/old").orElse("0".repeat(40))));
        rules(Settings.Rules.NONE);
        assertThat(pulls.merge(merge(MergeMethod.SQUASH))).isInstanceOf(PullRequests.Merged.Done.class);
    }

    @Test
    void blockersAreWhatGitHubSaysItWaitsFor() {
        var first = world.repo.issue(1);
        var second = world.alice.opensIssue(world.repo, "Other", "");
        world.alice.blocks(first, second);
        assertThat(forge.blockers(1)).containsExactly(new Blocker("octo/lab", second.number(), true));
        world.alice.closes(second);
        assertThat(forge.blockers(1))
                .singleElement()
                .satisfies(blocker -> assertThat(blocker.open()).isFalse());
        assertThat(forge.blockers(second.number())).isEmpty();
    }
}
