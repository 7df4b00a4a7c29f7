package dev.pawl.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.provider.CsvSource;

/** How programs that speak the protocol are run, with shell scripts that speak a little of it. */
class AcpAgentsTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int MOST_CALLS = 5;
    private static final String DONE = "{\"version\":1,\"status\":\"ok\",\"summary\":\"done\"}";

    /** What the scripts say and hear: each request is written down, and its id kept. */
    private static final String WORDS = """
            hear() {
              IFS= read -r line || exit 0
              printf '%s\\n' "$line" >> SEEN
              id=$(printf '%s' "$line" | sed 's/^{"jsonrpc":"2.0","id":\\([0-9]*\\),.*/\\1/')
            }
            answer() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\\n' "$id" "$1"; }
            fault() { printf '{"jsonrpc":"2.0","id":%s,"error":%s}\\n' "$id" "$1"; }
            update() { printf '{"jsonrpc":"2.0","method":"session/update","params":{"sessionId":"s-1","update":%s}}\\n' "$1"; }
            prompted() {
              hear; answer '{"protocolVersion":1}'
              hear; answer '{"sessionId":"s-1"}'
              hear
            }
            may() {
              printf '{"jsonrpc":"2.0","id":9,"method":"session/request_permission","params":{"toolCall":%s,"options":%s}}\\n' \\
                "$1" '[{"optionId":"yes","kind":"allow_once"},{"optionId":"no","kind":"reject_once"}]'
              IFS= read -r line || exit 0
              printf '%s\\n' "$line" >> SEEN
              case "$line" in *'"yes"'*) return 0 ;; *) return 1 ;; esac
            }
            done='{"stopReason":"end_turn"}'
            """;

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
        assertThat(tree().resolve(".pawl-result.json")).as("the result file").doesNotExist();
    }

    @Test
    void aTurnThatEndsWithAResultIsDone() {
        agent(
                "prompted; echo more > new.txt; echo '" + DONE + "' > \"$PAWL_RESULT\";"
                        + " answer '{\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":10,\"outputTokens\":5}}'; hear; exit 3");

        assertThat(run(StageKind.IMPLEMENT)).isInstanceOfSatisfying(AgentOutcome.Finished.class, finished -> {
            assertThat(finished.result().summary().raw()).isEqualTo("done");
            assertThat(finished.usage()).isEqualTo(new Usage(Optional.empty(), 10, 5, Usd.ZERO, 1));
        });
        assertThat(tree().resolve("new.txt")).hasContent("more\n");
        assertThat(seen())
                .contains(
                        "\"cwd\":\"" + tree() + "\"",
                        "# Work on issue #42",
                        "to the file `" + tree() + "/.pawl-result.json`");
    }

    @Test
    void theEnvironmentHoldsWhatThePolicyNamesAndNothingOfTheRunners() {
        agent("env > SEEN.env; exit 0");

        run(StageKind.IMPLEMENT);

        assertThat(text("seen.env"))
                .contains("SOME_KEY=sk-1\n", "PAWL_RESULT=" + tree() + "/.pawl-result.json\n")
                .doesNotContain("ghs_x", "GITHUB_", "OTHER=");
    }

    @Test
    void aReadingStageWritesItsResultAndDoesNothingElse() {
        agent("""
                prompted
                may '{"toolCallId":"c1","kind":"execute","rawInput":{"command":"rm -r ."}}' && touch TREE/gone
                may '{"toolCallId":"c2","kind":"edit","locations":[{"path":"TREE/a.txt"}]}' && touch TREE/gone
                may '{"toolCallId":"c3","kind":"read","locations":[{"path":"/etc/passwd"}]}' && touch TREE/gone
                may '{"toolCallId":"c4","kind":"read","locations":[{"path":"TREE/a.txt"}]}' || touch TREE/gone
                may '{"toolCallId":"c5","kind":"edit","locations":[{"path":"TREE/.pawl-result.json"}]}' || exit 1
                echo 'GOOD' > "$PAWL_RESULT"
                answer "$done"
                """.replace("GOOD", DONE.replace("\"done\"", "\"done\",\"findings\":[]")));

        assertThat(run(StageKind.REVIEW)).isInstanceOf(AgentOutcome.Finished.class);
        assertThat(tree().resolve("gone")).doesNotExist();
    }

    @Test
    void aStageThatWorksMayDoEverythingInsideTheWorkTree() {
        agent("""
                prompted
                may '{"toolCallId":"c1","kind":"execute","rawInput":{"command":"make"}}' || exit 1
                may '{"toolCallId":"c2","kind":"edit","locations":[{"path":"TREE/a.txt"}]}' || exit 1
                may '{"toolCallId":"c3","kind":"edit","locations":[{"path":"/etc/passwd"}]}' && exit 1
                may '{"toolCallId":"c4","kind":"switch_mode"}' && exit 1
                echo 'GOOD' > "$PAWL_RESULT"
                answer "$done"
                """.replace("GOOD", DONE));

        assertThat(run(StageKind.IMPLEMENT)).isInstanceOf(AgentOutcome.Finished.class);
    }

    @Test
    void whoEndsItsTurnOverARefusedToolIsSentOn() {
        agent("""
                prompted
                may '{"toolCallId":"c1","kind":"execute"}' && exit 1
                answer "$done"
                hear
                echo 'GOOD' > "$PAWL_RESULT"
                answer "$done"
                """.replace("GOOD", DONE.replace("\"done\"", "\"done\",\"findings\":[]")));

        assertThat(run(StageKind.REVIEW)).isInstanceOf(AgentOutcome.Finished.class);
        assertThat(seen()).contains("A tool that you called was refused.\\n\\nThis step only reads");
    }

    @Test
    void whoIsRefusedAgainAndAgainAndGivesNoResultFailedForThat() {
        agent("prompted; while :; do may '{\"toolCallId\":\"c\",\"kind\":\"execute\"}'; answer \"$done\"; hear; done");

        assertThat(run(StageKind.REVIEW)).isInstanceOfSatisfying(AgentOutcome.Failed.class, f -> {
            assertThat(f.kind()).isEqualTo(FailureKind.TOOL_DENIED);
            assertThat(f.reason())
                    .isEqualTo("The agent was refused a tool that this stage doesn't allow, and gave no result.");
        });
    }

    @Test
    void anInvalidResultIsToldOnceInTheSameSession() {
        agent("prompted; echo '{}' > \"$PAWL_RESULT\"; answer \"$done\"; hear; [ -e \"$PAWL_RESULT\" ] && exit 1;"
                + " echo '" + DONE + "' > \"$PAWL_RESULT\"; answer \"$done\"");

        assertThat(run(StageKind.IMPLEMENT)).isInstanceOf(AgentOutcome.Finished.class);
        assertThat(seen())
                .contains("Your result wasn't accepted:\\n\\n- /version: expected, but missing")
                .containsOnlyOnce("session/new");
    }

    @Test
    void whoIsWrongTwiceHasFailed() {
        agent("prompted; while :; do echo nonsense > \"$PAWL_RESULT\"; answer \"$done\"; hear; done");

        assertThat(run(StageKind.IMPLEMENT)).isInstanceOfSatisfying(AgentOutcome.Failed.class, f -> {
            assertThat(f.kind()).isEqualTo(FailureKind.AGENT_RESULT);
            assertThat(f.reason()).isEqualTo("The agent's result isn't what was asked for.");
            assertThat(f.usage().turns()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max_tokens | AGENT_RESULT | The model's answer was cut off at its longest.",
                "max_turn_requests | TURN_LIMIT | The agent used up its turns.",
                "refusal | AGENT_RESULT | The agent refused to go on.",
                "cancelled | AGENT_RESULT | The agent cancelled its own turn.",
                "bored | AGENT_RESULT | The agent ended its turn for a reason that the protocol doesn't have."
            })
    void aTurnThatEndsOtherwiseHasNoResult(String reason, FailureKind kind, String said) {
        agent("prompted; echo '" + DONE + "' > \"$PAWL_RESULT\"; answer '{\"stopReason\":\"" + reason + "\"}'");

        assertThat(run(StageKind.IMPLEMENT)).isEqualTo(failed(kind, said, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'code':401} | ACCESS | The model's provider refused access (401).",
                "{'code':-32603,'data':{'details':'429 slow down'}} | PROVIDER_LIMIT | The model's provider limits us (429).",
                "{'code':-32603,'data':{'errorName':'APIError'}} | PROVIDER_OUTAGE | The agent says that its model's provider failed, and not how.",
                "{'code':-32603,'data':{'errorName':'ProviderAuthError'}} | ACCESS | The model's provider refused access.",
                "{'code':-32000} | ACCESS | The agent wants somebody to log in: name its key's variable in its env, and give it a value in the step.",
                "{'code':-32603,'message':'429'} | AGENT_CRASH | The agent answered with an error (-32603)."
            })
    void anErrorsFieldsTellTheKind(String error, FailureKind kind, String said) {
        agent("prompted; fault '" + error.replace('\'', '"') + "'; exit 0");

        assertThat(run(StageKind.IMPLEMENT)).isEqualTo(failed(kind, said, 1));
    }

    @Test
    void whoCallsTooManyToolsIsCancelled() {
        agent("""
                prompted
                for i in 1 2 3 4 5 6 7 8; do
                  update "{\\"sessionUpdate\\":\\"tool_call\\",\\"toolCallId\\":\\"c$i\\"}"
                done
                hear
                """);

        assertThat(run(StageKind.IMPLEMENT)).isInstanceOfSatisfying(AgentOutcome.Failed.class, f -> {
            assertThat(f.kind()).isEqualTo(FailureKind.TURN_LIMIT);
            assertThat(f.reason()).isEqualTo("The agent was stopped at its limit of 5 tool calls.");
        });
        assertThat(seen()).contains("session/cancel");
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "0, false"})
    void aProgramThatBreaksOffHasCrashedWhateverItsCode(int code, boolean prompted) {
        agent("echo garbage; " + (prompted ? "prompted; " : "") + "echo '" + DONE + "' > \"$PAWL_RESULT\"; exit "
                + code);

        assertThat(run(StageKind.IMPLEMENT))
                .isEqualTo(failed(
                        FailureKind.AGENT_CRASH,
                        prompted
                                ? "The agent broke off in the middle of its turn."
                                : "The program ended without a word of the Agent Client Protocol's: look at its run in the policy.",
                        prompted ? 1 : 0));
    }

    @Test
    void aFloodOfGarbageIsStopped() {
        agent("yes garbage");

        assertThat(run(StageKind.IMPLEMENT))
                .isEqualTo(failed(FailureKind.AGENT_RESULT, "The agent was stopped: it printed too much.", 0));
    }

    @Test
    void aModelThatSaysNothingUntilTheTimeIsOverIsOutAndTheAgentIsTold() {
        agent("prompted; hear; hear");
        assertThat(run(StageKind.IMPLEMENT, Duration.ofSeconds(2)))
                .isEqualTo(failed(FailureKind.PROVIDER_OUTAGE, "The model gave no answer within 2 seconds.", 1));
        assertThat(seen()).contains("session/cancel");

        agent("prompted; update '{\"sessionUpdate\":\"agent_message_chunk\"}'; trap '' TERM; exec sleep 100");
        assertThat(run(StageKind.IMPLEMENT, Duration.ofSeconds(2)))
                .isEqualTo(
                        failed(FailureKind.AGENT_TIMEOUT, "The agent was stopped at its time limit of 2 seconds.", 1));
    }

    @Test
    void everybodysConfigurationIsOutOfSightAndBackAfterwards() throws IOException {
        var files = List.of(
                ".claude/settings.json",
                ".mcp.json",
                ".codex/config.toml",
                ".cursor/mcp.json",
                ".env",
                ".gemini/settings.json",
                ".github/hooks/x.json",
                ".github/copilot-instructions.md",
                ".opencode/plugin/x.js",
                "opencode.json",
                "opencode.jsonc",
                ".qwen/settings.json",
                "AGENTS.md",
                "CLAUDE.md",
                "GEMINI.md",
                "QWEN.md",
                ".pawl-result.json");
        for (String file : files) {
            Files.createDirectories(tree().resolve(file).getParent());
            Files.writeString(tree().resolve(file), "x");
        }
        Files.createDirectories(tree().resolve(".github/workflows"));
        agent("find . -type f > SEEN.files; rm -r .github; ln -s /tmp .github; mkdir .claude; touch .claude/y");

        run(StageKind.IMPLEMENT);

        assertThat(text("seen.files")).isEmpty();
        for (String file : files) {
            assertThat(tree().resolve(file)).hasContent("x");
        }
        assertThat(tree().resolve(".claude/y")).doesNotExist();
        Files.delete(tree().resolve(".pawl-result.json"));
    }

    @Test
    void aFolderThatIsALinkIsNobodysConfiguration() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/hooks"));
        Files.createSymbolicLink(tree().resolve(".github"), folder.resolve("elsewhere"));
        agent("test -d " + elsewhere + " && echo there > SEEN.files");

        run(StageKind.IMPLEMENT);

        assertThat(text("seen.files")).isEqualTo("there\n");
    }

    @Test
    void aKnownProgramGetsItsSwitches() {
        Scripts.script(
                folder.resolve("bin/opencode"),
                "echo \"$*\" > SEEN.env; env >> SEEN.env; cat \"$OPENCODE_CONFIG\" >> SEEN.env"
                        .replace("SEEN", folder.resolve("seen").toString()));

        run(StageKind.PLAN, agent(List.of("opencode", "acp")), LONG);

        assertThat(text("seen.env"))
                .startsWith("acp --pure\n")
                .contains("OPENCODE_DISABLE_PROJECT_CONFIG=1\n")
                .endsWith("{\"share\":\"disabled\",\"autoupdate\":false,\"permission\":"
                        + "{\"edit\":\"ask\",\"bash\":\"deny\",\"external_directory\":\"ask\"}}");
    }

    @Test
    void theRepositorysOwnProgramComesFromTheBaseAndIsNeverAKnownOne() {
        Scripts.script(folder.resolve("base"), "echo \"$*\" > " + folder.resolve("seen.env"));
        BaseFiles base = (tree, sha, path) ->
                path.equals("./tools/gemini") ? Optional.of(folder.resolve("base")) : Optional.empty();

        run(StageKind.PLAN, agent(List.of("./tools/gemini", "--acp")), LONG, base);

        assertThat(text("seen.env")).isEqualTo("--acp\n");
    }

    @Test
    void whatIsMissingIsSaidWithWhatToDo() {
        assertThat(run(StageKind.PLAN, agent(List.of("no-such-agent")), LONG))
                .isEqualTo(new AgentOutcome.Failed(
                        FailureKind.ACCESS,
                        "The program of agent mine is missing: install it before Pawl runs.",
                        List.of("no-such-agent"),
                        Optional.empty(),
                        Usage.NONE));
        var spec =
                new AgentSpec("mine", AgentSpec.Kind.ACP, Optional.empty(), List.of("some-agent"), List.of("NO_KEY"));
        assertThat(run(StageKind.PLAN, spec, LONG))
                .isEqualTo(new AgentOutcome.Failed(
                        FailureKind.ACCESS,
                        "Agent mine has no key: give a variable of its env a value in the step.",
                        List.of("NO_KEY"),
                        Optional.empty(),
                        Usage.NONE));
        var named = new AgentSpec("mine", AgentSpec.Kind.ACP, Optional.of("big"), List.of("some-agent"), List.of());
        agent("prompted");
        assertThat(run(StageKind.PLAN, named, LONG))
                .isEqualTo(failed(
                        FailureKind.ACCESS,
                        "The agent doesn't offer the model big: name one that it does, or leave it out.",
                        0));
    }

    private static AgentSpec agent(List<String> run) {
        return new AgentSpec(
                "mine",
                AgentSpec.Kind.ACP,
                Optional.empty(),
                run,
                List.of("SOME_KEY"),
                new AgentOptions(Optional.empty(), Optional.empty(), Map.of(), MOST_CALLS));
    }

    /** Writes the agent. */
    private void agent(String script) {
        Scripts.script(
                folder.resolve("bin/some-agent"),
                (WORDS + script)
                        .replace("TREE", tree().toString())
                        .replace("SEEN", folder.resolve("seen").toString()));
    }

    private AgentOutcome run(StageKind stage) {
        return run(stage, LONG);
    }

    private AgentOutcome run(StageKind stage, Duration limit) {
        return run(stage, agent(List.of("some-agent")), limit);
    }

    private AgentOutcome run(StageKind stage, AgentSpec agent, Duration limit) {
        return run(stage, agent, limit, BaseFiles.ofWorkTree());
    }

    private AgentOutcome run(StageKind stage, AgentSpec agent, Duration limit, BaseFiles base) {
        var environment = new HashMap<>(Map.of("GITHUB_TOKEN", "ghs_x", "GH_TOKEN", "ghs_x", "OTHER", "1"));
        environment.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        environment.put("SOME_KEY", "sk-1");
        var host = new Host(environment, folder.resolve("scratch"), base, Duration.ofSeconds(1));
        var prompts = new Prompts(PathRules.DEFAULT, () -> UUID.randomUUID().toString());
        return new AcpAgents(runner, prompts, host, InstantSource.system())
                .run(Requests.least(stage, agent, limit), tree());
    }

    private Path tree() {
        try {
            return Files.createDirectories(folder.resolve("tree")).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String seen() {
        return text("seen");
    }

    private String text(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AgentOutcome failed(FailureKind kind, String reason, int turns) {
        return new AgentOutcome.Failed(
                kind, reason, List.of(), Optional.empty(), new Usage(Optional.empty(), 0, 0, Usd.ZERO, turns));
    }
}
