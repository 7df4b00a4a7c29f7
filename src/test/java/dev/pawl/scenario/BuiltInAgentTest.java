package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.agent.model.ScriptedProvider;
import dev.pawl.agent.model.ScriptedProvider.Asked;
import dev.pawl.agent.model.ScriptedProvider.Call;
import dev.pawl.agent.model.ScriptedProvider.Reply;
import dev.pawl.domain.policy.ModelProvider;
import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The built-in agent from label to pull request, with a provider of each form; and what a refusal of it looks like. */
@Tag(Program.TAG)
class BuiltInAgentTest {
    private static final String KEY = "sk-canary-4711-never-shown";
    private static final Pattern HEADING = Pattern.compile("# ([A-Z][a-z]+).* issue #1\n");

    @TempDir
    Path folder;

    private static String policy(ScriptedProvider provider, ModelProvider kind) {
        return """
                agents:
                  built-in: {kind: model, provider: %s, model: claude-haiku-4-5, base_url: "%s", env: [MODEL_KEY], tool_calls: 20}
                validation:
                  commands:
                    - {name: test, run: [sh, ./test.sh]}
                """.formatted(kind.word(), provider.base(kind));
    }

    /** A model that looks, mends, tests and submits. */
    private static Reply work(Asked asked) {
        var heading = HEADING.matcher(asked.prompt());
        assertThat(heading.find()).as(asked.prompt()).isTrue();
        int step = asked.results().size();
        return switch (heading.group(1)) {
            case "Triage" ->
                step == 0
                        ? Reply.call("search", "{\"text\":\"2 + 2\"}")
                        : submit("\"verdict\":{\"readiness\":\"ready\",\"type\":\"bug\",\"reason\":\"plain\"}");
            case "Plan" ->
                submit("\"plan\":{\"approach\":\"Correct it.\",\"criteria\":[\"The test passes.\"],"
                        + "\"tasks\":[{\"id\":\"T1\",\"title\":\"Correct sum.txt\",\"kind\":\"implement\"}]}");
            case "Work" ->
                switch (step) {
                    case 0 ->
                        new Reply.Calls(
                                List.of(new Call("list_files", "{}"), new Call("read_file", "{\"path\":\"sum.txt\"}")));
                    case 2 -> Reply.call("edit_file", "{\"path\":\"sum.txt\",\"old\":\"= 5\",\"new\":\"= 4\"}");
                    case 3 -> Reply.call("run", "{\"argv\":[\"sh\",\"-c\",\"sh ./test.sh && env\"]}");
                    default -> submit("\"commit\":{\"type\":\"fix\",\"subject\":\"correct the sum\"}");
                };
            case "Review" -> submit("\"findings\":[]");
            case "Pull" ->
                submit("\"pull_request\":{\"title\":\"Correct the sum\",\"body\":\"Off by one.\",\"risk\":\"low\"}");
            default -> throw new AssertionError(heading.group());
        };
    }

    private static Reply submit(String fields) {
        return Reply.call("submit_result", "{\"status\":\"ok\",\"summary\":\"done\"," + fields + "}");
    }

    @ParameterizedTest
    @EnumSource(ModelProvider.class)
    void aBugBecomesAPullRequest(ModelProvider kind) {
        try (var provider = new ScriptedProvider().otherwise(BuiltInAgentTest::work);
                var story = new Story(folder, policy(provider, kind)).checked()) {
            story.variables.put("MODEL_KEY", KEY);
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
            assertThat(story.repo.pullRequests()).hasSize(1);
            assertThat(provider.asked()).allSatisfy(asked -> {
                assertThat(asked.provider()).isEqualTo(kind);
                assertThat(asked.body().toString()).doesNotContain(KEY);
            });
            String ran = provider.asked().stream()
                    .filter(asked -> asked.results().size() == 4)
                    .findFirst()
                    .orElseThrow()
                    .results()
                    .getLast();
            assertThat(ran).contains("exit code 0", "PATH=").doesNotContain("MODEL_KEY", "GITHUB_", "INPUT_");
            assertThat(ended).allSatisfy(e -> assertThat(e.log()).doesNotContain(KEY));
            assertThat(String.join("\n", story.saidOn(issue)))
                    .contains(kind == ModelProvider.ANTHROPIC ? "$0.01" : "$0.00")
                    .doesNotContain(KEY);
        }
    }

    @ParameterizedTest
    @CsvSource({"401, blocked, refuses the key", "429, waiting, provider", "500, waiting, provider"})
    void aProviderThatRefusesStopsTheStage(int status, String outcome, String said) {
        try (var provider = new ScriptedProvider().otherwise(_ -> Reply.of(status));
                var story = new Story(folder, policy(provider, ModelProvider.ANTHROPIC)).checked()) {
            story.variables.put("MODEL_KEY", KEY);
            SandboxIssue issue = story.bug();

            var ended = story.rings();

            assertThat(Story.moves(ended)).as("%s", ended).last().isEqualTo("plan " + outcome);
            assertThat(story.saidOn(issue).getLast()).contains(said);
        }
    }

    @Test
    void withoutItsKeyTheIssueSaysWhatIsMissing() {
        try (var provider = new ScriptedProvider();
                var story = new Story(
                                folder,
                                policy(provider, ModelProvider.ANTHROPIC)
                                        .replace(provider.base(ModelProvider.ANTHROPIC), "https://models.invalid"))
                        .checked()) {
            SandboxIssue issue = story.bug();

            assertThat(Story.moves(story.rings())).last().isEqualTo("plan blocked");
            assertThat(story.saidOn(issue).getLast())
                    .contains("The variable with the key of agent built-in isn't set.");
            assertThat(provider.asked()).isEmpty();
        }
    }
}
