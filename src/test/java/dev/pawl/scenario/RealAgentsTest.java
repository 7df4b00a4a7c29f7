package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.sandbox.SandboxIssue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * The real command-line agents, as {@code .ci/agents} installs them, with a scripted model behind them: each on the way to a
 * pull request, and in each way to fail. A run of a real program takes seconds, so the way has more than one thing to show.
 */
@Tag(RealAgentsTest.TAG)
class RealAgentsTest {
    static final String TAG = "agents";

    private static final String KEY = "test-0123456789abcdef";

    private final ScriptedModel model = new ScriptedModel();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        model.close();
    }

    /** The agents: how the policy declares each one, and what its variables are where {@code MODEL} is the model. */
    enum Real {
        CLAUDE_CODE(
                "kind: claude-code, model: claude-sonnet-4-5, base_url: \"MODEL\"", Map.of("ANTHROPIC_API_KEY", KEY)),
        CODEX("kind: codex, model: gpt-5, base_url: \"MODEL/v1\"", Map.of("CODEX_API_KEY", KEY)),
        COPILOT("kind: copilot, model: gpt-5, base_url: \"MODEL/v1\"", Map.of("COPILOT_PROVIDER_API_KEY", KEY)),
        GEMINI("kind: gemini, model: gemini-2.5-pro, base_url: \"MODEL\"", Map.of("GEMINI_API_KEY", KEY)),
        OPENCODE("kind: opencode, model: scripted, base_url: \"MODEL/v1\"", Map.of("OPENAI_API_KEY", KEY)),
        QWEN("kind: qwen, model: gpt-5, base_url: \"MODEL/v1\"", Map.of("OPENAI_API_KEY", KEY)),
        ACP_COPILOT(
                "kind: acp, run: [copilot, --acp]",
                Map.of(
                        "COPILOT_PROVIDER_API_KEY", KEY,
                        "COPILOT_PROVIDER_BASE_URL", "MODEL/v1",
                        "COPILOT_PROVIDER_TYPE", "openai",
                        "COPILOT_MODEL", "gpt-5",
                        "COPILOT_OFFLINE", "true")),
        ACP_GEMINI(
                "kind: acp, run: [gemini, --acp], model: gemini-2.5-pro",
                Map.of("GEMINI_API_KEY", KEY, "GOOGLE_GEMINI_BASE_URL", "MODEL")),
        ACP_OPENCODE(
                "kind: acp, run: [opencode, acp], model: pawl/scripted",
                Map.of("OPENAI_API_KEY", KEY, "OPENCODE_CONFIG_CONTENT", """
                        {"provider": {"pawl": {"npm": "@ai-sdk/openai-compatible", "name": "pawl", "models": {"scripted": {}},
                                               "options": {"baseURL": "MODEL/v1", "apiKey": "{env:OPENAI_API_KEY}"}}}}
                        """)),
        ACP_QWEN(
                "kind: acp, run: [qwen, --acp, --auth-type, openai]",
                Map.of("OPENAI_API_KEY", KEY, "OPENAI_BASE_URL", "MODEL/v1", "OPENAI_MODEL", "gpt-5"));

        private final String declaration;
        private final Map<String, String> variables;

        Real(String declaration, Map<String, String> variables) {
            this.declaration = declaration;
            this.variables = variables;
        }

        String policy(String address, String limit, String more) {
            return """
                    agents:
                      real: {%s, env: [%s]%s}
                    roles: {default: real}
                    workflows:
                      chore: {stages: [triage, {implement: {timeout: LIMIT}}, validate, open_pr]}
                    validation:
                      commands:
                        - {name: test, run: [sh, ./test.sh]}
                    """.replace("LIMIT", limit)
                    .formatted(declaration.replace("MODEL", address), String.join(", ", variables.keySet()), more);
        }
    }

    private Story story(Real agent, String more) {
        return story(agent, "30m", more);
    }

    private Story story(Real agent, String limit, String more) {
        var story = new Story(folder, agent.policy(model.address(), limit, more));
        agent.variables.forEach((name, value) -> story.variables.put(name, value.replace("MODEL", model.address())));
        story.inputs.put("CONTINUE", "none");
        return story;
    }

    /** From an issue to a pull request in a hostile repository, past a forbidden tool and an invalid result. */
    @ParameterizedTest
    @EnumSource
    void theWayToAPullRequest(Real agent) {
        Path canary = folder.resolve("canary");
        Path forbidden = folder.resolve("forbidden");
        model.plays("story " + forbidden);
        try (var story = story(agent, "")) {
            story.inputs.put("CONTINUE", "dispatch");
            story.maintainer.pushes(story.repo, "main", HostileConfiguration.files(canary));
            story.github.takeEvents();
            SandboxIssue issue = story.bug();

            var ended = story.rings();

            assertThat(Story.moves(ended))
                    .as("%s", ended)
                    .containsExactly(
                            "triage advanced",
                            "plan advanced",
                            "implement advanced",
                            "validate advanced",
                            "review advanced",
                            "open_pr advanced");
            assertThat(story.repo.file("pawl/1-the-sum-is-wrong", "sum.txt")).contains("2 + 2 = 4\n");
            assertThat(story.repo.file("pawl/1-the-sum-is-wrong", ".pawl-result.json"))
                    .isEmpty();
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
            assertThat(story.repo.pullRequests()).hasSize(1);

            assertThat(model.requests())
                    .as("what was wrong with the plan's first result is told")
                    .contains("Your result wasn't accepted");
            if (agent != Real.CODEX) { // what it does while reading is thrown away instead
                assertThat(forbidden)
                        .as("made by a command in a stage that only reads")
                        .doesNotExist();
            }

            assertThat(canary).as("made by what the repository configures").doesNotExist();
            assertThat(model.requests()).doesNotContain(HostileConfiguration.SERVER_TOOL);
            assertThat(occurrences(Pattern.quote(HostileConfiguration.INSTRUCTION)))
                    .as("its instructions are told as data, and never else")
                    .isPositive()
                    .isEqualTo(
                            occurrences("\\[data [0-9a-f]+: [A-Z]+\\.md\\]\\\\n" + HostileConfiguration.INSTRUCTION));
            assertThat(story.repo.file("pawl/1-the-sum-is-wrong", ".claude/settings.json"))
                    .isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"ACP_COPILOT", "ACP_QWEN"})
    void noAccess(Real agent) {
        theProviderAnswers(401, agent);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"ACP_COPILOT", "ACP_QWEN"})
    void aProvidersLimit(Real agent) {
        theProviderAnswers(429, agent);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"ACP_COPILOT", "ACP_QWEN"})
    void aProvidersOutage(Real agent) {
        theProviderAnswers(500, agent);
    }

    private void theProviderAnswers(int status, Real agent) {
        model.plays(Integer.toString(status));
        try (var story = story(agent, "")) {
            story.bug();

            assertThat(last(story)).contains(expected(status, agent));
        }
    }

    private static String expected(int status, Real agent) {
        // By the protocol opencode says that it was the provider, and not how.
        return switch (agent == Real.ACP_OPENCODE ? 500 : status) {
            case 401 ->
                "plan blocked: plan; waiting for a permission or setting (The model's provider refused access (401).)";
            case 429 -> "plan waiting: plan; waiting for the model's provider (provider-limit)";
            default -> "plan waiting: plan; waiting for the model's provider (provider-outage)";
        };
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"ACP_COPILOT", "ACP_QWEN"})
    void whoCallsToolsForEverIsStopped(Real agent) {
        model.plays("loop");
        try (var story = story(agent, ", tool_calls: 3")) {
            story.issue("chore: correct the sum", "2 + 2 is 4, and sum.txt should say so.");

            assertThat(last(story)).contains("implement failed: implement: turn-limit");
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"ACP_COPILOT", "ACP_QWEN"})
    void whoStandsStillIsStoppedAtTheStagesLimitAndNothingOfItIsLeft(Real agent) throws IOException {
        model.plays("stall");
        try (var story = story(agent, "40s", "")) {
            story.issue("chore: correct the sum", "2 + 2 is 4, and sum.txt should say so.");

            assertThat(last(story)).contains("implement failed: implement: agent-timeout");
        }
        assertThat(processes(folder)).as("processes left").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"ACP_COPILOT", "ACP_QWEN"})
    void nonsenseIsNoResult(Real agent) {
        model.plays("mute");
        try (var story = story(agent, "")) {
            story.bug();

            assertThat(last(story)).contains("plan failed: plan: agent-result");
            assertThat(model.requests()).contains("Your result wasn't accepted");
        }
    }

    /** Triage, and the first stage in which the agent works. */
    private static String last(Story story) {
        story.rings();
        story.repo.scheduleEvent("0 * * * *", "pawl.yml");
        var ended = story.rings().getFirst();
        return ended.output("stage") + " " + ended.output("outcome") + ": " + ended.output("reason") + "\n" + ended;
    }

    /** The processes that know of a folder. */
    private static List<String> processes(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(p -> p.getFileName().toString().matches("[0-9]+"))
                    .filter(p -> environment(p).contains(folder.toString()))
                    .map(Path::toString)
                    .toList();
        }
    }

    private static String environment(Path process) {
        try {
            return Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // gone
        }
    }

    private long occurrences(String pattern) {
        return Pattern.compile(pattern).matcher(model.requests()).results().count();
    }
}
