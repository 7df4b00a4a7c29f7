package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.app.Surroundings;
import dev.pawl.forge.github.http.Timeouts;
import dev.pawl.openapi.OpenApiCheck;
import dev.pawl.program.Program;
import dev.pawl.sandbox.Person;
import dev.pawl.sandbox.SandboxGitHub;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.SandboxRepository;
import dev.pawl.sandbox.world.Role;
import dev.pawl.sandbox.world.WebhookEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A repository, its people, and the engine started for each event the way the runner does it, in this process or as the
 * binary under test. The agent is a real process: a script that answers each stage with the file that the story put there.
 */
final class Story implements AutoCloseable {
    static final String POLICY = """
            agents:
              scripted: {kind: command, run: [sh, AGENT]}
            roles: {default: scripted}
            validation:
              commands:
                - {name: test, run: [sh, ./test.sh]}
            """;

    /** Events that the documented workflow doesn't listen to. */
    private static final Set<String> UNHEARD = Set.of("label", "create", "delete");

    final SandboxGitHub github;
    final SandboxRepository repo;
    final Person maintainer;
    final Person author;
    final Person stranger;
    final ScriptedAgent agent;
    final Map<String, String> inputs = new HashMap<>();
    final Map<String, String> variables = new HashMap<>();
    final Hours hours = new Hours();
    private Program program;
    private final OpenApiCheck openApi = new OpenApiCheck();
    private final Path folder;
    private int copies = 1;
    private final AtomicInteger invocations = new AtomicInteger();

    Story(Path folder) {
        this(folder, POLICY);
    }

    Story(Path folder, String policy) {
        this(folder, policy, Timeouts.DEFAULT);
    }

    /** With less patience for GitHub's answers. */
    Story(Path folder, String policy, Timeouts timeouts) {
        this(folder, policy, timeouts, Optional.empty());
    }

    /** In a world with a clock of its own. */
    Story(Path folder, String policy, InstantSource clock) {
        this(folder, policy, Timeouts.DEFAULT, Optional.of(clock));
    }

    private Story(Path folder, String policy, Timeouts timeouts, Optional<InstantSource> clock) {
        this.folder = folder;
        program = Program.underTest(hours.surroundings(timeouts));
        agent = new ScriptedAgent(folder.resolve("agent"));
        github = SandboxGitHub.start(folder.resolve("github"), clock.orElse(hours));
        repo = github.createRepository(
                "octo/shop",
                Map.of(
                        "sum.txt",
                        "2 + 2 = 5\n",
                        "test.sh",
                        agent.ally() + "grep -q '2 + 2 = 4' sum.txt || { echo 'wrong sum'; exit 1; }\n",
                        ".github/pawl.yml",
                        policy.replace("AGENT", agent.program().toString())));
        maintainer = github.person("maintainer", Role.MAINTAIN);
        author = github.person("author", Role.READ);
        stranger = github.person("stranger", Role.NONE);
    }

    /** From here on every exchange is held against GitHub's own API description. */
    Story checked() {
        github.observe(openApi::collect);
        return this;
    }

    /** From here on every event is delivered so often. */
    Story deliveringEach(int times) {
        copies = times;
        return this;
    }

    /** Time passes, by GitHub's clock. */
    Story passes(Duration time) {
        hours.pass(time);
        return this;
    }

    /** From here on invocations run in those surroundings, as far as they run in this process. */
    Story in(Surroundings surroundings) {
        program = Program.underTest(surroundings);
        return this;
    }

    /** From here on the engine is started by that. */
    Story startedBy(Program other) {
        program = other;
        return this;
    }

    /** The author's issue, with the maintainer's start label on it. */
    SandboxIssue issue(String title, String body, String... labels) {
        SandboxIssue issue = author.opensIssue(repo, title, body);
        for (String label : labels) {
            maintainer.labels(issue, label);
        }
        github.takeEvents();
        maintainer.labels(issue, "pawl");
        return issue;
    }

    SandboxIssue bug() {
        return issue("The sum is wrong", "The file sum.txt says that 2 + 2 is 5, and it should say 4.", "bug");
    }

    /** The event that moves an issue next; those beside it are lost. */
    WebhookEvent next() {
        return github.takeEvents().stream()
                .filter(e -> e.name().equals("issues") || e.name().equals("repository_dispatch"))
                .findFirst()
                .orElseThrow();
    }

    /** The events that wait, as far as the documented workflow listens to them; they wait no more. */
    List<WebhookEvent> heard() {
        return github.takeEvents().stream().filter(Story::isHeard).toList();
    }

    /** Of pushes, it hears of those to the base. */
    static boolean isHeard(WebhookEvent event) {
        return !UNHEARD.contains(event.name())
                && (!event.name().equals("push") || event.payload().contains("\"ref\":\"refs/heads/main\""));
    }

    /** The clock of the workflow strikes: the event. */
    WebhookEvent sweep() {
        repo.scheduleEvent("0 * * * *", "pawl.yml");
        return heard().getLast();
    }

    /** What became of one step of the walk: the next event, once that one is delivered. */
    WebhookEvent after(WebhookEvent event) {
        Ended ended = deliver(event);
        List<WebhookEvent> next = heard();
        assertThat(next).as("%s", ended).hasSize(1);
        return next.getFirst();
    }

    /** Delivers every event, and those that follow from them, until it is quiet. */
    List<Ended> rings() {
        var all = new ArrayList<Ended>();
        for (List<WebhookEvent> events = github.takeEvents(); !events.isEmpty(); events = github.takeEvents()) {
            for (WebhookEvent event : events) {
                if (!isHeard(event)) {
                    continue;
                }
                for (int copy = 0; copy < copies; copy++) {
                    all.add(deliver(event));
                }
            }
            assertThat(all.size()).as("invocations: %s", all).isLessThan(100);
        }
        return all;
    }

    /** How often it was started so far. */
    int invocations() {
        return invocations.get();
    }

    /** What moved, as {@code stage outcome}. */
    static List<String> moves(List<Ended> ended) {
        return ended.stream()
                .filter(e -> !e.output("stage").isEmpty())
                .map(e -> e.output("stage") + " " + e.output("outcome"))
                .toList();
    }

    /** The clock strikes, once. */
    Ended sweeps() {
        repo.scheduleEvent("0 * * * *", "pawl.yml");
        return deliver(github.takeEvents().getLast());
    }

    Ended deliver(WebhookEvent event) {
        long run = repo.startsRun("pawl.yml", event.name());
        try {
            return deliver(event, run, 1);
        } finally {
            repo.endsRun(run, "success");
        }
    }

    Ended deliver(WebhookEvent event, long run, int attempt) {
        try {
            Path place = Files.createDirectories(folder.resolve("run-" + invocations.incrementAndGet()));
            Path workspace = Files.createDirectories(place.resolve("workspace"));
            Files.writeString(place.resolve("event.json"), event.payload());
            var before = github.requests();
            Program.Ended ended = program.run(List.of(), environment(event, run, attempt, place, workspace), workspace);
            return new Ended(
                    event.name(),
                    ended.exit(),
                    outputs(place.resolve("output")),
                    ended.out() + ended.errors(),
                    github.requests().since(before).api(),
                    github.requests().since(before).writes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, String> environment(WebhookEvent event, long run, int attempt, Path place, Path workspace) {
        var env = new HashMap<String, String>();
        env.put("PATH", System.getenv("PATH"));
        env.put("LANG", "C.UTF-8");
        env.put("HOME", place.toString());
        env.put("GITHUB_ACTIONS", "true");
        env.put("GITHUB_EVENT_NAME", event.name());
        env.put("GITHUB_EVENT_PATH", place.resolve("event.json").toString());
        env.put("GITHUB_REPOSITORY", repo.fullName());
        env.put("GITHUB_REPOSITORY_ID", Long.toString(repo.id()));
        env.put("GITHUB_API_URL", github.apiUrl());
        env.put("GITHUB_SERVER_URL", github.serverUrl());
        env.put("GITHUB_WORKSPACE", workspace.toString());
        env.put("GITHUB_RUN_ID", Long.toString(run));
        env.put("GITHUB_RUN_ATTEMPT", Integer.toString(attempt));
        env.put("GITHUB_REF", "refs/heads/main");
        env.put("RUNNER_TEMP", place.resolve("temp").toString());
        env.put("GITHUB_OUTPUT", place.resolve("output").toString());
        env.put("GITHUB_STEP_SUMMARY", place.resolve("summary").toString());
        env.put("INPUT_GITHUB-TOKEN", github.actionsToken());
        inputs.forEach((name, value) -> env.put("INPUT_" + name, value));
        env.putAll(variables);
        return env;
    }

    static Map<String, String> outputs(Path file) throws IOException {
        var outputs = new LinkedHashMap<String, String>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                outputs.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return outputs;
    }

    /** The comments that our account wrote, newest last, without their hidden lines. */
    List<String> saidOn(SandboxIssue issue) {
        return issue.comments().stream()
                .filter(c -> c.author().equals("github-actions[bot]"))
                .map(c -> c.body()
                        .lines()
                        .filter(l -> !l.startsWith("<!--"))
                        .reduce("", (a, b) -> a + b + "\n")
                        .strip())
                .toList();
    }

    @Override
    public void close() {
        assertThat(openApi.collected())
                .as("violations of GitHub's own API description")
                .isEmpty();
        github.close();
    }

    /**
     * One invocation.
     *
     * @param event the event's name
     * @param exit the exit code
     * @param outputs its outputs
     * @param log what it printed
     * @param requests its API requests
     * @param writes its API and git writes
     */
    record Ended(String event, int exit, Map<String, String> outputs, String log, long requests, long writes) {
        String output(String name) {
            return outputs.getOrDefault(name, "");
        }

        @Override
        public String toString() {
            return event + " → " + exit + " " + outputs + " (" + requests + " requests)\n" + log;
        }
    }
}
