package dev.pawl.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.pawl.sandbox.Person;
import dev.pawl.sandbox.SandboxGitHub;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.SandboxRepository;
import dev.pawl.sandbox.world.Role;
import dev.pawl.sandbox.world.WebhookEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private static final List<String> NO_ARGUMENTS = List.of("/usr/local/bin/pawl");
    private static final Set<String> HEARD = Set.of("issues", "issue_comment", "repository_dispatch", "pull_request");
    private static final String POLICY = """
            agents:
              scripted: {kind: command, run: [sh, ./tools/agent.sh]}
            roles: {default: scripted}
            validation:
              commands:
                - {name: test, run: [sh, ./test.sh]}
            """;

    @TempDir
    Path folder = Path.of("");

    private DockerSocket socket;
    private SandboxGitHub github;
    private SandboxRepository repository;
    private Person maintainer;
    private Person author;
    private int steps;

    @BeforeEach
    void world() throws IOException {
        socket = new DockerSocket(folder.resolve("docker.sock"));
        github = SandboxGitHub.start(folder.resolve("github"), InstantSource.system());
        try (var agent = ContainerTest.class.getResourceAsStream("/container/agent.sh")) {
            repository = github.createRepository(
                    "octo/shop",
                    Map.of(
                            "sum.txt", "2 + 2 = 5\n",
                            "Grüße.txt", "Schöne Grüße\n",
                            "test.sh", "grep -q '2 + 2 = 4' sum.txt || { echo 'wrong sum'; exit 1; }\n",
                            "tools/agent.sh", new String(agent.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8),
                            ".github/pawl.yml", POLICY));
        }
        maintainer = github.person("maintainer", Role.MAINTAIN);
        author = github.person("author", Role.READ);
    }

    @AfterEach
    void nobodyAskedDocker() throws IOException {
        assertThat(socket.connections()).as("connections to the Docker engine").isZero();
        socket.close();
        github.close();
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
        SandboxIssue issue = bug("The file sum.txt says that 2 + 2 is 5, and it should say 4.");

        List<Step> walk = rings();

        assertThat(walk).allSatisfy(step -> {
            assertThat(step.exit()).as(step.log()).isZero();
            assertThat(step.before()).as("the workspace").isEqualTo(step.files().workspace());
            assertThat(step.files().leftAtHome()).as("left at home").isEmpty();
        });
        assertThat(walk.stream()
                        .map(Step::files)
                        .map(RunnerStep::outputs)
                        .filter(outputs -> !outputs.getOrDefault("stage", "").isEmpty())
                        .map(outputs -> outputs.get("stage") + " " + outputs.get("outcome")))
                .containsExactly(
                        "triage advanced",
                        "plan advanced",
                        "implement advanced",
                        "validate failed",
                        "implement advanced",
                        "validate advanced",
                        "review advanced",
                        "open_pr advanced");
        Step last = walk.stream()
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
        assertThat(repository.pullRequests()).singleElement().satisfies(pull -> {
            assertThat(pull.issue().title()).isEqualTo("Correct the sum");
            assertThat(pull.changes()).extracting("path").containsExactlyInAnyOrder("sum.txt", "日本 Grüße.txt");
        });
        assertThat(repository.file("pawl/1-the-sum-is-wrong", "sum.txt")).contains("2 + 2 = 4\n");
        assertThat(repository.file("pawl/1-the-sum-is-wrong", "日本 Grüße.txt")).contains("Schöne Grüße\n");
    }

    /** The story walks past it: git's own commands refuse a workspace that belongs to somebody else. */
    @Test
    void theWorkspaceBelongsToTheRunnerAndNotToAgents() {
        try (var container = new Container()) {
            RunnerStep step = step(event());

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
        bug("Please plan it as slowly as you can.");
        assertThat(advance(event()).files().outputs()).containsEntry("outcome", "advanced");
        RunnerStep step = step(event());
        Path started = step.pipe("started");
        try (var container = new Container()) {
            Path log = folder.resolve("signalled.log");
            Process process = container.start(step, NO_ARGUMENTS, log);
            assertThat(Files.readString(started)).isEqualTo("started\n");
            String world = github.describe();
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
            assertThat(github.describe()).isEqualTo(world);
        }
    }

    @Test
    void aServerWithAnUnknownCertificateIsRefusedForThatReason() throws Exception {
        bug("The file sum.txt says that 2 + 2 is 5, and it should say 4.");
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(Certificates.selfSigned(folder)));
        server.start();
        String address = "https://127.0.0.1:" + server.getAddress().getPort();
        try (var container = new Container()) {
            RunnerStep step = step(event()).with("GITHUB_API_URL", address);

            Container.Ended pawl = container.run(step, NO_ARGUMENTS);
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

    /** The author's issue, with the maintainer's start label on it. */
    private SandboxIssue bug(String body) {
        SandboxIssue issue = author.opensIssue(repository, "The sum is wrong", body);
        maintainer.labels(issue, "bug");
        github.takeEvents();
        maintainer.labels(issue, "pawl");
        return issue;
    }

    /** Starts a container for each event, until it is quiet. */
    private List<Step> rings() {
        var walk = new ArrayList<Step>();
        for (Optional<WebhookEvent> event = next(); event.isPresent(); event = next()) {
            walk.add(advance(event.get()));
            assertThat(walk.size()).isLessThan(20);
        }
        return walk;
    }

    private final List<WebhookEvent> waiting = new ArrayList<>();

    private Optional<WebhookEvent> next() {
        github.takeEvents().stream().filter(e -> HEARD.contains(e.name())).forEach(waiting::add);
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.removeFirst());
    }

    private WebhookEvent event() {
        return next().orElseGet(() -> {
            bug("Any.");
            return next().orElseThrow();
        });
    }

    private RunnerStep step(WebhookEvent event) {
        long run = repository.startsRun("pawl.yml", event.name());
        return new RunnerStep(folder.resolve("step-" + ++steps), folder.resolve("docker.sock"))
                .on(event, run, github, repository);
    }

    private Step advance(WebhookEvent event) {
        RunnerStep files = step(event);
        List<String> before = files.workspace();
        try (var container = new Container()) {
            Container.Ended ended = container.run(files, NO_ARGUMENTS);
            repository.endsRun(Long.parseLong(files.environment().get("GITHUB_RUN_ID")), "success");
            return new Step(files, before, ended.exit(), ended.log());
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

    /**
     * One event's container.
     *
     * @param files what the runner gave
     * @param before the workspace before
     * @param exit the exit code
     * @param log what it printed
     */
    private record Step(RunnerStep files, List<String> before, int exit, String log) {}
}
