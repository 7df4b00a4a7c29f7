package dev.pawl.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.sandbox.Person;
import dev.pawl.sandbox.SandboxGitHub;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.SandboxRepository;
import dev.pawl.sandbox.world.Role;
import dev.pawl.sandbox.world.WebhookEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A repository with an agent in it, and a runner that starts a container of the image for each of its events. */
final class RunnersWorld implements AutoCloseable {
    static final List<String> NO_ARGUMENTS = List.of("/usr/local/bin/pawl");
    private static final Set<String> HEARD = Set.of("issues", "issue_comment", "repository_dispatch", "pull_request");
    private static final String POLICY = """
            agents:
              scripted: {kind: command, run: [sh, ./tools/agent.sh]}
            roles: {default: scripted}
            validation:
              commands:
                - {name: test, run: [sh, ./test.sh]}
            """;

    final SandboxGitHub github;
    final SandboxRepository repository;
    private final Path folder;
    private final DockerSocket socket;
    private final Person maintainer;
    private final Person author;
    private final List<WebhookEvent> waiting = new ArrayList<>();
    private UnaryOperator<RunnerStep> runner = UnaryOperator.identity();
    private int steps;

    /** With that script as the repository's agent. */
    RunnersWorld(Path folder, String agent) throws IOException {
        this.folder = folder;
        socket = new DockerSocket(socketFile());
        github = SandboxGitHub.start(folder.resolve("github"), InstantSource.system());
        repository = github.createRepository(
                "octo/shop",
                Map.of(
                        "sum.txt", "2 + 2 = 5\n",
                        "Grüße.txt", "Schöne Grüße\n",
                        "test.sh", "grep -q '2 + 2 = 4' sum.txt || { echo 'wrong sum'; exit 1; }\n",
                        "tools/agent.sh", agent,
                        ".github/pawl.yml", POLICY));
        maintainer = github.person("maintainer", Role.MAINTAIN);
        author = github.person("author", Role.READ);
    }

    /** The socket of the Docker engine, as it is mounted into every container. */
    Path socketFile() {
        return folder.resolve("docker.sock");
    }

    /** From here on each step is changed so before it starts. */
    void steps(UnaryOperator<RunnerStep> change) {
        runner = change;
    }

    /** The author's issue, with the maintainer's start label on it. */
    SandboxIssue bug(String body) {
        SandboxIssue issue = author.opensIssue(repository, "The sum is wrong", body);
        maintainer.labels(issue, "bug");
        github.takeEvents();
        maintainer.labels(issue, "pawl");
        return issue;
    }

    /** Starts a container for each event, until it is quiet. */
    List<Step> rings() {
        var walk = new ArrayList<Step>();
        for (Optional<WebhookEvent> event = next(); event.isPresent(); event = next()) {
            walk.add(advance(event.get()));
            assertThat(walk.size()).isLessThan(20);
        }
        return walk;
    }

    private Optional<WebhookEvent> next() {
        github.takeEvents().stream().filter(e -> HEARD.contains(e.name())).forEach(waiting::add);
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.removeFirst());
    }

    WebhookEvent event() {
        return next().orElseGet(() -> {
            bug("Any.");
            return next().orElseThrow();
        });
    }

    RunnerStep step(WebhookEvent event) {
        long run = repository.startsRun("pawl.yml", event.name());
        return runner.apply(
                new RunnerStep(folder.resolve("step-" + ++steps), socketFile()).on(event, run, github, repository));
    }

    Step advance(WebhookEvent event) {
        RunnerStep files = step(event);
        List<String> before = files.workspace();
        try (var container = new Container()) {
            Container.Ended ended = container.run(files, NO_ARGUMENTS);
            repository.endsRun(Long.parseLong(files.environment().get("GITHUB_RUN_ID")), "success");
            return new Step(files, before, ended.exit(), ended.log());
        }
    }

    /** What moved, as {@code stage outcome}. */
    static List<String> moves(List<Step> walk) {
        return walk.stream()
                .map(Step::files)
                .map(RunnerStep::outputs)
                .filter(outputs -> !outputs.getOrDefault("stage", "").isEmpty())
                .map(outputs -> outputs.get("stage") + " " + outputs.get("outcome"))
                .toList();
    }

    /** Ends it; nobody may have asked the Docker engine. */
    @Override
    public void close() throws IOException {
        assertThat(socket.connections()).as("connections to the Docker engine").isZero();
        socket.close();
        github.close();
    }

    /**
     * One event's container.
     *
     * @param files what the runner gave
     * @param before the workspace before
     * @param exit the exit code
     * @param log what it printed
     */
    record Step(RunnerStep files, List<String> before, int exit, String log) {}
}
