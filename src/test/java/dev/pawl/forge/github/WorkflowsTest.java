package dev.pawl.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pawl.domain.model.Check;
import dev.pawl.domain.model.CiRun;
import dev.pawl.domain.model.JobLog;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.port.Ci;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.sandbox.SandboxJob;
import dev.pawl.sandbox.World;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.world.Access;
import dev.pawl.sandbox.world.Scope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkflowsTest {
    private static final String BRANCH = "pawl/1-bug";

    private Bench bench;
    private World world;
    private Ci ci;
    private Sha head;

    @BeforeEach
    void open(@TempDir Path folder) {
        bench = new Bench(folder);
        world = bench.world;
        ci = bench.forge().ci();
        head = new Sha(world.octo.pushes(
                world.repo, BRANCH, Map.of(".github/workflows/ci.yml", "on: [push, workflow_dispatch]\n")));
        world.github.takeEvents();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private long fails() {
        return world.repo.runsCi(
                "ci.yml",
                BRANCH,
                SandboxJob.passed("lint"),
                SandboxJob.failed("build", "Test", "0123456789\nboom\n"),
                SandboxJob.failed("docs", "Build", "gone\n"));
    }

    @Test
    void theLogsOfFailedJobsAreFetched() {
        long run = fails();
        assertThat(world.events()).containsExactly("workflow_run.completed");
        List<JobLog> logs = ci.failedJobs(run, 5, 1000);
        assertThat(logs)
                .extracting(JobLog::name, JobLog::failedSteps, JobLog::text, JobLog::cut)
                .containsExactly(
                        tuple("build", List.of("Test"), new Untrusted("0123456789\nboom\n"), false),
                        tuple("docs", List.of("Build"), new Untrusted("gone\n"), false));
        assertThat(ci.failedJobs(run, 1, 8)).singleElement().satisfies(log -> {
            assertThat(log.text().raw()).isEqualTo("89\nboom\n");
            assertThat(log.cut()).isTrue();
        });
        assertThat(ci.failedJobs(999, 5, 1000)).isEmpty();
    }

    @Test
    void aLogThatIsGoneIsEmpty() {
        long run = world.repo.runsCi("ci.yml", BRANCH, new SandboxJob("build", "failure", List.of(), null));
        assertThat(ci.failedJobs(run, 5, 1000))
                .singleElement()
                .satisfies(log -> assertThat(log.text()).isEqualTo(Untrusted.EMPTY));
    }

    /** The proof that the fetch went without our token: with it the other host answers nothing. */
    @Test
    void theHostOfLogsRefusesWhoeverBringsCredentials() throws Exception {
        long run = fails();
        String jobs = world.asActions()
                .get(World.REPO + "/actions/runs/" + run + "/jobs")
                .json()
                .at("/jobs/1/id")
                .asText();
        String location = world.asActions()
                .get(World.REPO + "/actions/jobs/" + jobs + "/logs")
                .raw()
                .headers()
                .firstValue("location")
                .orElseThrow();
        assertThat(URI.create(location).getAuthority())
                .isNotEqualTo(URI.create(world.github.apiUrl()).getAuthority());
        assertThat(fetch(location, "Bearer " + world.github.actionsToken())).isEqualTo(401);
        assertThat(fetch(location, "")).isEqualTo(200);
        assertThat(fetch(location.replaceFirst("sig=.", "sig=x"), "")).isEqualTo(403);
        world.pass(Duration.ofSeconds(61));
        assertThat(fetch(location, "")).isEqualTo(403);
    }

    private static int fetch(String address, String authorization) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(address));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void aTokenWithoutActionsIsToldSo() {
        long run = fails();
        world.repo.settings(s -> s.tokenScope(Scope.ACTIONS, Access.NONE));
        assertThatThrownBy(() -> ci.failedJobs(run, 5, 1000))
                .isInstanceOf(ForgeFailure.class)
                .hasMessageContaining("actions: read");
    }

    @Test
    void failedJobsAreRunAgainOnce() {
        CiRun run = ci.run(fails()).orElseThrow();
        assertThat(run.attempt()).isEqualTo(1);
        assertThat(run.head()).isEqualTo(head);
        assertThat(run.result()).isEqualTo(Check.Result.FAILURE);
        assertThat(ci.ensureRerun(run)).isTrue();
        assertThat(ci.ensureRerun(run)).isTrue();
        CiRun again = ci.run(run.id()).orElseThrow();
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.result()).isEqualTo(Check.Result.PENDING);
        assertThat(ci.ensureRerun(again)).isFalse();
        assertThat(ci.failedJobs(run.id(), 5, 1000)).isEmpty();
        assertThat(ci.run(1)).isEmpty();
    }

    @Test
    void aWorkflowIsStartedOnceForACommit() {
        assertThat(ci.newest("ci.yml", head)).isEmpty();
        assertThat(ci.ensureStarted("ci.yml", BRANCH, head)).isEqualTo(new Ci.Started.Begun());
        CiRun run = ci.newest("ci.yml", head).orElseThrow();
        assertThat(run.event()).isEqualTo("workflow_dispatch");
        assertThat(ci.ensureStarted("ci.yml", BRANCH, head)).isEqualTo(new Ci.Started.There(run));
        assertThat(world.repo.runs("ci.yml")).hasSize(1);
        assertThat(world.events()).as("Pawl's workflow isn't what was started").isEmpty();
    }

    @Test
    void aWorkflowThatCannotBeStartedIsAValue() {
        Sha main = new Sha(world.repo.ref("refs/heads/main").orElseThrow());
        assertThat(ci.ensureStarted("ci.yml", "main", main))
                .isEqualTo(new Ci.Started.Refused("Workflow does not have 'workflow_dispatch' trigger"));
        assertThat(ci.ensureStarted("none.yml", "main", main)).isEqualTo(new Ci.Started.Refused("Not Found"));
        assertThat(ci.newest("none.yml", main)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @EnumSource
    void everyWriteOfUnknownOutcomeHappensOnce(NthWrite.Fault fault) {
        long run = fails();
        var snapshot = world.github.snapshot();
        everything(run);
        String expected = world.github.describe();
        assertThat(expected).contains("by workflow_dispatch, attempt 1", "by push, attempt 2");
        for (int n = 0; n < 2; n++) {
            world.github.restore(snapshot);
            world.github.faults(new NthWrite(n, fault));
            everything(run);
            world.github.faults(Faults.NONE);
            assertThat(world.github.describe()).as("write " + n).isEqualTo(expected);
        }
    }

    private void everything(long run) {
        Ci fresh = bench.forge().ci();
        assertThat(fresh.ensureRerun(fresh.run(run).orElseThrow())).isTrue();
        fresh.ensureStarted("ci.yml", BRANCH, head);
    }
}
