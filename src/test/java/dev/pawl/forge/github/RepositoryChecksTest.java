package dev.pawl.forge.github;

import static dev.pawl.domain.report.Finding.Level.NOTE;
import static dev.pawl.domain.report.Finding.Level.PROBLEM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.Collected;
import dev.pawl.domain.report.Finding;
import dev.pawl.sandbox.Person;
import dev.pawl.sandbox.World;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Bytes;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Incoming;
import dev.pawl.sandbox.world.Access;
import dev.pawl.sandbox.world.Scope;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be seen of a repository with one token or another, and what is said of the rest. */
class RepositoryChecksTest {
    private static final String RUNS_PAWL = "jobs:\n  advance:\n    steps:\n      - uses: pawl-dev/pawl@v0\n";

    private Bench bench;
    private World world;

    @BeforeEach
    void open(@TempDir Path folder) {
        bench = new Bench(folder);
        world = bench.world;
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void anAdministratorSeesAllAndAllIsWell() {
        world.repo.seeds("main", Map.of(".github/workflows/advance.yml", RUNS_PAWL));

        assertThat(look(world.octo.token()).findings())
                .containsExactly(
                        Finding.ok("repository", "access", "octo/lab is there; its default branch is main."),
                        Finding.note(
                                "repository",
                                "token",
                                "The token's account may push; what the token itself may write can't be seen.",
                                "See that it has contents: write, issues: write and pull-requests: write."),
                        Finding.ok(
                                "repository", "reading", "The token reads contents, issues, pull requests and runs."),
                        Finding.ok("repository", "workflow", ".github/workflows/advance.yml runs Pawl."),
                        Finding.ok("repository", "pull-requests", "GitHub Actions may create pull requests."));
    }

    @Test
    void aWorkflowsTokenIsToldWhatItCanNotSee() {
        Collected seen = look(world.github.actionsToken());

        assertThat(seen.of("pull-requests").level()).isEqualTo(NOTE);
        assertThat(seen.of("token").says()).isEqualTo("What the token may write can't be seen.");
    }

    @Test
    void whatIsOffIsAProblemWithItsPlaceInTheSettings() {
        world.repo.settings(s -> s.actionsMayOpenPullRequests(false));

        assertThat(look(world.octo.token()).findings())
                .contains(Finding.problem(
                        "repository",
                        "pull-requests",
                        "GitHub Actions may not create pull requests.",
                        "Allow it: Settings, Actions, General, Workflow permissions. The token of a GitHub App needs no"
                                + " such setting."));
    }

    @Test
    void aWorkflowThatOnlyNamesPawlRunsNothing() {
        world.repo.seeds("main", Map.of(".github/workflows/pawl.yml", "# uses: pawl-dev/pawl\non: push\nname: pawl\n"));

        assertThat(look(world.octo.token()).findings())
                .contains(Finding.problem(
                        "repository",
                        "workflow",
                        "No workflow on the default branch runs Pawl.",
                        "Copy the workflow from the README to .github/workflows/pawl.yml."));
    }

    @ParameterizedTest
    @CsvSource({
        "PULL_REQUESTS, 'The token can''t read: pull-requests.', PROBLEM",
        "ISSUES, 'The token can''t read: issues.', PROBLEM",
        "ACTIONS, The token can't read workflow runs., NOTE"
    })
    void aPermissionThatIsMissingIsNamed(Scope scope, String says, Finding.Level level) {
        world.repo.settings(s -> s.tokenScope(scope, Access.NONE));

        assertThat(look(world.github.actionsToken()).findings()).anySatisfy(finding -> {
            assertThat(finding.check()).isEqualTo("reading");
            assertThat(finding.says()).isEqualTo(says);
            assertThat(finding.level()).isEqualTo(level);
        });
    }

    @Test
    void withoutContentsNoFileIsAskedFor() {
        world.repo.settings(s -> s.tokenScope(Scope.CONTENTS, Access.NONE));
        var collected = new Collected();

        assertThat(checks(world.github.actionsToken()).look(collected)).isFalse();
        assertThat(collected.findings()).extracting(Finding::check).doesNotContain("workflow");
        assertThat(collected.of("reading").level()).isEqualTo(PROBLEM);
    }

    @Test
    void whoMayNotPushIsToldSo() {
        Person reader = world.stranger;

        assertThat(look(reader.token()).findings())
                .contains(Finding.problem(
                        "repository",
                        "token",
                        "The token's account may not push.",
                        "Give it the role Write, or use another account's token."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            repo                   | NOTE    | The token may push. It is a classic one, so it reaches every repository of its account.
            public_repo            | NOTE    | The token may push. It is a classic one, so it reaches every repository of its account.
            repo, workflow, gist   | NOTE    | The token may push. It is a classic one, so it reaches every repository of its account, and Pawl has no use for workflow, gist.
            gist, read:org         | PROBLEM | The token's scopes are gist, read:org: it can't write here.
            repo, ::error:: x,   | NOTE    | The token may push. It is a classic one, so it reaches every repository of its account, and Pawl has no use for ::error::x.
            """)
    @DisplayName("SEC-20 a classic token's scopes are named, and those that are too many")
    void theScopesOfAClassicTokenAreRead(String scopes, Finding.Level level, String says) {
        answering(answer -> answer.with("X-OAuth-Scopes", scopes));

        assertThat(look(world.alice.token()).of("token")).satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(level);
            assertThat(finding.says()).isEqualTo(says);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "\"archived\":false, \"archived\":true, is archived",
        "\"has_issues\":true, \"has_issues\":false, has no issues"
    })
    void aRepositoryInWhichNothingCanBeDoneIsAProblem(String from, String to, String says) {
        answering(answer -> new Answer(
                answer.status(), answer.headers(), Bytes.of(answer.body().text().replace(from, to))));

        assertThat(look(world.octo.token()).findings()).first().satisfies(finding -> {
            assertThat(finding.says()).contains(says);
            assertThat(finding.level()).isEqualTo(PROBLEM);
        });
    }

    @Test
    void whatCanNotBeSeenAtAllEndsTheLook() {
        world.repo.settings(s -> s.isPrivate(true));

        assertThat(look(world.stranger.token()).findings())
                .containsExactly(Finding.problem(
                        "repository",
                        "access",
                        "There is no repository octo/lab, or the token may not see it.",
                        "Look at the name, and at the repositories that the token is for."));
        assertThat(look("ghp_nobodys").findings())
                .containsExactly(Finding.problem(
                        "repository",
                        "access",
                        "GitHub doesn't accept the token.",
                        "Make a new one, or look whether it is over or was cut when it was copied."));
    }

    @Test
    void nothingIsWritten() {
        var before = world.github.requests();

        look(world.octo.token());

        assertThat(world.github.requests().since(before).writes()).isZero();
        assertThat(world.github.requests().since(before).api()).isLessThanOrEqualTo(12);
    }

    private void answering(UnaryOperator<Answer> change) {
        world.github.faults(new Faults() {
            @Override
            public Fate beforeAnswered(Incoming request, Answer answer) {
                return request.path().equals("/repos/octo/lab")
                        ? new Fate.AnswerWith(change.apply(answer))
                        : new Fate.Proceed();
            }
        });
    }

    private RepositoryChecks checks(String token) {
        GitHubSettings s = bench.settings(1, 1);
        return new RepositoryChecks(bench.connection(new GitHubSettings(
                s.api(),
                s.owner(),
                s.name(),
                s.repositoryId(),
                s.defaultBranch(),
                token,
                s.botId(),
                s.stateKey(),
                s.us(),
                s.waitForForge(),
                s.ledgerPrefix())));
    }

    private Collected look(String token) {
        var collected = new Collected();
        checks(token).look(collected);
        return collected;
    }
}
