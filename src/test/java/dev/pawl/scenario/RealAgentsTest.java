package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The real command-line agents, as {@code .ci/agents} installs them, with a scripted model behind them. Each walks the
 * bug story; each fails in the right way; none runs what the repository has in store for it.
 */
@Tag(RealAgentsTest.TAG)
class RealAgentsTest {
    static final String TAG = "agents";

    private static ScriptedModel model;

    @TempDir
    Path folder;

    /** The agents, and where each one's model is. */
    enum Real {
        CLAUDE_CODE("claude-code", "claude-sonnet-4-5", "", "ANTHROPIC_API_KEY"),
        CODEX("codex", "gpt-5", "/v1", "CODEX_API_KEY"),
        COPILOT("copilot", "gpt-5", "/v1", "COPILOT_PROVIDER_API_KEY"),
        GEMINI("gemini", "gemini-2.5-pro", "", "GEMINI_API_KEY"),
        OPENCODE("opencode", "scripted", "/v1", "OPENAI_API_KEY"),
        QWEN("qwen", "gpt-5", "/v1", "OPENAI_API_KEY");

        private final String kind;
        private final String name;
        private final String path;
        private final String key;

        Real(String kind, String name, String path, String key) {
            this.kind = kind;
            this.name = name;
            this.path = path;
            this.key = key;
        }

        String policy(String more) {
            return """
                    agents:
                      real: {kind: %s, model: %s, base_url: "%s", env: [%s]%s}
                    roles: {default: real}
                    validation:
                      commands:
                        - {name: test, run: [sh, ./test.sh]}
                    """.formatted(kind, name, model.address() + path, key, more);
        }
    }

    @BeforeAll
    static void start() {
        model = new ScriptedModel();
    }

    @AfterAll
    static void stop() {
        model.close();
    }

    private Story story(Real agent, String more) {
        var story = new Story(folder, agent.policy(more));
        story.variables.put(agent.key, "test-0123456789abcdef");
        return story;
    }

    private Path canary() {
        return folder.resolve("canary");
    }

    @ParameterizedTest
    @EnumSource
    void aBugBecomesAPullRequest(Real agent) {
        model.plays("story");
        try (var story = story(agent, "")) {
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
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
            assertThat(story.repo.pullRequests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInvalidResultIsAskedForOnceMoreInTheSameSession(Real agent) {
        model.plays("again");
        try (var story = story(agent, "")) {
            story.bug();

            var ended = story.rings();

            assertThat(Story.moves(ended))
                    .as("%s", ended)
                    .startsWith("triage advanced", "plan advanced", "implement advanced");
            assertThat(model.requests()).contains("Your result wasn't accepted");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, blocked, provider refused access (401)",
        "429, waiting, (provider-limit)",
        "500, waiting, (provider-outage)"
    })
    void aProvidersAnswerTellsTheKind(String status, String outcome, String reason) {
        model.plays(status);
        for (Real agent : Real.values()) {
            try (var story = new Story(folder.resolve(agent.kind), agent.policy(""))) {
                story.variables.put(agent.key, "test-0123456789abcdef");
                story.bug();

                var ended = story.rings();

                assertThat(Story.moves(ended)).as("%s", ended).containsExactly("triage advanced", "plan " + outcome);
                assertThat(ended.getLast().output("reason")).as(agent.kind).contains(reason);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoCallsToolsForEverIsStopped(Real agent) {
        model.plays("loop");
        try (var story = story(agent, ", tool_calls: 3")) {
            story.issue("chore: correct the sum", "2 + 2 is 4, and sum.txt should say so.");

            var ended = story.rings();

            assertThat(ended)
                    .as("%s", ended)
                    .anySatisfy(e -> assertThat(e.output("reason")).contains("implement: turn-limit"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aModelThatNeverGivesAResultIsAskedAgainOnce(Real agent) {
        model.plays("mute");
        try (var story = story(agent, "")) {
            story.inputs.put("CONTINUE", "none");
            story.bug();

            story.rings();
            story.repo.scheduleEvent("0 * * * *", "pawl.yml");
            var ended = story.rings();

            assertThat(ended.getFirst().output("reason")).as("%s", ended).contains("plan: agent-result");
            assertThat(model.requests()).contains("Your result wasn't accepted");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfTheRepositorysConfigurationRuns(Real agent) {
        model.plays("write");
        try (var story = story(agent, "")) {
            story.maintainer.pushes(story.repo, "main", HostileConfiguration.files(canary()));
            story.github.takeEvents();
            story.bug();

            var ended = story.rings();

            assertThat(Story.moves(ended)).as("%s", ended).contains("plan advanced", "implement advanced");
            assertThat(canary()).as("made by what the repository configures").doesNotExist();
            assertThat(model.requests()).doesNotContain(HostileConfiguration.SERVER_TOOL);
            assertThat(occurrences(Pattern.quote(HostileConfiguration.INSTRUCTION)))
                    .as("its instructions are told as data, and never else")
                    .isPositive()
                    .isEqualTo(
                            occurrences("\\[data [0-9a-f]+: [A-Z]+\\.md\\]\\\\n" + HostileConfiguration.INSTRUCTION));
            assertThat(story.repo.file("main", ".claude/settings.json")).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCheckUpFindsItWellAndInTheVersionThatWasTried(Real agent) throws IOException {
        model.plays("story");
        Path policy = Files.writeString(folder.resolve("pawl.yml"), agent.policy(""));
        var environment = Map.of(
                "PATH",
                System.getenv("PATH"),
                "LANG",
                "C.UTF-8",
                "RUNNER_TEMP",
                folder.resolve("temp").toString(),
                agent.key,
                "test-0123456789abcdef");

        var ended = Program.underTest()
                .run(List.of("doctor", "--agents", "--json", "--policy", policy.toString()), environment, folder);

        assertThat(ended.exit()).as("%s", ended).isZero();
        assertThat(ended.out())
                .contains("which Pawl was tried with", "It answered in ")
                .doesNotContain("\"note\"");
    }

    private static long occurrences(String pattern) {
        return Pattern.compile(pattern).matcher(model.requests()).results().count();
    }
}
