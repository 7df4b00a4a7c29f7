package dev.pawl.agent.cli;

import static dev.pawl.domain.report.Finding.Level.NOTE;
import static dev.pawl.domain.report.Finding.Level.PROBLEM;
import static dev.pawl.domain.report.Finding.Level.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.agent.check.ProgramChecks;
import dev.pawl.agent.command.CommandAgents.Host;
import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.agent.process.Scripts;
import dev.pawl.agent.prompt.Prompts;
import dev.pawl.domain.Collected;
import dev.pawl.domain.policy.AgentOptions;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.PathRules;
import dev.pawl.domain.report.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.params.provider.CsvSource;

/** What is found of command-line agents, with shell scripts in their place. */
class CliChecksTest {
    private static final String KEY = "sk-canary-4711";
    private static final String TRIED = "echo '2.1.329 (Claude Code)'";
    private static final String OK = "{\"version\":1,\"status\":\"ok\",\"summary\":\"ok\"}";

    @TempDir
    Path folder = Path.of("");

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));
    private final ProcessRunner runner =
            new ProcessRunner(clock, () -> UUID.randomUUID().toString());

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
    void anAgentThatWorksIsFoundWellInEachPart() {
        claude(TRIED, result(false, OK));

        Collected seen = look(agent("ANTHROPIC_API_KEY"), true);

        assertThat(seen.findings())
                .containsExactly(
                        Finding.ok("agents.mine", "program", "claude is " + folder.resolve("bin/claude") + "."),
                        Finding.ok("agents.mine", "version", "Version 2.1.329, which Pawl was tried with."),
                        Finding.ok("agents.mine", "key", "ANTHROPIC_API_KEY is set."),
                        Finding.ok("agents.mine", "call", "It answered in 0.0 s: 10 tokens read, 5 written, $0.01."));
        assertThat(seen.lookedAt()).containsExactly("claude --version", "asking claude");
    }

    @Test
    void theQuestionIsShortAndGoesTheWayOfAllQuestions() throws IOException {
        claude(
                TRIED,
                "cat > " + folder + "/prompt; echo \"$@\" > " + folder + "/arguments; pwd > " + folder + "/place; "
                        + result(false, OK));

        look(agent("ANTHROPIC_API_KEY"), true);

        assertThat(folder.resolve("prompt")).hasContent("""
                # A test of the connection

                Nothing is to be done but to give the result below, as it stands. Look at nothing and change nothing.

                Give this JSON object as your final structured answer:

                ```json
                {"version": 1, "status": "ok", "summary": "ok"}
                ```
                """);
        assertThat(Files.readString(folder.resolve("arguments")))
                .contains("--setting-sources user", "--json-schema", "--max-turns 5");
        assertThat(Files.readString(folder.resolve("place"))).contains("/scratch/pawl-");
    }

    @Test
    void theProgramTellsItsVersionWithoutTheKey() throws IOException {
        claude("env > " + folder + "/env; " + TRIED, result(false, OK));

        look(agent("ANTHROPIC_API_KEY"), false);

        assertThat(Files.readString(folder.resolve("env")))
                .contains("PATH=")
                .doesNotContain(KEY, "ANTHROPIC_API_KEY", "GITHUB_TOKEN");
    }

    @Test
    void withoutACallNobodyIsAsked() {
        claude(TRIED, "touch " + folder + "/asked; " + result(false, OK));

        assertThat(look(agent("ANTHROPIC_API_KEY"), false).findings())
                .extracting(Finding::check)
                .containsExactly("program", "version", "key");
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    @Test
    void aMissingProgramIsSaidWithHowToGetTheVersionThatWasTried() {
        Collected seen = look(agent("ANTHROPIC_API_KEY"), true);

        assertThat(seen.findings())
                .containsExactly(
                        Finding.problem(
                                "agents.mine",
                                "program",
                                "There is no program claude on the PATH.",
                                "Install it: npm install -g @anthropic-ai/claude-code@2.1.329."),
                        Finding.ok("agents.mine", "key", "ANTHROPIC_API_KEY is set."));
    }

    @Test
    void anotherVersionIsNoted() {
        claude("echo 'claude v3.0.0-beta.2'", result(false, OK));

        assertThat(look(agent("ANTHROPIC_API_KEY"), true).of("version"))
                .isEqualTo(Finding.note(
                        "agents.mine",
                        "version",
                        "Version 3.0.0-beta.2; Pawl was tried with 2.1.329.",
                        "If it misbehaves: npm install -g @anthropic-ai/claude-code@2.1.329."));
    }

    @ParameterizedTest
    @CsvSource({
        "exit 127, ended with exit code 127",
        "echo hello, named no version",
        "sleep 100, gave no answer within 2 seconds"
    })
    void aProgramThatCanNotEvenTellItsVersionIsNotAsked(String does, String how) {
        claude(does, "touch " + folder + "/asked");

        Collected seen = look(agent("ANTHROPIC_API_KEY"), true, Duration.ofSeconds(does.startsWith("sleep") ? 2 : 60));

        assertThat(seen.of("version"))
                .isEqualTo(Finding.problem(
                        "agents.mine",
                        "version",
                        "claude --version " + how + ".",
                        "Run it by hand; if it fails, install it anew: npm install -g"
                                + " @anthropic-ai/claude-code@2.1.329."));
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    @Test
    void aKeyThatIsNotSetIsNamedAndNobodyIsAsked() {
        claude(TRIED, "touch " + folder + "/asked");

        assertThat(look(agent("ANTHROPIC_AUTH_TOKEN"), true).of("key"))
                .isEqualTo(Finding.problem(
                        "agents.mine",
                        "key",
                        "ANTHROPIC_AUTH_TOKEN isn't set.",
                        "Give it a value: in the environment here, and in the workflow's step by env:"
                                + " {ANTHROPIC_AUTH_TOKEN: \"${{ secrets.ANTHROPIC_AUTH_TOKEN }}\"}."));
        assertThat(look(agent(), true).of("key").says())
                .isEqualTo("Its env names no variable that is set, so it has no key.");
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    @Test
    void aKeyInAnotherVariableMayBeOne() {
        claude(TRIED, result(false, OK));

        Collected seen = look(agent("OTHER"), true);

        assertThat(seen.of("key").level()).isEqualTo(NOTE);
        assertThat(seen.of("call").level()).isEqualTo(Finding.Level.OK);
    }

    @Test
    void aModelOfOnesOwnMayDoWithoutAKey() {
        claude(TRIED, result(false, OK));
        var own = new AgentOptions(Optional.empty(), Optional.of("http://127.0.0.1:1"), Map.of(), 300);
        var agent = new AgentSpec(
                "mine", AgentSpec.Kind.CLAUDE_CODE, Optional.empty(), List.of(), List.of("ANTHROPIC_AUTH_TOKEN"), own);

        assertThat(look(agent, true).of("key").level()).isEqualTo(NOTE);
        assertThat(look(agent, true).of("call").level()).isEqualTo(Finding.Level.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "401, PROBLEM, The model's provider refused access (401).",
        "429, UNREACHABLE, The model's provider limits us (429).",
        "529, UNREACHABLE, The model's provider is out (529)."
    })
    void whatAProviderAnswersIsToldApart(int status, Finding.Level level, String says) {
        claude(
                TRIED,
                "echo '{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true,\"api_error_status\":" + status
                        + "}'; exit 1");

        Finding call = look(agent("ANTHROPIC_API_KEY"), true).of("call");

        assertThat(call.level()).isEqualTo(level);
        assertThat(call.says()).isEqualTo(says);
        assertThat(call.todo()).isPresent();
    }

    @Test
    void aModelThatAnswersWithoutTheResultIsNoted() {
        claude(TRIED, result(false, "{}"));

        Finding call = look(agent("ANTHROPIC_API_KEY"), true).of("call");

        assertThat(call.level()).isEqualTo(NOTE);
        assertThat(call.says()).isEqualTo("The model answers. The agent's result isn't what was asked for.");
    }

    @Test
    void aProgramThatBreaksOffIsAProblem() {
        claude(TRIED, "exit 3");

        Finding call = look(agent("ANTHROPIC_API_KEY"), true).of("call");

        assertThat(call.level()).isEqualTo(PROBLEM);
        assertThat(call.says()).isEqualTo("The agent broke off without a result (exit code 3).");
    }

    @Test
    void aModelThatGivesNoAnswerInTimeIsUnreachable() {
        claude(TRIED, "sleep 100");

        Finding call =
                look(agent("ANTHROPIC_API_KEY"), true, Duration.ofSeconds(5)).of("call");

        assertThat(call.level()).isEqualTo(UNREACHABLE);
        assertThat(call.says()).isEqualTo("The model gave no answer within 5 seconds.");
    }

    @Test
    void whatTheProgramCanNotBeStartedWithIsSaid() {
        Scripts.script(folder.resolve("bin/copilot"), "echo 1.0.102");
        var agent = new AgentSpec(
                "mine",
                AgentSpec.Kind.COPILOT,
                Optional.empty(),
                List.of(),
                List.of("COPILOT_ALLOW_ALL", "GITHUB_TOKEN"));

        Collected seen = look(agent, true);

        assertThat(seen.of("settings").says())
                .isEqualTo("Agent mine must not get COPILOT_ALLOW_ALL: it runs the repository's hooks.");
        assertThat(seen.of("env").says()).isEqualTo("No agent may have GITHUB_TOKEN.");
        assertThat(seen.findings()).extracting(Finding::check).doesNotContain("call");
    }

    private static String result(boolean error, String answer) {
        return ("echo '{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":%s,\"session_id\":\"s-1\",\"num_turns\":1,"
                        + "\"total_cost_usd\":0.002,\"usage\":{\"input_tokens\":10,\"output_tokens\":5},"
                        + "\"structured_output\":%s}'")
                .formatted(error, answer);
    }

    private void claude(String version, String asked) {
        Scripts.script(
                folder.resolve("bin/claude"),
                "if [ \"$1\" = --version ]; then " + version + "; exit; fi\n" + asked + "\n");
    }

    private static AgentSpec agent(String... env) {
        return new AgentSpec("mine", AgentSpec.Kind.CLAUDE_CODE, Optional.empty(), List.of(), List.of(env));
    }

    private Collected look(AgentSpec agent, boolean call) {
        return look(agent, call, Duration.ofMinutes(1));
    }

    private Collected look(AgentSpec agent, boolean call, Duration patience) {
        var environment = new HashMap<String, String>();
        environment.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        environment.put("ANTHROPIC_API_KEY", KEY);
        environment.put("OTHER", "1");
        environment.put("GITHUB_TOKEN", "ghs_x");
        Path scratch = folder.resolve("scratch");
        var host = new Host(environment, scratch, (tree, sha, path) -> Optional.empty(), Duration.ofSeconds(1));
        var prompts = new Prompts(PathRules.DEFAULT, () -> UUID.randomUUID().toString());
        var checks = new CliChecks(
                new ProgramChecks(runner, environment, scratch, folder, patience),
                new CliAgents(runner, prompts, host, clock),
                clock,
                patience);
        var collected = new Collected();
        checks.look(agent, call, collected);
        assertThat(collected.findings().toString()).doesNotContain(KEY, "ghs_x");
        return collected;
    }
}
