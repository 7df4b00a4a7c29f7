package dev.pawl.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.Security;
import dev.pawl.agent.Requests;
import dev.pawl.agent.command.BaseFiles;
import dev.pawl.agent.command.CommandAgents.Host;
import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.agent.process.Scripts;
import dev.pawl.agent.prompt.Prompts;
import dev.pawl.domain.policy.AgentOptions;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.PathRules;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How programs are run, with shell scripts that print what Claude Code and Gemini CLI print. */
@Security
class CliAgentsTest {
    private static final String DONE = "{\"version\":1,\"status\":\"ok\",\"summary\":\"done\"}";
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder = Path.of("");

    private final ProcessRunner runner =
            new ProcessRunner(InstantSource.system(), () -> UUID.randomUUID().toString());

    @AfterEach
    void nothingIsLeft() throws IOException {
        runner.close();
        if (Files.isDirectory(folder.resolve("scratch"))) {
            try (var left = Files.list(folder.resolve("scratch"))) {
                assertThat(left).as("private folders").isEmpty();
            }
        }
    }

    @Test
    void thePromptGoesInAsStandardInputAndTheAnswerComesOutOfTheFinalEvent() {
        claude("cat > " + seen("prompt") + "\n" + result(DONE, 0.5));

        var outcome = run(agent(AgentSpec.Kind.CLAUDE_CODE, 5), Map.of());

        assertThat(outcome).isInstanceOfSatisfying(AgentOutcome.Finished.class, finished -> {
            assertThat(finished.result().summary().raw()).isEqualTo("done");
            assertThat(finished.usage()).isEqualTo(new Usage(Optional.empty(), 10, 5, Usd.ofMicros(500_000), 1));
        });
        assertThat(text("prompt")).startsWith("# Work on issue #42").contains("as your final structured answer");
    }

    @Test
    void theEnvironmentHoldsWhatThePolicyNamesAndNothingOfTheRunners() {
        claude("env > " + seen("env") + "\n" + result(DONE, 0));

        run(
                agent(AgentSpec.Kind.CLAUDE_CODE, 5),
                Map.of("GITHUB_TOKEN", "ghs_x", "INPUT_GITHUB-TOKEN", "ghs_x", "GH_TOKEN", "ghs_x", "OTHER", "1"));

        assertThat(text("env"))
                .contains("ANTHROPIC_API_KEY=pawl-one-run-", "ANTHROPIC_BASE_URL=http://127.0.0.1:", "PAWL_RESULT=")
                .doesNotContain("sk-1", "ghs_x", "GITHUB_", "INPUT_", "OTHER=");
    }

    @Test
    void whoCallsTooManyToolsIsEnded() {
        claude("""
                while :; do
                  echo '{"type":"assistant","message":{"model":"m","content":[{"type":"tool_use","name":"Bash"}]}}'
                done""");

        assertThat(run(agent(AgentSpec.Kind.CLAUDE_CODE, 5), Map.of()))
                .isEqualTo(failed(FailureKind.TURN_LIMIT, "The agent was stopped at its limit of 5 tool calls."));
    }

    @Test
    void anInvalidAnswerIsToldOnceInTheSameSessionAndBothRunsCount() {
        claude("""
                case "$*" in
                  *"--resume s-1"*) cat > SEEN; RIGHT ;;
                  *) WRONG ;;
                esac""".replace("SEEN", seen("again"))
                .replace("RIGHT", result(DONE, 0.75))
                .replace("WRONG", result("{}", 0.5)));

        var outcome = run(agent(AgentSpec.Kind.CLAUDE_CODE, 5), Map.of());

        assertThat(outcome.usage()).isEqualTo(new Usage(Optional.empty(), 20, 10, Usd.ofMicros(750_000), 2));
        assertThat(outcome).isInstanceOf(AgentOutcome.Finished.class);
        assertThat(text("again")).startsWith("Your result wasn't accepted:\n\n- /version: expected, but missing");
    }

    @Test
    void whoIsWrongTwiceHasFailed() {
        claude(result("{}", 0));

        assertThat(run(agent(AgentSpec.Kind.CLAUDE_CODE, 5), Map.of()))
                .isInstanceOfSatisfying(AgentOutcome.Failed.class, f -> {
                    assertThat(f.kind()).isEqualTo(FailureKind.AGENT_RESULT);
                    assertThat(f.usage().turns()).isEqualTo(2);
                });
    }

    @Test
    void aFileIsNoResultWithoutAFinalEvent() {
        gemini("echo '" + DONE + "' > \"$PAWL_RESULT\"; exit 0");
        assertThat(run(agent(AgentSpec.Kind.GEMINI, 5), Map.of()))
                .isEqualTo(failed(FailureKind.AGENT_RESULT, "The agent ended without saying that it is done."));

        gemini("echo '" + DONE + "' > \"$PAWL_RESULT\"; kill -9 $$");
        assertThat(run(agent(AgentSpec.Kind.GEMINI, 5), Map.of()))
                .isEqualTo(failed(FailureKind.AGENT_CRASH, "The agent broke off without a result (signal 9)."));

        gemini("echo '" + DONE + "' > \"$PAWL_RESULT\"; printf '{\"type\":\"result\",\"status\":\"success\"}'; exit 3");
        assertThat(run(agent(AgentSpec.Kind.GEMINI, 5), Map.of())).isInstanceOf(AgentOutcome.Finished.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLAUDE_CODE", "CODEX", "COPILOT", "GEMINI", "OPENCODE", "QWEN"})
    void garbageIsNoResultOfAnyProgram(AgentSpec.Kind kind) {
        String program = kind == AgentSpec.Kind.CLAUDE_CODE ? "claude" : kind.word();
        String garbage =
                "head -c 100000 /dev/urandom; echo; echo '{\"type\":\"result\"'; echo '{\"type\":[{}],\"x\":1}';"
                        + " echo '[]'; echo '" + DONE + "' > \"$PAWL_RESULT\"; exit ";

        Scripts.script(folder.resolve("bin/" + program), garbage + 0);
        assertThat(run(agent(kind, 5), Map.of("CODEX_API_KEY", "k")))
                .isEqualTo(failed(FailureKind.AGENT_RESULT, "The agent ended without saying that it is done."));

        Scripts.script(folder.resolve("bin/" + program), garbage + 3);
        assertThat(run(agent(kind, 5), Map.of("CODEX_API_KEY", "k")))
                .isEqualTo(failed(FailureKind.AGENT_CRASH, "The agent broke off without a result (exit code 3)."));
    }

    @Test
    void aModelThatSaysNothingUntilTheTimeIsOverIsOut() {
        claude("sleep 100");
        assertThat(run(agent(AgentSpec.Kind.CLAUDE_CODE, 5), Map.of(), Duration.ofSeconds(1)))
                .isEqualTo(failed(FailureKind.PROVIDER_OUTAGE, "The model gave no answer within 1 seconds."));

        claude("echo '{\"type\":\"assistant\",\"message\":{\"model\":\"m\"}}'; sleep 100");
        assertThat(run(agent(AgentSpec.Kind.CLAUDE_CODE, 5), Map.of(), Duration.ofSeconds(1)))
                .isEqualTo(failed(FailureKind.AGENT_TIMEOUT, "The agent was stopped at its time limit of 1 seconds."));
    }

    @Test
    void theRepositorysConfigurationIsOutOfSightAndBackAfterwards() throws IOException {
        Files.createDirectories(tree().resolve(".gemini"));
        Files.writeString(tree().resolve(".gemini/settings.json"), "{}");
        gemini("ls -A > " + seen("files") + "; mkdir .gemini; echo bad > .gemini/settings.json");

        run(agent(AgentSpec.Kind.GEMINI, 5), Map.of());

        assertThat(text("files")).doesNotContain(".gemini");
        assertThat(tree().resolve(".gemini/settings.json")).hasContent("{}");
    }

    @Test
    void conventionsComeFromTheBaseAsData() throws IOException {
        Files.writeString(folder.resolve("base.md"), "Tabs, never spaces.\n");
        gemini("cat > " + seen("prompt"));
        BaseFiles base = (tree, sha, path) ->
                path.equals("AGENTS.md") ? Optional.of(folder.resolve("base.md")) : Optional.empty();

        agents(Map.of(), base).run(Requests.least(StageKind.PLAN, agent(AgentSpec.Kind.GEMINI, 5), LONG), tree());

        assertThat(text("prompt"))
                .containsPattern("\\[data [0-9a-f-]+: AGENTS\\.md\\]\nTabs, never spaces\\.\n\\[end [0-9a-f-]+\\]")
                .containsPattern("to the file `/.*/exchange/result\\.json`");
    }

    @Test
    void whatIsMissingIsSaidWithWhatToDo() {
        assertThat(run(agent(AgentSpec.Kind.CODEX, 5), Map.of("CODEX_API_KEY", "k")))
                .isEqualTo(new AgentOutcome.Failed(
                        FailureKind.ACCESS,
                        "The program of agent mine is missing: install it before Pawl runs, such as with"
                                + " npm install -g @openai/codex@0.169.0.",
                        List.of("codex"),
                        Optional.empty(),
                        Usage.NONE));
        assertThat(run(agent(AgentSpec.Kind.CODEX, 5), Map.of()))
                .isEqualTo(new AgentOutcome.Failed(
                        FailureKind.ACCESS,
                        "Agent mine has no key: name a variable in its env, and give it a value in the step.",
                        List.of("CODEX_API_KEY", "OPENAI_API_KEY"),
                        Optional.empty(),
                        Usage.NONE));
    }

    private static String result(String answer, double cost) {
        return ("echo '{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"session_id\":\"s-1\",\"num_turns\":1,"
                        + "\"total_cost_usd\":%s,\"usage\":{\"input_tokens\":10,\"output_tokens\":5},\"structured_output\":%s}'")
                .formatted(cost, answer);
    }

    private static AgentSpec agent(AgentSpec.Kind kind, int toolCalls) {
        return new AgentSpec(
                "mine",
                kind,
                Optional.empty(),
                List.of(),
                List.of("ANTHROPIC_API_KEY", "GEMINI_API_KEY", "CODEX_API_KEY").stream()
                        .filter(k -> kind != AgentSpec.Kind.CODEX || k.startsWith("CODEX"))
                        .toList(),
                new AgentOptions(Optional.empty(), Optional.empty(), Map.of(), toolCalls));
    }

    private AgentOutcome run(AgentSpec agent, Map<String, String> environment) {
        return run(agent, environment, LONG);
    }

    private AgentOutcome run(AgentSpec agent, Map<String, String> environment, Duration limit) {
        var request = Requests.least(StageKind.IMPLEMENT, agent, limit);
        return agents(environment, BaseFiles.ofWorkTree()).run(request, tree());
    }

    private CliAgents agents(Map<String, String> environment, BaseFiles base) {
        var ours = new HashMap<>(environment);
        ours.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        ours.put("ANTHROPIC_API_KEY", "sk-1");
        ours.put("GEMINI_API_KEY", "sk-2");
        var host = new Host(ours, folder.resolve("scratch"), base, Duration.ofSeconds(1));
        var prompts = new Prompts(PathRules.DEFAULT, () -> UUID.randomUUID().toString());
        return new CliAgents(runner, prompts, host, InstantSource.system());
    }

    private void claude(String script) {
        Scripts.script(folder.resolve("bin/claude"), script);
    }

    private void gemini(String script) {
        Scripts.script(folder.resolve("bin/gemini"), script);
    }

    private Path tree() {
        try {
            return Files.createDirectories(folder.resolve("tree"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String seen(String name) {
        return folder.resolve("seen-" + name).toString();
    }

    private String text(String name) {
        try {
            return Files.readString(Path.of(seen(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AgentOutcome failed(FailureKind kind, String reason) {
        return new AgentOutcome.Failed(kind, reason, List.of(), Optional.empty(), Usage.NONE);
    }
}
