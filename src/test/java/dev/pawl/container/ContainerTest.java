package dev.pawl.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.pawl.sandbox.SandboxIssue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The image, started by the runner's rules: mounts, variables, owner of the workspace, no arguments, root, process 1. */
@Tag("container")
class ContainerTest {
    @TempDir
    Path folder = Path.of("");

    private RunnersWorld world;

    @BeforeEach
    void world() throws IOException {
        try (var agent = ContainerTest.class.getResourceAsStream("/container/agent.sh")) {
            world = new RunnersWorld(folder, new String(agent.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @AfterEach
    void nobodyAskedDocker() throws IOException {
        world.close();
    }

    @Test
    void theImageLeavesUserAndFolderToTheRunner() {
        assertThat(Container.config(".OCIv1.Config.Entrypoint")).isEqualTo("[/usr/local/bin/pawl]");
        assertThat(Container.config(".OCIv1.Config.Cmd")).isEqualTo("[]");
        assertThat(Container.config(".OCIv1.Config.User")).isEmpty();
        assertThat(Container.config(".OCIv1.Config.WorkingDir")).isEmpty();
        assertThat(Container.config(".OCIv1.Config.Env")).contains("LANG=C.UTF-8");
        assertThat(Container.config(".OCIv1.Config.Labels"))
                .contains("org.opencontainers.image.source:https://github.com/", "org.opencontainers.image.version:");
    }

    @Test
    @Timeout(180)
    void aBugBecomesAPullRequest() {
        SandboxIssue issue = world.bug("The file sum.txt says that 2 + 2 is 5, and it should say 4.");

        List<RunnersWorld.Step> walk = world.rings();

        assertThat(walk).allSatisfy(step -> {
            assertThat(step.exit()).as(step.log()).isZero();
            assertThat(step.before()).as("the workspace").isEqualTo(step.files().workspace());
            assertThat(step.files().leftAtHome()).as("left at home").isEmpty();
        });
        assertThat(RunnersWorld.moves(walk))
                .containsExactly(
                        "triage advanced",
                        "plan advanced",
                        "implement advanced",
                        "validate failed",
                        "implement advanced",
                        "validate advanced",
                        "review advanced",
                        "open_pr advanced");
        RunnersWorld.Step last = walk.stream()
                .filter(s -> "open_pr".equals(s.files().outputs().get("stage")))
                .findFirst()
                .orElseThrow();
        assertThat(last.files().outputs())
                .containsKeys(
                        "outcome", "issue", "stage", "next", "state", "branch", "pull-request", "reason", "cost-usd")
                .containsEntry("issue", "1")
                .containsEntry("pull-request", "2")
                .containsEntry("branch", "pawl/1-the-sum-is-wrong");
        assertThat(last.files().wrote("step_summary")).contains("open_pr");
        assertThat(List.of("save_state", "set_env", "add_path"))
                .allSatisfy(name -> assertThat(last.files().wrote(name)).isEmpty());

        assertThat(issue.labels()).contains("pawl:waiting-on-review");
        assertThat(world.repository.pullRequests()).singleElement().satisfies(pull -> {
            assertThat(pull.issue().title()).isEqualTo("Correct the sum");
            assertThat(pull.changes()).extracting("path").containsExactlyInAnyOrder("sum.txt", "日本 Grüße.txt");
        });
        assertThat(world.repository.file("pawl/1-the-sum-is-wrong", "sum.txt")).contains("2 + 2 = 4\n");
        assertThat(world.repository.file("pawl/1-the-sum-is-wrong", "日本 Grüße.txt"))
                .contains("Schöne Grüße\n");
    }

    /** The story walks past it: git's own commands refuse a workspace that belongs to somebody else. */
    @Test
    void theWorkspaceBelongsToTheRunnerAndNotToAgents() {
        try (var container = new Container()) {
            RunnerStep step = world.step(world.event());

            assertThat(container.run(step, List.of("git", "status")).log()).contains("dubious ownership");
            assertThat(container.run(step, asAgent("id")))
                    .isEqualTo(new Container.Ended(0, "uid=10001(agent) gid=10001(agent) groups=10001(agent)\n"));
            assertThat(container
                            .run(step, asAgent("touch", "/github/workspace/sum.txt"))
                            .log())
                    .contains("Permission denied");
            assertThat(container.run(step, asAgent("sh", "-c", "echo ok > /home/agent/mine && cat /home/agent/mine")))
                    .isEqualTo(new Container.Ended(0, "ok\n"));
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aSignalToProcess1EndsTheAgentToo() throws Exception {
        world.bug("Please plan it as slowly as you can.");
        assertThat(world.advance(world.event()).files().outputs()).containsEntry("outcome", "advanced");
        RunnerStep step = world.step(world.event());
        Path started = step.pipe("started");
        try (var container = new Container()) {
            Path log = folder.resolve("signalled.log");
            Process process = container.start(step, RunnersWorld.NO_ARGUMENTS, log);
            assertThat(Files.readString(started)).isEqualTo("started\n");
            String before = world.github.describe();
            ProcessHandle pawl = process.descendants()
                    .filter(ContainerTest::isProcess1)
                    .findFirst()
                    .orElseThrow();

            new ProcessBuilder("kill", "-TERM", Long.toString(pawl.pid()))
                    .start()
                    .waitFor();

            assertThat(Container.end(process)).isEqualTo(143);
            assertThat(Files.readString(log)).contains("event=program-ends running=1");
            assertThat(ProcessHandle.allProcesses())
                    .noneMatch(p -> commandLine(p).equals("sleep 7531"));
            assertThat(world.github.describe()).isEqualTo(before);
        }
    }

    @Test
    void aServerWithAnUnknownCertificateIsRefusedForThatReason() throws Exception {
        world.bug("The file sum.txt says that 2 + 2 is 5, and it should say 4.");
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(Certificates.selfSigned(folder)));
        server.start();
        String address = "https://127.0.0.1:" + server.getAddress().getPort();
        try (var container = new Container()) {
            RunnerStep step = world.step(world.event()).with("GITHUB_API_URL", address);

            Container.Ended pawl = container.run(step, RunnersWorld.NO_ARGUMENTS);
            Container.Ended git = container.run(step, List.of("git", "ls-remote", address + "/octo/shop.git"));

            assertThat(pawl.exit()).as(pawl.log()).isEqualTo(75);
            assertThat(step.outputs()).containsEntry("outcome", "retry-later");
            assertThat(pawl.log()).contains("certificate");
            assertThat(git.log())
                    .contains("certificate signer not trusted", "CAfile: /etc/ssl/certs/ca-certificates.crt");
        } finally {
            server.stop(0);
        }
    }

    private static List<String> asAgent(String... words) {
        var dropping = List.of("setpriv", "--reuid", "agent", "--regid", "agent", "--clear-groups", "--no-new-privs");
        return Stream.concat(dropping.stream(), Stream.of(words)).toList();
    }

    private static boolean isProcess1(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/status"))
                    .contains("\t1\nNSpgid:");
        } catch (IOException gone) {
            return false;
        }
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException gone) {
            return "";
        }
    }
}
