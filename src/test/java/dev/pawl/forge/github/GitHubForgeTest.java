package dev.pawl.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.domain.decide.StateFound;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Comment;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Permission;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.Forge.Conversation;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Spending;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.World;
import dev.pawl.sandbox.http.Exchange;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.world.Access;
import dev.pawl.sandbox.world.Role;
import dev.pawl.sandbox.world.Scope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GitHubForgeTest {
    private static final BranchName BRANCH = new BranchName("pawl/1-bug");

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private Bench bench;
    private World world;
    private GitHubForge forge;
    private SandboxIssue issue;

    @BeforeEach
    void open(@TempDir Path folder) {
        bench = new Bench(folder);
        world = bench.world;
        forge = bench.forge();
        issue = world.alice.opensIssue(world.repo, "Bug", "It's broken", "bug");
        world.github.observe(this::see);
    }

    private void see(Exchange exchange) {
        world.check.collect(exchange);
        String query = exchange.query().isEmpty() ? "" : "?" + exchange.query();
        seen.add(exchange.method() + " " + exchange.path().replace("/repos/octo/lab", "") + query);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private List<String> take() {
        var taken = List.copyOf(seen);
        seen.clear();
        return taken;
    }

    private Actor alice() {
        return new Actor(world.alice.id(), "alice", Actor.Kind.USER);
    }

    private RunState state(long seq) {
        return new RunState(
                new RunState.Identity(world.repo.id(), issue.number(), "r-7f3a", "bug"),
                IssueState.TRIAGING,
                List.of(StageRecord.pending(StageKind.TRIAGE)),
                RunState.Work.NONE,
                new RunState.Fence(1, seq, Optional.empty(), Optional.empty()),
                Optional.empty(),
                Spending.NONE,
                new RunState.People(world.alice.id(), "alice", List.of()),
                Map.of(),
                Map.of());
    }

    private static Effect.EnsureNote note(String key, String body) {
        return new Effect.EnsureNote(
                Note.Topic.PLAN,
                key,
                "r-7f3a",
                body,
                Optional.of(new Note.Data.Found(new Untrusted("--> <!-- " + body))));
    }

    private static Effect.EnsurePullRequest pull(List<String> reviewers, List<String> labels) {
        return new Effect.EnsurePullRequest(BRANCH, "main", "fix: it", "Closes #1", false, reviewers, labels);
    }

    private Issue read() {
        return forge.issue(issue.number()).orElseThrow();
    }

    @Test
    void nothingIsAskedOfWhatIsKnown() {
        assertThat(forge.repository().fullName()).isEqualTo("octo/lab");
        assertThat(forge.repository().id()).isEqualTo(world.repo.id());
        assertThat(forge.defaultBranch()).isEqualTo("main");
        assertThat(forge.now()).isEqualTo(dev.pawl.forge.github.http.Worlds.OURS);
        assertThat(forge.requests()).isZero();
    }

    @Test
    void whatIsNotKnownIsAskedOnce() {
        GitHubSettings all = bench.settings(1, 1);
        var asking = new GitHubForge(bench.connection(new GitHubSettings(
                all.api(),
                all.owner(),
                all.name(),
                java.util.OptionalLong.empty(),
                Optional.empty(),
                all.token(),
                all.botId(),
                all.stateKey(),
                all.us(),
                all.waitForForge(),
                all.ledgerPrefix())));
        assertThat(asking.defaultBranch()).isEqualTo("main");
        assertThat(asking.repository().id()).isEqualTo(world.repo.id());
        assertThat(take()).containsExactly("GET ");
        assertThat(asking.now()).isEqualTo(World.START);
    }

    @Test
    void anIssueIsAsPeopleSeeIt() {
        world.alice.types(issue, "Bug");
        assertThat(read())
                .isEqualTo(new Issue(
                        issue.id(),
                        issue.number(),
                        new Untrusted("Bug"),
                        new Untrusted("It's broken"),
                        alice(),
                        true,
                        false,
                        List.of("bug"),
                        Optional.of("Bug"),
                        0,
                        World.START));
        assertThat(forge.issue(999)).isEmpty();
        world.octo.deletes(issue);
        assertThat(forge.issue(issue.number())).isEmpty();
    }

    @Test
    void aPullRequestIsNoIssue() {
        world.alice.pushes(world.repo, "topic", Map.of("a.txt", "x"));
        var pull = world.alice.opensPullRequest(world.repo, "topic", "x", "y");
        assertThat(forge.issue(pull.number())).isEmpty();
        assertThat(forge.pull(pull.number()))
                .hasValueSatisfying(found -> assertThat(found)
                        .isEqualTo(new PullRequest(
                                pull.number(),
                                alice(),
                                "topic",
                                true,
                                new dev.pawl.domain.model.Sha(pull.headSha()),
                                "main",
                                PullRequest.Status.OPEN,
                                false,
                                found.url(),
                                new PullRequest.Merging(
                                        PullRequest.Mergeable.YES,
                                        PullRequest.MergeState.CLEAN,
                                        false,
                                        Optional.empty()),
                                List.of(),
                                List.of())));
        world.octo.mergesPullRequest(pull);
        assertThat(forge.pull(pull.number()).orElseThrow().status()).isEqualTo(PullRequest.Status.MERGED);
        var foreign = world.stranger.opensPullRequestFromFork(world.repo, "topic", "x", Map.of("b.txt", "x"));
        assertThat(forge.pull(foreign.number()).orElseThrow().sameRepository()).isFalse();
        assertThat(forge.pull(999)).isEmpty();
    }

    @Test
    void filesOfTheDefaultBranchAreRead() {
        assertThat(forge.defaultBranchFile("src/a.txt")).contains("one\ntwo\nthree\n");
        assertThat(forge.defaultBranchFile("src")).isEmpty();
        assertThat(forge.defaultBranchFile(".github/pawl.yml")).isEmpty();
        assertThat(take())
                .containsExactly("GET /contents/src/a.txt", "GET /contents/src", "GET /contents/.github/pawl.yml");
    }

    @Test
    void anIssueThatNobodyCommentedOnHasNoConversationToAskFor() {
        read();
        take();
        assertThat(forge.conversation(issue.number())).isEqualTo(Conversations.silence());
        assertThat(take()).isEmpty();
        forge.conversation(issue.number());
        assertThat(take()).hasSize(1);
    }

    @Test
    void commentsAreSortedByWhoWroteThem() {
        long spoken = world.alice.comments(issue, "hello\n\n/pawl start");
        long ours = forge.saveState(Optional.empty(), state(1), "text\n");
        Note plan = forge.ensureNote(issue.number(), note("plan", "### Plan"), List.of());
        long other = world.asActions()
                .post(World.REPO + "/issues/1/comments", "{'body':'Build failed'}")
                .json()
                .path("id")
                .asLong();
        String state = body(ours);
        long forged = world.stranger.comments(issue, state);
        world.stranger.comments(issue, body(plan.id()));

        Conversation all = forge.conversation(issue.number());
        assertThat(all.state()).isEqualTo(new StateFound.Found(ours, state(1)));
        assertThat(all.notes()).containsExactly(plan);
        assertThat(all.comments())
                .extracting(Comment::id)
                .startsWith(spoken, other, forged)
                .hasSize(4);
        assertThat(all.comments().getFirst().author()).isEqualTo(alice());
        assertThat(all.comments().getFirst().commands())
                .containsExactly(new Comment.CommandLine("start", Untrusted.EMPTY));
        assertThat(all.comments().get(1).author().kind()).isEqualTo(Actor.Kind.BOT);
    }

    private String body(long comment) {
        return issue.comments().stream()
                .filter(c -> c.id() == comment)
                .findFirst()
                .orElseThrow()
                .body();
    }

    @Test
    void ofTwoValidStatesTheOlderCounts() {
        long first = forge.saveState(Optional.empty(), state(1), "");
        forge.saveState(Optional.empty(), state(2), "");
        assertThat(forge.conversation(1).state()).isEqualTo(new StateFound.Found(first, state(1)));
        world.octo.editsComment(issue, first, "<!-- pawl:state v2 {} -->");
        assertThat(forge.conversation(1).state()).isEqualTo(new StateFound.Newer(first, "v2"));
    }

    @Test
    void anEditedStateIsBroken() {
        long id = forge.saveState(Optional.empty(), state(1), "");
        world.octo.editsComment(issue, id, body(id).replace("\"epoch\":1", "\"epoch\":1,\"epoch\":2"));
        assertThat(forge.conversation(1).state()).isInstanceOf(StateFound.Broken.class);
    }

    @Test
    void aTokenThatIsNoInstallationsIsAskedForItsAccountOnlyWhereItMatters() {
        GitHubSettings all = bench.settings(1, 1);
        var asking = new GitHubForge(bench.connection(new GitHubSettings(
                all.api(),
                all.owner(),
                all.name(),
                all.repositoryId(),
                all.defaultBranch(),
                world.octo.token(),
                all.botId(),
                all.stateKey(),
                all.us(),
                all.waitForForge(),
                all.ledgerPrefix())));
        world.alice.comments(issue, "hello");
        asking.conversation(1);
        assertThat(take()).containsExactly("GET /issues/1/comments?per_page=100");
        long id = asking.saveState(Optional.empty(), state(1), "");
        take();
        assertThat(asking.conversation(1).state()).isEqualTo(new StateFound.Found(id, state(1)));
        asking.conversation(1);
        assertThat(take())
                .containsExactly(
                        "GET /issues/1/comments?per_page=100", "GET /user", "GET /issues/1/comments?per_page=100");
        assertThat(forge.conversation(1).state()).isEqualTo(new StateFound.None());
    }

    @Test
    void everyPageIsRead() {
        for (int i = 0; i < 230; i++) {
            world.alice.comments(issue, "comment " + i);
        }
        take();
        assertThat(forge.conversation(1).comments()).hasSize(230);
        assertThat(take()).as("three pages, and the count").hasSize(4);
    }

    @Test
    void theStateIsOneCommentAndTakesOneRequest() {
        long id = forge.saveState(Optional.empty(), state(1), "text\n");
        assertThat(forge.saveState(Optional.of(id), state(2), "text\n")).isEqualTo(id);
        assertThat(take()).containsExactly("POST /issues/1/comments", "PATCH /issues/comments/" + id);
        assertThat(issue.comments()).hasSize(1);
        world.octo.deletesComment(issue, id);
        assertThat(forge.saveState(Optional.of(id), state(3), "text\n")).isNotEqualTo(id);
        assertThat(issue.comments()).hasSize(1);
    }

    @Test
    void aNoteIsWrittenOnceAndEditedInPlace() {
        Note first = forge.ensureNote(1, note("plan", "one"), List.of());
        assertThat(forge.ensureNote(1, note("plan", "one"), List.of(first))).isEqualTo(first);
        Note second = forge.ensureNote(1, note("plan", "two"), List.of(first));
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.hash()).isNotEqualTo(first.hash());
        Note other = forge.ensureNote(1, note("other", "one"), List.of(second));
        assertThat(forge.conversation(1).notes()).containsExactly(second, other);
        assertThat(take())
                .containsExactly(
                        "POST /issues/1/comments",
                        "PATCH /issues/comments/" + first.id(),
                        "POST /issues/1/comments",
                        "GET /issues/1/comments?per_page=100");
    }

    @Test
    void permissionsAreTheRepositorysRoles() {
        for (Role role : Role.values()) {
            var person = world.github.person("p" + role.name().toLowerCase(java.util.Locale.ROOT), role);
            var actor = new Actor(person.id(), person.login(), Actor.Kind.USER);
            assertThat(forge.permission(actor).name()).isEqualTo(role == Role.NONE ? "READ" : role.name());
        }
        assertThat(forge.permission(new Actor(4711, "alice", Actor.Kind.USER))).isEqualTo(Permission.NONE);
        assertThat(forge.permission(new Actor(1, "nobody", Actor.Kind.USER))).isEqualTo(Permission.NONE);
        take();
        assertThat(forge.permission(Actor.GHOST)).isEqualTo(Permission.NONE);
        assertThat(take()).isEmpty();
        world.github.faults(new Faults() {
            @Override
            public Fate beforeApplied(dev.pawl.sandbox.http.Incoming request) {
                return new Fate.Abort();
            }
        });
        assertThatThrownBy(() -> forge.permission(alice()))
                .as("not answered is not refused")
                .isInstanceOfSatisfying(
                        ForgeFailure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.FORGE_OUTAGE));
    }

    @Test
    void whoPutALabelOnIsInTheTimeline() {
        assertThat(forge.labeler(1, "pawl")).isEmpty();
        world.alice.labels(issue, "pawl");
        world.alice.unlabels(issue, "pawl");
        assertThat(forge.labeler(1, "pawl")).isEmpty();
        world.octo.labels(issue, "pawl");
        assertThat(forge.labeler(1, "Pawl"))
                .hasValueSatisfying(a -> assertThat(a.login()).isEqualTo("octo"));
    }

    @Test
    void openIssuesAreFoundByLabel() {
        world.alice.pushes(world.repo, "topic", Map.of("a.txt", "x"));
        var pull = world.alice.opensPullRequest(world.repo, "topic", "x", "y");
        world.alice.labels(pull.issue(), "bug");
        SandboxIssue second = world.alice.opensIssue(world.repo, "Two", "", "bug");
        SandboxIssue closed = world.alice.opensIssue(world.repo, "Three", "", "bug");
        world.alice.closes(closed);
        world.alice.opensIssue(world.repo, "Four", "");
        assertThat(forge.openIssues("bug")).extracting(Issue::number).containsExactly(1, second.number());
    }

    @Test
    void theStatesLabelReplacesTheOthersAndLeavesPeoplesAlone() {
        world.alice.labels(issue, "pawl", "pawl:pause", "pawl:merge", "pawl:ready");
        Issue before = read();
        take();
        forge.ensureStateLabel(before, IssueState.PLANNING);
        assertThat(take())
                .containsExactly(
                        "POST /issues/1/labels",
                        "PATCH /labels/pawl%3Aplanning",
                        "DELETE /issues/1/labels/pawl%3Aready");
        assertThat(issue.labels()).containsExactly("bug", "pawl", "pawl:pause", "pawl:merge", "pawl:planning");

        Issue after = read();
        take();
        forge.ensureStateLabel(after, IssueState.PLANNING);
        assertThat(take()).isEmpty();
        forge.ensureStateLabel(after, IssueState.IN_PROGRESS);
        forge.ensureStateLabel(read(), IssueState.PLANNING);
        assertThat(take()).filteredOn(line -> line.contains("pawl%3Aplanning")).noneMatch(l -> l.startsWith("PATCH"));
        forge.ensureStateLabel(read(), IssueState.NEW);
        assertThat(issue.labels()).containsExactly("bug", "pawl", "pawl:pause", "pawl:merge");
    }

    @Test
    void aReactionIsThereOnce() {
        long comment = world.alice.comments(issue, "/pawl start");
        forge.ensureReaction(comment, true);
        forge.ensureReaction(comment, true);
        forge.ensureReaction(comment, false);
        assertThat(issue.reactions(comment)).extracting("content").containsExactly("+1", "confused");
        assertThat(take()).hasSize(3);
        forge.ensureReaction(999_999, true);
    }

    private void branch() {
        world.octo.pushes(world.repo, BRANCH.value(), Map.of("fix.txt", "x"));
    }

    @Test
    void aPullRequestIsOpenedOnceAndAdoptedThen() {
        branch();
        PullRequest first = forge.ensurePullRequest(pull(List.of(), List.of()));
        assertThat(take()).containsExactly("POST /pulls");
        assertThat(first.author().id()).isEqualTo(Account.GITHUB_ACTIONS);
        assertThat(first.sameRepository()).isTrue();
        assertThat(forge.ensurePullRequest(pull(List.of("alice", "github-actions[bot]"), List.of("bug")))
                        .number())
                .isEqualTo(first.number());
        assertThat(take())
                .containsExactly(
                        "POST /pulls",
                        "GET /pulls?state=open&per_page=100&head=octo%3Apawl%2F1-bug&base=main",
                        "POST /pulls/" + first.number() + "/requested_reviewers",
                        "POST /issues/" + first.number() + "/labels");
        assertThat(world.repo.pullRequests()).hasSize(1);
    }

    @Test
    @DisplayName("SEC-27 somebody elses pull request is not adopted")
    void somebodyElsesPullRequestIsNotAdopted() {
        branch();
        world.alice.opensPullRequest(world.repo, BRANCH.value(), "mine", "");
        assertThatThrownBy(() -> forge.ensurePullRequest(pull(List.of(), List.of())))
                .isInstanceOfSatisfying(
                        ForgeFailure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ACCESS))
                .hasMessageContaining("somebody else");
    }

    @Test
    void reviewersThatCannotBeAskedAreNotWorthFailingFor() {
        branch();
        assertThat(forge.ensurePullRequest(pull(List.of("mallory", "nobody"), List.of()))
                        .number())
                .isPositive();
    }

    @Test
    void aSettingThatIsOffIsNamed() {
        branch();
        world.repo.settings(s -> s.actionsMayOpenPullRequests(false));
        assertThatThrownBy(() -> forge.ensurePullRequest(pull(List.of(), List.of())))
                .isInstanceOfSatisfying(
                        ForgeFailure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ACCESS))
                .hasMessageContaining("Allow GitHub Actions to create and approve pull requests");
    }

    @Test
    void aPermissionThatIsMissingIsNamed() {
        world.repo.settings(s -> s.tokenScope(Scope.ISSUES, Access.READ));
        assertThatThrownBy(() -> forge.saveState(Optional.empty(), state(1), ""))
                .isInstanceOfSatisfying(
                        ForgeFailure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ACCESS))
                .hasMessageContaining("issues: write");
    }

    @Test
    void theIssueIsClosedAndTheBellIsRung() {
        forge.closeIssue(1);
        assertThat(issue.isOpen()).isFalse();
        world.events();
        forge.dispatch(1, 3);
        assertThat(world.github.takeEvents()).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("repository_dispatch");
            assertThat(event.payload()).contains("\"action\":\"pawl\"", "\"issue\":1", "\"hop\":3");
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyWriteOfUnknownOutcomeHappensOnce(NthWrite.Fault fault) {
        branch();
        long command = world.alice.comments(issue, "/pawl start");
        var snapshot = world.github.snapshot();
        everything(command);
        String expected = world.github.describe();
        int writes = (int) seen.stream().filter(line -> !line.startsWith("GET")).count();
        assertThat(writes).isEqualTo(14);
        for (int n = 0; n < writes; n++) {
            world.github.restore(snapshot);
            world.github.faults(new NthWrite(n, fault));
            everything(command);
            world.github.faults(Faults.NONE);
            assertThat(world.github.describe()).as("write " + n).isEqualTo(expected);
        }
    }

    private void everything(long command) {
        GitHubForge fresh = bench.forge();
        long id = fresh.saveState(Optional.empty(), state(1), "text\n");
        fresh.saveState(Optional.of(id), state(2), "text\n");
        Note plan = fresh.ensureNote(1, note("plan", "one"), List.of());
        fresh.ensureNote(1, note("plan", "two"), List.of(plan));
        fresh.ensureReaction(command, true);
        fresh.ensureStateLabel(fresh.issue(1).orElseThrow(), IssueState.PLANNING);
        fresh.ensureStateLabel(fresh.issue(1).orElseThrow(), IssueState.IN_PROGRESS);
        fresh.ensurePullRequest(pull(List.of("alice"), List.of("bug")));
        fresh.closeIssue(1);
    }

    @Test
    void triageByRulesOnAFreshIssueTakesTwelveRequests() {
        GitHubConnection github = bench.connection(bench.settings(1, 1));
        var fresh = new GitHubForge(github);
        var ledger = new RestLedger(github, () -> "n");
        Issue found = fresh.issue(1).orElseThrow();
        fresh.conversation(1);
        fresh.defaultBranchFile(".github/pawl.yml");
        fresh.permission(alice());
        var claim = ledger.acquire(1, RunState.Fence.NONE, StageKind.TRIAGE, java.time.Duration.ofMinutes(45));
        var lease = ((dev.pawl.domain.port.Ledger.Claim.Held) claim).lease();
        fresh.ensureStateLabel(found, IssueState.PLANNING);
        var end = ledger.prepareRelease(lease, "advanced");
        fresh.saveState(Optional.empty(), state(1), "");
        ledger.release(lease, end);
        fresh.dispatch(1, 1);
        // 3 reads, 1 permission, 3 to acquire, label and its looks, state, 2 to release, 1 to ring.
        assertThat(fresh.requests()).isEqualTo(12).isEqualTo(seen.size());
    }
}
