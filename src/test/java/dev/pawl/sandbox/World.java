package dev.pawl.sandbox;

import dev.pawl.openapi.OpenApiCheck;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.world.Role;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** A small world for tests: one repository, its owner, a maintainer, a stranger; every exchange is checked at the end. */
public final class World implements AutoCloseable {
    /** Where the tests' time begins. */
    public static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    /** The repository's path in the API. */
    public static final String REPO = "/repos/octo/lab";

    public final SandboxGitHub github;
    public final SandboxRepository repo;
    public final Person octo;
    public final Person alice;
    public final Person stranger;
    public final OpenApiCheck check = new OpenApiCheck();
    private Clock clock = Clock.fixed(START, ZoneOffset.UTC);

    public World(Path folder) {
        InstantSource now = () -> clock.instant();
        github = SandboxGitHub.start(folder, now);
        repo = github.createRepository(
                "octo/lab",
                Map.of(
                        "README.md", "# Lab\n",
                        "src/a.txt", "one\ntwo\nthree\n",
                        ".github/workflows/pawl.yml", "on: [issues, workflow_dispatch]\n",
                        ".github/workflows/ci.yml", "on: push\n"));
        octo = github.person("octo", Role.ADMIN);
        alice = github.person("alice", Role.WRITE);
        stranger = github.person("mallory", Role.NONE);
        github.observe(check::collect);
    }

    /** Lets time pass. */
    public void pass(Duration time) {
        clock = Clock.offset(clock, time);
    }

    /** What its clock shows, now and later. */
    public InstantSource clock() {
        return () -> clock.instant();
    }

    /** A client with this person's token. */
    public Client as(Person person) {
        return new Client(github, person.token());
    }

    /** A client with the workflow token. */
    public Client asActions() {
        return new Client(github, github.actionsToken());
    }

    /** The names and actions of the events that wait: {@code issues.opened}. */
    public List<String> events() {
        return github.takeEvents().stream()
                .map(e -> {
                    var json = Json.read(e.payload()).orElseThrow();
                    String action = json.path("action").asText();
                    return action.isEmpty() ? e.name() : e.name() + "." + action;
                })
                .toList();
    }

    @Override
    public void close() {
        github.close();
        if (!check.collected().isEmpty()) {
            throw new AssertionError("not as GitHub says it:\n" + String.join("\n", check.collected()));
        }
    }
}
