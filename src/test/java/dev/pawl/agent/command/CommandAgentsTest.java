package dev.pawl.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.pawl.Security;
import dev.pawl.agent.Requests;
import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.agent.process.Scripts;
import dev.pawl.agent.prompt.Prompts;
import dev.pawl.agent.result.ResultSchemas;
import dev.pawl.agent.result.StrictJson;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.PathRules;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Security
class CommandAgentsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String OK = "{\"version\":1,\"status\":\"ok\",\"summary\":\"done\"}";

    @TempDir
    Path folder = Path.of("");

    private final ProcessRunner runner =
            new ProcessRunner(InstantSource.system(), () -> UUID.randomUUID().toString());

    static Set<StageKind> stages() {
        return ResultSchemas.stages();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        runner.close();
        try (var left = Files.list(scratch())) {
            assertThat(left).as("private folders").isEmpty();
        } catch (NoSuchFileException e) {
            assertThat(scratch()).doesNotExist();
        }
    }

    @Test
    void aResultIsReadFromItsFile() {
        var outcome = run(StageKind.IMPLEMENT, "cat > \"$PAWL_RESULT\" <<'X'\n" + OK + "\nX\n");

        assertThat(finished(outcome).status()).isEqualTo(AgentResult.Status.OK);
        assertThat(finished(outcome).summary().raw()).isEqualTo("done");
    }

    @Test
    void theExitCodeLiesInBothDirections() {
        assertThat(run(StageKind.IMPLEMENT, "echo '" + OK + "' > \"$PAWL_RESULT\"; exit 1"))
                .isInstanceOf(AgentOutcome.Finished.class);
        assertThat(run(
                        StageKind.IMPLEMENT,
                        "echo '{\"version\":1,\"status\":\"failed\",\"summary\":\"no\"}' > \"$PAWL_RESULT\"; exit 0"))
                .isEqualTo(failed(FailureKind.AGENT_RESULT, "The agent says that it can't be done."));
    }

    @Test
    void withoutAResultTheExitCodeTellsACrashFromAnOmission() {
        assertThat(run(StageKind.PLAN, "exit 0"))
                .isEqualTo(failed(
                        FailureKind.AGENT_RESULT,
                        "The agent ended without a result.",
                        "/: expected a result file at the path in PAWL_RESULT"));
        assertThat(run(StageKind.PLAN, "exit 3"))
                .isEqualTo(failed(FailureKind.AGENT_CRASH, "The agent broke off without a result (exit code 3)."));
        assertThat(run(StageKind.PLAN, "kill -9 $$"))
                .isEqualTo(failed(FailureKind.AGENT_CRASH, "The agent broke off without a result (signal 9)."));
    }

    @Test
    void whoIsStoppedHasNotFinishedButHasUsedSomething() {
        String result = OK.replace("\"done\"", "\"done\",\"usage\":{\"cost_usd\":0.5}");
        Scripts.script(tree().resolve("agent"), "echo '" + result + "' > \"$PAWL_RESULT\"; sleep 1000");
        var request = Requests.least(StageKind.IMPLEMENT, Requests.agent(List.of("./agent")), Duration.ofSeconds(1));

        assertThat(agents(Map.of()).run(request, tree()))
                .isEqualTo(new AgentOutcome.Failed(
                        FailureKind.AGENT_TIMEOUT,
                        "The agent was stopped at its time limit of 1 seconds.",
                        List.of(),
                        Optional.empty(),
                        new Usage(Optional.empty(), 0, 0, Usd.ofMicros(500_000), 0)));
    }

    @Test
    void whoNeedsInputAsks() {
        var outcome = run(
                StageKind.PLAN,
                "echo '{\"version\":1,\"status\":\"needs_input\",\"summary\":\"\",\"questions\":[{\"text\":\"q?\",\"about\":\"x\"}]}' > \"$PAWL_RESULT\"");

        assertThat(finished(outcome).status()).isEqualTo(AgentResult.Status.NEEDS_INPUT);
        assertThat(finished(outcome).questions()).singleElement().satisfies(q -> {
            assertThat(q.text().raw()).isEqualTo("q?");
            assertThat(q.about().orElseThrow().raw()).isEqualTo("x");
        });
    }

    @Test
    void aProvidersLimitComesBackWithItsTime() {
        var outcome = run(
                StageKind.PLAN,
                "echo '{\"version\":1,\"status\":\"failed\",\"summary\":\"\",\"error\":{\"kind\":\"provider-limit\",\"message\":\"429 @all\",\"retry_at\":\"2026-01-31T12:00:00Z\"}}' > \"$PAWL_RESULT\"");

        assertThat(outcome)
                .isEqualTo(new AgentOutcome.Failed(
                        FailureKind.PROVIDER_LIMIT,
                        "The agent says that it failed (provider-limit).",
                        List.of(),
                        Optional.of(Instant.parse("2026-01-31T12:00:00Z")),
                        Usage.NONE));
    }

    @Test
    void aResultThatIsNoPlainFileIsRefusedAndNotWaitedFor() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), OK);

        assertThat(details(run(StageKind.IMPLEMENT, "ln -s " + secret + " \"$PAWL_RESULT\"")))
                .containsExactly("/: expected a regular file");
        assertThat(details(run(StageKind.IMPLEMENT, "mkfifo \"$PAWL_RESULT\"")))
                .containsExactly("/: expected a regular file");
        assertThat(details(run(StageKind.IMPLEMENT, "mkdir \"$PAWL_RESULT\"")))
                .containsExactly("/: expected a regular file");
        assertThat(details(run(StageKind.IMPLEMENT, "ln -s /dev/zero \"$PAWL_RESULT\"")))
                .containsExactly("/: expected a regular file");
    }

    @Test
    void aHugeResultIsNotRead() {
        assertThat(details(run(StageKind.IMPLEMENT, "truncate -s 3G \"$PAWL_RESULT\"")))
                .containsExactly("/: expected at most 1048576 bytes");
        assertThat(details(run(StageKind.IMPLEMENT, "head -c 1048577 /dev/zero > \"$PAWL_RESULT\"")))
                .containsExactly("/: expected at most 1048576 bytes");
    }

    @Test
    void aMalformedResultIsExplainedInOurWords() {
        assertThat(details(run(StageKind.IMPLEMENT, "printf '\\377\\376' > \"$PAWL_RESULT\"")))
                .containsExactly("/: expected UTF-8");
        assertThat(details(
                        run(StageKind.IMPLEMENT, "printf '{\"version\":1,\"status\":\"o' > \"$PAWL_RESULT\"; exit 1")))
                .singleElement()
                .asString()
                .startsWith("/: expected one JSON object without repeated keys; see line 1, column ");
        assertThat(
                        details(
                                run(
                                        StageKind.IMPLEMENT,
                                        "echo '{\"version\":1,\"status\":\"ok\",\"summary\":\"\",\"approve\":true}' > \"$PAWL_RESULT\"")))
                .singleElement()
                .asString()
                .startsWith("/: unknown field approve, expected only commit, error, ");
    }

    @Test
    void aFolderThatWasPutInTheOldOnesPlaceIsNotLookedInto() {
        var outcome = run(
                StageKind.IMPLEMENT,
                "d=$(dirname \"$PAWL_RESULT\"); mv \"$d\" \"$d.old\"; mkdir \"$d\"; echo '" + OK
                        + "' > \"$PAWL_RESULT\"; rm -r \"$d.old\"");

        assertThat(((AgentOutcome.Failed) outcome).kind()).isEqualTo(FailureKind.AGENT_RESULT);
    }

    @Test
    void onlyTheAllowListReachesTheAgent() throws IOException {
        var ours = new HashMap<String, String>();
        for (String canary : List.of(
                "INPUT_GITHUB-TOKEN",
                "INPUT_STATE-KEY",
                "GITHUB_TOKEN",
                "ACTIONS_RUNTIME_TOKEN",
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                "RUNNER_TEMP",
                "OTHER_KEY",
                "HOME",
                "TMPDIR",
                "LD_PRELOAD")) {
            ours.put(canary, "canary");
        }
        ours.put("PATH", "/usr/bin:/bin");
        ours.put("MODEL_KEY", "for the model");
        Scripts.script(tree().resolve("agent"), "env > env.txt; ls -a \"$HOME\" \"$TMPDIR\" > home.txt; exit 1");
        var agent = Requests.agent(List.of("./agent"), "MODEL_KEY", "ABSENT");
        agents(ours).run(Requests.least(StageKind.PLAN, agent, LONG), tree());

        String seen = Files.readString(tree().resolve("env.txt"));
        assertThat(seen).doesNotContain("canary").contains("MODEL_KEY=for the model\n");
        assertThat(seen.lines().map(l -> l.substring(0, l.indexOf('='))))
                .containsExactlyInAnyOrder(
                        "PATH", "HOME", "TMPDIR", "MODEL_KEY", "PAWL_REQUEST", "PAWL_RESULT", "PAWL_MARK", "PWD");
        assertThat(Files.readString(tree().resolve("home.txt")).lines().filter(l -> !l.isBlank() && !l.startsWith("/")))
                .containsOnly(".", "..");
    }

    @Test
    void aPolicyThatAsksForTheRunnersNamesIsRefused() {
        Scripts.script(tree().resolve("agent"), "touch started");
        var agent = Requests.agent(List.of("./agent"), "MODEL_KEY", "GITHUB_TOKEN");

        assertThat(agents(Map.of("GITHUB_TOKEN", "canary")).run(Requests.least(StageKind.PLAN, agent, LONG), tree()))
                .isEqualTo(failed(
                        FailureKind.POLICY,
                        "The policy lists environment variables for agent mine that no agent may have.",
                        "GITHUB_TOKEN"));
        assertThat(tree().resolve("started")).doesNotExist();
    }

    @Test
    void aMissingProgramIsAMissingSetting() {
        var request = Requests.least(StageKind.PLAN, Requests.agent(List.of("./tools/agent")), LONG);
        var other = Requests.least(StageKind.PLAN, Requests.agent(List.of("no-such-agent")), LONG);

        assertThat(agents(Map.of()).run(request, tree()))
                .isEqualTo(failed(
                        FailureKind.ACCESS, "The program of agent mine is missing or can't be run.", "./tools/agent"));
        assertThat(agents(Map.of()).run(other, tree()))
                .isEqualTo(failed(
                        FailureKind.ACCESS, "The program of agent mine is missing or can't be run.", "no-such-agent"));
    }

    @Test
    void aRelativeProgramIsTheBasesFile() {
        Scripts.script(tree().resolve("tools/agent"), "echo tree > ran; exit 1");
        Path base = Scripts.script(folder.resolve("base/agent"), "echo base \"$1\" > ran; exit 1");
        BaseFiles files = (workTree, sha, path) -> Optional.of(base);
        var host = new CommandAgents.Host(Map.of("PATH", "/usr/bin:/bin"), scratch(), files, Duration.ofSeconds(1));
        var request = Requests.least(StageKind.PLAN, Requests.agent(List.of("./tools/agent", "an argument")), LONG);
        new CommandAgents(runner, prompts(), host).run(request, tree());

        assertThat(tree().resolve("ran")).hasContent("base an argument");
    }

    @Test
    void aProgramOutsideOfTheTreeIsNotOfTheTree() throws IOException {
        Scripts.script(folder.resolve("outside"), "exit 0");
        Files.createSymbolicLink(tree().resolve("inside"), folder.resolve("outside"));

        for (String program : List.of("../outside", "./inside")) {
            var request = Requests.least(StageKind.PLAN, Requests.agent(List.of(program)), LONG);
            assertThat(((AgentOutcome.Failed) agents(Map.of()).run(request, tree())).kind())
                    .as(program)
                    .isEqualTo(FailureKind.ACCESS);
        }
    }

    @ParameterizedTest
    @MethodSource("stages")
    void theRequestIsAsPublished(StageKind stage) throws IOException {
        Scripts.script(tree().resolve("tools/agent"), "cp \"$PAWL_REQUEST\" request.json; exit 1");
        agents(Map.of()).run(Requests.full(stage), tree());
        var request = StrictJson.mapper().readTree(Files.readString(tree().resolve("request.json")));
        var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("docs/schemas/agent-request-v1.schema.json")));

        assertThat(schema.validate(request)).isEmpty();
        assertThat(request.get("result_schema")).isEqualTo(ResultSchemas.of(stage));
        assertThat(request.get("prompt").asText()).isEqualTo(prompts().of(Requests.full(stage)));
    }

    @Test
    void whatIsAbsentIsLeftOut() throws IOException {
        Scripts.script(tree().resolve("agent"), "cp \"$PAWL_REQUEST\" request.json; exit 1");
        var request = Requests.least(StageKind.TRIAGE, Requests.agent(List.of("./agent")), LONG);
        agents(Map.of()).run(request, tree());
        var json = (ObjectNode) StrictJson.mapper().readTree(Files.readString(tree().resolve("request.json")));
        json.remove(List.of("prompt", "result_schema"));

        assertThat(json.toString())
                .isEqualTo("{\"version\":1,\"stage\":\"triage\",\"issue\":{\"number\":42,\"title\":\"Login times out\","
                        + "\"body\":\"\",\"labels\":[],\"comments\":[]},\"feedback\":[],"
                        + "\"base\":{\"branch\":\"main\",\"sha\":\"0123456789abcdef0123456789abcdef01234567\"},"
                        + "\"limits\":{\"seconds\":30,\"cost_usd\":0.42}}");
    }

    @Test
    void anAgentOfAnotherKindIsADefectOfOurs() {
        var codex = new AgentSpec("c", AgentSpec.Kind.CODEX, Optional.empty(), List.of(), List.of());

        assertThatThrownBy(() -> agents(Map.of()).run(Requests.least(StageKind.PLAN, codex, LONG), tree()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private AgentOutcome run(StageKind stage, String script) {
        Scripts.script(tree().resolve("agent"), script);
        AgentRequest request = Requests.least(stage, Requests.agent(List.of("./agent")), LONG);
        return agents(Map.of()).run(request, tree());
    }

    private CommandAgents agents(Map<String, String> environment) {
        var ours = new HashMap<>(environment);
        ours.putIfAbsent("PATH", "/usr/bin:/bin");
        return new CommandAgents(runner, prompts(), CommandAgents.Host.of(ours, scratch()));
    }

    private static Prompts prompts() {
        return new Prompts(PathRules.DEFAULT, () -> "5f0c9a");
    }

    private Path tree() {
        try {
            return Files.createDirectories(folder.resolve("tree"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path scratch() {
        return folder.resolve("scratch");
    }

    private static AgentResult finished(AgentOutcome outcome) {
        assertThat(outcome).isInstanceOf(AgentOutcome.Finished.class);
        return ((AgentOutcome.Finished) outcome).result();
    }

    private static List<String> details(AgentOutcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(AgentOutcome.Failed.class, f -> {
            assertThat(f.kind()).isEqualTo(FailureKind.AGENT_RESULT);
            assertThat(f.reason()).isEqualTo("The agent's result isn't what was asked for.");
        });
        return ((AgentOutcome.Failed) outcome).details();
    }

    private static AgentOutcome failed(FailureKind kind, String reason, String... details) {
        return new AgentOutcome.Failed(kind, reason, List.of(details), Optional.empty(), Usage.NONE);
    }
}
