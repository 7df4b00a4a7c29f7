package dev.pawl.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.sandbox.world.Access;
import dev.pawl.sandbox.world.Role;
import dev.pawl.sandbox.world.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesTest {
    private static final String R = World.REPO;

    private World world;
    private Client bot;

    @BeforeEach
    void open(@TempDir Path folder) {
        world = new World(folder);
        bot = world.asActions();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void pagesAreLinkedByTheRepositorysNumber() {
        SandboxIssue issue = world.alice.opensIssue(world.repo, "Bug", "");
        for (int i = 0; i < 5; i++) {
            world.alice.comments(issue, "comment " + i);
        }
        var bodies = new ArrayList<String>();
        String next = R + "/issues/1/comments?per_page=2";
        while (!next.isEmpty()) {
            Client.Reply page = bot.get(next);
            page.json().forEach(c -> bodies.add(c.path("body").asText()));
            String links = page.raw().headers().firstValue("Link").orElse("");
            Matcher found = Pattern.compile("<([^>]+)>; rel=\"next\"").matcher(links);
            next = found.find() ? found.group(1) : "";
            assertThat(next)
                    .satisfiesAnyOf(
                            link -> assertThat(link).isEmpty(),
                            link -> assertThat(link)
                                    .contains("/repositories/" + world.repo.id() + "/issues/1/comments"));
        }
        assertThat(bodies).containsExactly("comment 0", "comment 1", "comment 2", "comment 3", "comment 4");
    }

    @Test
    void commentsSinceAreThoseChangedSince() {
        SandboxIssue issue = world.alice.opensIssue(world.repo, "Bug", "");
        long first = world.alice.comments(issue, "first");
        world.alice.comments(issue, "second");
        world.pass(Duration.ofMinutes(1));
        world.alice.editsComment(issue, first, "first, again");
        assertThat(bot.get(R + "/issues/1/comments?since=2026-11-21T10:00:30Z").json())
                .hasSize(1);
    }

    @Test
    void aScopeThatOnlyReadsDoesNotWrite() {
        world.alice.opensIssue(world.repo, "Bug", "");
        world.repo.settings(s -> s.tokenScope(Scope.ISSUES, Access.READ).tokenScope(Scope.ACTIONS, Access.NONE));
        Client.Reply refused = bot.post(R + "/issues/1/comments", "{'body':'hi'}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).isEqualTo("Resource not accessible by integration");
        assertThat(refused.json().path("status").asText()).isEqualTo("403");
        assertThat(bot.get(R + "/issues/1").status()).isEqualTo(200);
        assertThat(bot.get(R + "/actions/runs").status()).isEqualTo(403);
    }

    @Test
    void strangersSeeNothingOfAPrivateRepository() {
        world.repo.settings(s -> s.isPrivate(true));
        assertThat(world.as(world.stranger).get(R).status()).isEqualTo(404);
        assertThat(world.as(world.alice).get(R).status()).isEqualTo(200);
        world.repo.grants(world.stranger, Role.TRIAGE);
        assertThat(world.as(world.stranger).get(R).status()).isEqualTo(200);
        assertThat(bot.get(R + "/collaborators/mallory/permission")
                        .json()
                        .path("permission")
                        .asText())
                .isEqualTo("read");
        assertThat(bot.get(R + "/collaborators/mallory/permission")
                        .json()
                        .path("role_name")
                        .asText())
                .isEqualTo("triage");
        assertThat(world.as(world.stranger)
                        .get(R + "/collaborators/alice/permission")
                        .message())
                .isEqualTo("Must have push access to view collaborator permission.");
    }

    @Test
    void aTokenIsNeeded() {
        assertThat(new Client(world.github, "").get(R).message()).isEqualTo("Requires authentication");
        assertThat(new Client(world.github, "nonsense").get(R).message()).isEqualTo("Bad credentials");
    }

    @Test
    void tooLongATextIsRefused() {
        world.alice.opensIssue(world.repo, "Bug", "");
        String fits = "x".repeat(65_536);
        assertThat(bot.post(R + "/issues/1/comments", "{'body':'" + fits + "'}").status())
                .isEqualTo(201);
        Client.Reply refused = bot.post(R + "/issues/1/comments", "{'body':'" + fits + "x'}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/message").asText())
                .isEqualTo("Body is too long (maximum is 65536 characters)");
    }

    @Test
    void aDeletedIssueIsGone() {
        SandboxIssue issue = world.alice.opensIssue(world.repo, "Bug", "");
        world.octo.deletes(issue);
        assertThat(bot.get(R + "/issues/1").status()).isEqualTo(410);
        assertThat(bot.get(R + "/issues?state=all").json()).isEmpty();
    }

    @Test
    void actionsMayBeForbiddenToOpenPullRequests() {
        world.alice.pushes(world.repo, "topic", Map.of("b.txt", "b"));
        world.repo.settings(s -> s.actionsMayOpenPullRequests(false));
        Client.Reply refused = bot.post(R + "/pulls", "{'title':'T','head':'topic','base':'main'}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).isEqualTo("GitHub Actions is not permitted to create or approve pull requests.");
        assertThat(bot.post(R + "/pulls", "{'title':'T','head':'topic','base':'main'}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aPullRequestNeedsABranchWithCommits() {
        world.alice.pushes(world.repo, "topic", Map.of("b.txt", "b"));
        assertThat(bot.post(R + "/pulls", "{'title':'T','head':'none','base':'main'}")
                        .json()
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("head");
        assertThat(bot.post(R + "/pulls", "{'title':'T','head':'main','base':'topic'}")
                        .json()
                        .at("/errors/0/message")
                        .asText())
                .isEqualTo("No commits between topic and main");
    }

    @Test
    void aPullRequestFromAForkHasAnotherHeadRepository() {
        world.stranger.opensPullRequestFromFork(world.repo, "pawl/1-bug", "Mine", Map.of("b.txt", "b"));
        Client.Reply pull = bot.get(R + "/pulls/1");
        assertThat(pull.json().at("/head/repo/full_name").asText()).isEqualTo("mallory/lab");
        assertThat(pull.json().at("/head/repo/id").asLong()).isNotEqualTo(world.repo.id());
        assertThat(pull.json().at("/base/repo/id").asLong()).isEqualTo(world.repo.id());
        assertThat(bot.get(R + "/pulls?head=octo:pawl/1-bug").json()).isEmpty();
        assertThat(bot.get(R + "/pulls?head=mallory:pawl/1-bug").json()).hasSize(1);
        assertThat(world.repo.branches()).containsExactly("main");
    }

    @Test
    void onAPullRequestEitherScopeLetsATokenSpeak() {
        world.alice.pushes(world.repo, "topic", Map.of("b.txt", "b"));
        world.alice.opensPullRequest(world.repo, "topic", "T", "");
        world.repo.settings(s -> s.tokenScope(Scope.ISSUES, Access.READ));
        assertThat(bot.post(R + "/issues/1/comments", "{'body':'hi'}").status()).isEqualTo(201);
        assertThat(bot.post(R + "/issues/1/labels", "{'labels':['x']}").status())
                .isEqualTo(200);
    }

    @Test
    void mergeabilityIsUnknownAtFirstAndConflictsAreDirty() {
        world.repo.settings(s -> s.unknownMergeabilities(2));
        world.alice.pushes(world.repo, "topic", Map.of("src/a.txt", "mine\n"));
        world.alice.opensPullRequest(world.repo, "topic", "T", "");
        world.octo.pushes(world.repo, "main", Map.of("src/a.txt", "theirs\n"));
        var states = new ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            states.add(bot.get(R + "/pulls/1").json().path("mergeable_state").asText());
        }
        assertThat(states.getFirst()).isEqualTo("unknown");
        assertThat(states.getLast()).isEqualTo("dirty");
        assertThat(bot.put(R + "/pulls/1/merge", "{}").status()).isEqualTo(405);
    }

    @Test
    void refNamespacesCanBeRefused() {
        world.repo.settings(s -> s.refusesRefNamespace("refs/pawl/"));
        String sha = world.repo.ref("refs/heads/main").orElseThrow();
        assertThat(bot.post(R + "/git/refs", "{'ref':'refs/pawl/issues/1','sha':'" + sha + "'}")
                        .status())
                .isEqualTo(422);
        assertThat(bot.post(R + "/git/refs", "{'ref':'refs/heads/pawl-ledger/issues/1','sha':'" + sha + "'}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void ofManyWhoCreateOneRefExactlyOneDoes() throws Exception {
        List<String> shas = successors(8);
        assertThat(statuses(shas, sha -> bot.post(R + "/git/refs", "{'ref':'refs/pawl/issues/1','sha':'" + sha + "'}")))
                .containsOnlyOnce(201)
                .containsOnly(201, 422);
    }

    @Test
    void ofManyWhoMoveOneRefForwardExactlyOneDoes() throws Exception {
        String main = world.repo.ref("refs/heads/main").orElseThrow();
        bot.post(R + "/git/refs", "{'ref':'refs/pawl/issues/1','sha':'" + main + "'}");
        List<String> shas = successors(8);
        assertThat(statuses(
                        shas, sha -> bot.patch(R + "/git/refs/pawl/issues/1", "{'sha':'" + sha + "','force':false}")))
                .containsOnlyOnce(200)
                .containsOnly(200, 422);
    }

    private List<String> successors(int count) {
        String main = world.repo.ref("refs/heads/main").orElseThrow();
        var shas = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            String body = "{'message':'claim %d','tree':'%s','parents':['%s']}".formatted(i, main, main);
            shas.add(bot.post(R + "/git/commits", body).json().path("sha").asText());
        }
        return shas;
    }

    private interface Attempt {
        Client.Reply by(String sha);
    }

    private static List<Integer> statuses(List<String> shas, Attempt attempt) throws Exception {
        List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> all = shas.stream()
                    .map(sha -> (Callable<Boolean>)
                            () -> statuses.add(attempt.by(sha).status()))
                    .toList();
            for (var done : threads.invokeAll(all)) {
                done.get();
            }
        }
        return statuses;
    }
}
