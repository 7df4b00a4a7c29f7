package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.sandbox.SandboxIssue;
import java.nio.file.Path;
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
        CODEX("codex", "gpt-5", "/v1", "CODEX_API_KEY");

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
                      real: {kind: %s, model: %s, base_url: "%s", env: [%s, CANARY]%s}
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
        story.variables.put("CANARY", canary().toString());
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
            System.out.println(story.saidOn(issue).getFirst());
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
    @CsvSource({"401, blocked, access", "429, waiting, provider-limit", "500, waiting, provider-outage"})
    void aProvidersAnswerTellsTheKind(String status, String outcome, String kind) {
        for (Real agent : Real.values()) {
            model.plays(status);
            try (var story = new Story(folder.resolve(agent.kind), agent.policy(""))) {
                story.variables.put(agent.key, "test-0123456789abcdef");
                story.bug();

                var ended = story.rings();
                System.out.println(agent + " " + ended);

                assertThat(Story.moves(ended)).as("%s", ended).endsWith("plan " + outcome);
            }
        }
    }
}
