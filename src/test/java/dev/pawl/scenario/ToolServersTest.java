package dev.pawl.scenario;

import static dev.pawl.agent.mcp.ScriptedServer.answer;
import static dev.pawl.agent.mcp.ScriptedServer.text;
import static dev.pawl.agent.mcp.ScriptedServer.tools;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.agent.mcp.HttpServerOfTools;
import dev.pawl.agent.mcp.ScriptedServer;
import dev.pawl.agent.model.ScriptedProvider;
import dev.pawl.agent.model.ScriptedProvider.Asked;
import dev.pawl.agent.model.ScriptedProvider.Reply;
import dev.pawl.domain.policy.ModelProvider;
import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built-in agent with servers of tools, one a program and one behind HTTP, from label to pull request; and without. */
@Tag(Program.TAG)
class ToolServersTest {
    private static final String TOKEN = "t-canary-4711-never-shown";
    private static final Pattern HEADING = Pattern.compile("# ([A-Z][a-z]+).* issue #1\n");

    @TempDir
    Path folder;

    private String policy(ScriptedProvider provider, HttpServerOfTools http, ScriptedServer script) {
        return """
                agents:
                  built-in:
                    kind: model
                    provider: openai
                    model: m
                    base_url: "%s"
                    mcp:
                      docs: {run: ["%s"], env: [DOCS_TOKEN], read_only: [look]}
                      desk: {url: "%s", token: DESK_TOKEN, tools: [note]}
                validation:
                  commands:
                    - {name: test, run: [sh, ./test.sh]}
                """.formatted(provider.base(ModelProvider.OPENAI), script.in(folder.resolve("docs")), http.address());
    }

    private static Reply work(Asked asked) {
        var heading = HEADING.matcher(asked.prompt());
        assertThat(heading.find()).as(asked.prompt()).isTrue();
        int step = asked.results().size();
        return switch (heading.group(1)) {
            case "Plan" ->
                step == 0
                        ? Reply.call("docs__look", "{\"word\":\"sum\"}")
                        : submit("\"plan\":{\"approach\":\"Correct it.\",\"criteria\":[\"The test passes.\"],"
                                + "\"tasks\":[{\"id\":\"T1\",\"title\":\"Correct sum.txt\",\"kind\":\"implement\"}]}");
            case "Work" ->
                switch (step) {
                    case 0 -> Reply.call("desk__note", "{\"text\":\"begun\"}");
                    case 1 -> Reply.call("edit_file", "{\"path\":\"sum.txt\",\"old\":\"= 5\",\"new\":\"= 4\"}");
                    default -> submit("\"commit\":{\"type\":\"fix\",\"subject\":\"correct the sum\"}");
                };
            case "Review" -> submit("\"findings\":[]");
            default ->
                submit("\"pull_request\":{\"title\":\"Correct the sum\",\"body\":\"Off by one.\",\"risk\":\"low\"}");
        };
    }

    private static Reply submit(String fields) {
        return Reply.call("submit_result", "{\"status\":\"ok\",\"summary\":\"done\"," + fields + "}");
    }

    private static Function<HttpServerOfTools.Asked, HttpServerOfTools.Reply> desk() {
        var fine = HttpServerOfTools.fine(tools("note", "erase"), text("noted"));
        return asked -> asked.method().equals("tools/call")
                ? HttpServerOfTools.Reply.events("data: " + asked.message(text("noted")) + "\n\n")
                        .andStays()
                : fine.apply(asked).with("Mcp-Session-Id", "s-1");
    }

    @Test
    void aBugBecomesAPullRequestWithTheirHelp() {
        var docs = new ScriptedServer()
                .list(answer(tools("look", "change")))
                .call(answer(text("2 and 2 are 4. '\"$DOCS_TOKEN\"'")));
        try (var provider = new ScriptedProvider().otherwise(ToolServersTest::work);
                var http = new HttpServerOfTools(desk());
                var story = new Story(folder, policy(provider, http, docs)).checked()) {
            story.variables.put("DOCS_TOKEN", TOKEN);
            story.variables.put("DESK_TOKEN", "desk-" + TOKEN);
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
            assertThat(provider.asked()).allSatisfy(asked -> {
                assertThat(asked.tools()).contains("docs__look").doesNotContain("desk__erase");
                assertThat(asked.tools().contains("desk__note"))
                        .isEqualTo(asked.prompt().startsWith("# Work"));
                assertThat(asked.tools().contains("docs__change"))
                        .isEqualTo(asked.prompt().startsWith("# Work"));
                assertThat(asked.body().toString()).doesNotContain(TOKEN);
            });
            assertThat(provider.asked().get(1).results().getFirst()).contains("2 and 2 are 4. (a key)");
            assertThat(http.methods())
                    .containsExactly("initialize", "notifications/initialized", "tools/list", "tools/call", "DELETE");
            assertThat(http.asked().getFirst().header("Authorization")).isEqualTo("Bearer desk-" + TOKEN);
            assertThat(ended).allSatisfy(e -> assertThat(e.log()).doesNotContain(TOKEN));
            assertThat(String.join("\n", story.saidOn(issue))).doesNotContain(TOKEN);
        }
    }

    @Test
    void theIssueSaysWhichServerIsMissing() {
        try (var provider = new ScriptedProvider().otherwise(ToolServersTest::work);
                var http = new HttpServerOfTools(_ -> HttpServerOfTools.Reply.of(503));
                var story = new Story(
                                folder,
                                policy(provider, http, new ScriptedServer())
                                        .replace("tools: [note]", "read_only: [note]"))
                        .checked()) {
            SandboxIssue issue = story.bug();

            assertThat(Story.moves(story.rings())).last().isEqualTo("plan blocked");
            assertThat(story.saidOn(issue).getLast())
                    .contains("The variable with the token of the MCP server desk of agent built-in isn't set, or holds"
                            + " no token: give it a value in the step.");

            story.variables.put("DESK_TOKEN", TOKEN);
            story.maintainer.comments(issue, "/pawl retry");
            assertThat(Story.moves(story.rings())).last().isEqualTo("plan waiting");
            assertThat(story.saidOn(issue).toString())
                    .contains("provider-outage: the MCP server desk of agent built-in can't be reached, or broke off"
                            + " (HTTP 503)");
            assertThat(provider.asked()).isEmpty();
        }
    }
}
