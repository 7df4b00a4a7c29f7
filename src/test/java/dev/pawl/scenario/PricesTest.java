package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.agent.process.Scripts;
import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that says tokens and no money: what it costs, where that is shown, and that it counts before the next start. */
@Tag(Program.TAG)
class PricesTest {
    private static final String POLICY = """
            agents:
              codex: {kind: codex, model: gpt-own, env: [CODEX_API_KEY]}
            limits: {cost_usd_per_issue: 2.5}
            validation:
              commands:
                - {name: test, run: [sh, ./test.sh]}
            """;
    private static final String DONE = "{\"version\":1,\"status\":\"ok\",\"summary\":\"done\",";

    @TempDir
    Path folder;

    /** A program that prints what Codex prints, and mends the sum. */
    @BeforeEach
    void codex() throws IOException {
        answers(
                "plan",
                DONE + "\"plan\":{\"approach\":\"Correct it.\",\"criteria\":[\"The test passes.\"],"
                        + "\"tasks\":[{\"id\":\"T1\",\"title\":\"Correct sum.txt\",\"kind\":\"implement\"}]}}");
        answers("work", DONE + "\"commit\":{\"type\":\"fix\",\"subject\":\"correct the sum\"}}");
        answers("review", DONE + "\"findings\":[]}");
        answers(
                "pull",
                DONE + "\"pull_request\":{\"title\":\"Correct it\",\"body\":\"Off by one.\",\"risk\":\"low\"}}");
        Scripts.script(folder.resolve("bin/codex"), """
                read -r heading
                cat > /dev/null
                case "$heading" in
                  '# Plan'*) stage=plan ;;
                  '# Work'*) stage=work; sed -i 's/= 5/= 4/' sum.txt ;;
                  '# Review'*) stage=review ;;
                  *) stage=pull ;;
                esac
                cat %s/$stage.jsonl
                """.formatted(folder.resolve("events")));
    }

    private void answers(String stage, String result) throws IOException {
        var json = new ObjectMapper();
        String message = json.writeValueAsString(
                Map.of("type", "item.completed", "item", Map.of("id", "i1", "type", "agent_message", "text", result)));
        Path file = folder.resolve("events").resolve(stage + ".jsonl");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "{\"type\":\"thread.started\",\"thread_id\":\"01a1fc10-545b-7b32-810e-eb089c7cbb31\"}\n" + message
                        + "\n{\"type\":\"turn.completed\",\"usage\":{\"input_tokens\":1000000,\"cached_input_tokens\":400000,"
                        + "\"cache_write_input_tokens\":0,\"output_tokens\":10000}}\n");
    }

    private Story story(String policy) {
        var story = new Story(folder, policy).checked();
        story.variables.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        story.variables.put("CODEX_API_KEY", "sk-1");
        return story;
    }

    @Test
    void tokensCostMoneyAndTheLimitHoldsBeforeTheNextStart() throws IOException {
        try (var story = story(POLICY + "prices: {gpt-own: {input: 2, output: 10, cache_read: 0.5}}\n")) {
            SandboxIssue issue = story.bug();

            var ended = story.rings();

            assertThat(Story.moves(ended))
                    .as("%s", ended)
                    .containsExactly("triage advanced", "plan advanced", "implement advanced", "validate advanced");
            assertThat(ended)
                    .filteredOn(e -> e.output("stage").equals("plan"))
                    .allSatisfy(e -> assertThat(e.output("cost-usd")).isEqualTo("1.5"));
            assertThat(ended.getLast().output("outcome")).isEqualTo("blocked");
            assertThat(issue.labels()).contains("pawl:blocked");
            assertThat(story.saidOn(issue).getFirst())
                    .containsPattern("\\| plan \\| [^|]* \\| 1 \\| [^|]* \\| \\$1\\.50 \\| 1\\.0M in, 10k out \\|")
                    .contains("the issue used up its money ($3.00 of $2.50)");
            assertThat(Files.readString(
                            folder.resolve("run-" + story.invocations()).resolve("summary")))
                    .contains("| $1.50 | 1.0M in, 10k out |");

            story.maintainer.comments(issue, "/pawl retry");
            assertThat(Story.moves(story.rings())).containsExactly("review advanced", "open_pr advanced");
        }
    }

    @Test
    void aModelWithoutAPriceCostsWhatNobodyKnows() {
        try (var story = story(POLICY)) {
            SandboxIssue issue = story.bug();

            var ended = story.rings();

            assertThat(Story.moves(ended)).last().isEqualTo("open_pr advanced");
            assertThat(story.saidOn(issue).getFirst())
                    .contains("| unknown | 1.0M in, 10k out |", "$0.00 of $2.50, and a cost that isn't known.");
        }
    }

    @Test
    void aPriceOfNothingIsKnown() {
        try (var story = story(POLICY + "prices: {gpt-own: {input: 0, output: 0}}\n")) {
            SandboxIssue issue = story.bug();

            var ended = story.rings();

            assertThat(Story.moves(ended)).last().isEqualTo("open_pr advanced");
            assertThat(story.saidOn(issue).getFirst())
                    .contains("|  | 1.0M in, 10k out |")
                    .doesNotContain("unknown", "isn't known");
        }
    }
}
