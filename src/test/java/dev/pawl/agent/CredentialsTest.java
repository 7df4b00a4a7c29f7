package dev.pawl.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.agent.cli.CliAgents;
import dev.pawl.agent.command.CommandAgents;
import dev.pawl.agent.model.ModelAgents;
import dev.pawl.agent.model.ScriptedProvider;
import dev.pawl.agent.price.Prices;
import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.agent.process.Scripts;
import dev.pawl.agent.prompt.Prompts;
import dev.pawl.agent.result.ResultSchemas;
import dev.pawl.domain.policy.AgentOptions;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.ModelProvider;
import dev.pawl.domain.policy.PathRules;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.AgentRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No credential is ever told to a model: neither what stands in our environment, nor what somebody wrote into the policy,
 * in any stage and by any way in which a prompt leaves us.
 */
class CredentialsTest {
    private static final String CANARY = "canary-4711";
    private static final Set<String> VARIABLES = Set.of(
            "GITHUB_TOKEN",
            "GH_TOKEN",
            "INPUT_GITHUB-TOKEN",
            "INPUT_STATE-KEY",
            "ACTIONS_RUNTIME_TOKEN",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
            "ANTHROPIC_API_KEY",
            "MODEL_KEY",
            "OTHER_SECRET",
            "AWS_SECRET_ACCESS_KEY",
            "OTEL_EXPORTER_OTLP_HEADERS");

    @TempDir
    Path folder = Path.of("");

    private final ProcessRunner runner =
            new ProcessRunner(InstantSource.system(), () -> UUID.randomUUID().toString());
    private final Prompts prompts =
            new Prompts(PathRules.DEFAULT, () -> UUID.randomUUID().toString());

    static Set<StageKind> stages() {
        return ResultSchemas.stages();
    }

    @AfterEach
    void close() {
        runner.close();
    }

    @ParameterizedTest
    @MethodSource("stages")
    void aProgramOfOnesOwnIsToldNone(StageKind stage) throws IOException {
        Path program = Scripts.script(folder.resolve("agent"), "cp \"$PAWL_REQUEST\" " + folder + "/request.json");
        var agent = new AgentSpec(
                "mine",
                AgentSpec.Kind.COMMAND,
                Optional.empty(),
                List.of(program.toString(), "--token=" + CANARY),
                List.of("MODEL_KEY"));

        new CommandAgents(runner, prompts, host()).run(about(stage, agent), tree());

        assertTold(Files.readString(folder.resolve("request.json")));
    }

    @ParameterizedTest
    @MethodSource("stages")
    void aCommandLineAgentIsToldNone(StageKind stage) throws IOException {
        Scripts.script(folder.resolve("bin/claude"), "cat > " + folder + "/prompt; echo \"$@\" > " + folder + "/words");
        var agent = new AgentSpec(
                "mine",
                AgentSpec.Kind.CLAUDE_CODE,
                Optional.empty(),
                List.of(),
                List.of("ANTHROPIC_API_KEY", "MODEL_KEY"),
                options("http://127.0.0.1:1/" + CANARY));

        new CliAgents(runner, prompts, host(), InstantSource.system()).run(about(stage, agent), tree());

        assertTold(Files.readString(folder.resolve("prompt")));
        assertThat(Files.readString(folder.resolve("words"))).isNotBlank().doesNotContain(CANARY);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void theBuiltInAgentsModelIsToldNone(StageKind stage) throws IOException {
        try (var provider = new ScriptedProvider().otherwise(_ -> ScriptedProvider.Reply.of(401))) {
            var agent = new AgentSpec(
                    "mine",
                    AgentSpec.Kind.MODEL,
                    Optional.of("m"),
                    List.of(),
                    List.of("MODEL_KEY", "OTHER_SECRET"),
                    options(provider.base(ModelProvider.OPENAI)));
            var host = new ModelAgents.Host(
                    environment(),
                    folder.resolve("scratch"),
                    (tree, sha, path) -> Optional.empty(),
                    InstantSource.system(),
                    () -> UUID.randomUUID().toString(),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1));

            new ModelAgents(runner, prompts, new Prices(Map.of()), host).run(about(stage, agent), tree());

            assertThat(provider.asked()).singleElement().satisfies(asked -> {
                assertTold(asked.body().toString());
                assertThat(asked.headers().get("Authorization")).containsExactly("Bearer " + CANARY);
            });
        }
    }

    /** It is the prompt, and there is neither a value nor the name of a variable in it. */
    private static void assertTold(String text) {
        assertThat(text).contains("Login times out", "Rules that hold whatever the rest says");
        assertThat(text).doesNotContain(CANARY);
        for (String variable : VARIABLES) {
            assertThat(text).doesNotContain(variable);
        }
    }

    private static AgentRequest about(StageKind stage, AgentSpec agent) {
        return Requests.least(stage, agent, Duration.ofMinutes(1));
    }

    private static AgentOptions options(String baseUrl) {
        return new AgentOptions(Optional.of("openai"), Optional.of(baseUrl), Map.of(), 10);
    }

    private Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        VARIABLES.forEach(name -> environment.put(name, CANARY));
        environment.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        return environment;
    }

    private CommandAgents.Host host() {
        return new CommandAgents.Host(
                environment(), folder.resolve("scratch"), (tree, sha, path) -> Optional.empty(), Duration.ofSeconds(1));
    }

    private Path tree() throws IOException {
        return Files.createDirectories(folder.resolve("tree"));
    }
}
