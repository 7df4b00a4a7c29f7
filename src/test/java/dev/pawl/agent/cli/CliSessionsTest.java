package dev.pawl.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.agent.Requests;
import dev.pawl.agent.command.CommandAgents.Host;
import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.agent.process.Scripts;
import dev.pawl.agent.prompt.Prompts;
import dev.pawl.agent.session.Sessions;
import dev.pawl.domain.policy.AgentOptions;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.PathRules;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.AgentSession;
import dev.pawl.domain.port.AgentSession.Beginning;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts that go on with the conversation of another run, each in a home of its own. */
class CliSessionsTest {
    private static final String DONE = "{\"version\":1,\"status\":\"ok\",\"summary\":\"done\"}";
    private static final String TASK = "a".repeat(64);

    /** Keeps its conversation as Claude Code does, and goes on with one that is there; answers as {@code answer} says. */
    private static final String CLAUDE = """
            id=s-$(cat COUNT 2>/dev/null || echo 0)
            case "$*" in *"--resume "*) id=${*#*--resume }; id=${id%% *} ;; esac
            echo "$*" >> ARGUMENTS
            file=$HOME/.claude/projects/pawl/$id.jsonl
            case "$*" in
              *"--resume "*)
                if ! [ -f "$file" ]; then
                  echo "No conversation found with session ID: $id" >&2
                  echo '{"type":"result","subtype":"error_during_execution","is_error":true,"session_id":"'"$id"'"}'
                  exit 1
                fi ;;
              *)
                file=$HOME/.claude/projects/-somewhere/$id.jsonl
                mkdir -p "$HOME/.claude/projects/-somewhere" ;;
            esac
            cat > SEEN-prompt
            echo "turn" >> "$file"
            cp "$file" SEEN-history
            echo '{"type":"assistant","session_id":"'"$id"'","message":{"model":"m","content":[]}}'
            """;

    @TempDir
    Path folder = Path.of("");

    private final ProcessRunner runner =
            new ProcessRunner(InstantSource.system(), () -> UUID.randomUUID().toString());

    @AfterEach
    void nothingIsLeft() throws IOException {
        runner.close();
        try (var left = Files.list(folder.resolve("scratch"))) {
            assertThat(left).as("private folders").isEmpty();
        }
    }

    @Test
    void theNextAttemptGoesOnInTheSameConversation() {
        claude(result(0.5));
        AgentOutcome first = run(Optional.empty());
        AgentOutcome second = run(Optional.of("s-0"));
        AgentOutcome third = run(Optional.of("s-0"));

        assertThat(first.session()).isEqualTo(session("s-0", Beginning.UNTOLD));
        assertThat(second.session()).isEqualTo(session("s-0", Beginning.RESUMED));
        assertThat(third.session()).isEqualTo(session("s-0", Beginning.RESUMED));
        assertThat(text("history")).isEqualTo("turn\nturn\nturn\n");
        assertThat(text("prompt"))
                .startsWith("This conversation goes on: it is your own of an earlier attempt.")
                .contains("The work tree is now `" + tree() + "`")
                .contains("# Work on issue #42");
        assertThat(arguments()).element(2).asString().contains("--resume s-0", "--system-prompt-snapshot off");
        assertThat(arguments().getFirst()).doesNotContain("--resume", "snapshot");
    }

    @Test
    void whatWasPaidForBeforeIsNotPaidForAgain() {
        claude(result(0.5));
        assertThat(run(Optional.empty()).usage()).isEqualTo(usage(10, 500_000));
        claude(result(0.75));
        assertThat(run(Optional.of("s-0")).usage()).isEqualTo(usage(10, 250_000));
        claude(result(0.75));
        assertThat(run(Optional.of("s-0")).usage()).isEqualTo(usage(10, 0));
        claude(result(0.2));
        assertThat(run(Optional.of("s-0")).usage())
                .as("less than before: it counts in full")
                .isEqualTo(usage(10, 200_000));
        claude("exit 1");
        run(Optional.of("s-0"));
        claude(result(0.3));
        assertThat(run(Optional.of("s-0")).usage())
                .as("a run that told nothing changes nothing")
                .isEqualTo(usage(10, 100_000));
    }

    @Test
    void tokensThatTheProgramGoesOnCountingAreCountedOnce() {
        Scripts.script(folder.resolve("bin/codex"), """
                mkdir -p $HOME/.codex/sessions/1
                file=$HOME/.codex/sessions/1/rollout-x-01a2192a.jsonl
                [ -f $HOME/.codex/sessions/2000/01/01/rollout-2000-01-01T00-00-00-01a2192a.jsonl ] \\
                    && file=$HOME/.codex/sessions/2000/01/01/rollout-2000-01-01T00-00-00-01a2192a.jsonl
                echo turn >> $file
                n=$(wc -l < $file)
                echo '{"type":"thread.started","thread_id":"01a2192a"}'
                echo '{"type":"item.completed","item":{"type":"agent_message","text":"{\\"version\\":1,\\"status\\":\\"ok\\",\\"summary\\":\\"done\\"}"}}'
                echo '{"type":"turn.completed","usage":{"input_tokens":'$((n * 1000))',"output_tokens":'$((n * 50))'}}'
                """);

        assertThat(run(AgentSpec.Kind.CODEX, Optional.empty()).usage()).isEqualTo(tokens(1000, 50));
        assertThat(run(AgentSpec.Kind.CODEX, Optional.of("01a2192a")).usage()).isEqualTo(tokens(1000, 50));
        AgentOutcome third = run(AgentSpec.Kind.CODEX, Optional.of("01a2192a"));
        assertThat(third.usage()).isEqualTo(tokens(1000, 50));
        assertThat(third.session()).isEqualTo(session("01a2192a", Beginning.RESUMED));
    }

    @Test
    void aSessionThatCanNotBeResumedBeginsAnewAtOnceAndTwiceIsEnough() throws IOException {
        claude(result(0.5));
        run(Optional.empty());
        for (int i = 1; i <= 2; i++) {
            Files.writeString(folder.resolve("count"), Integer.toString(i));
            claude("case \"$*\" in *--resume*) exit 1 ;; esac\n", result(0.5));

            AgentOutcome outcome = run(Optional.of("s-" + (i - 1)));

            assertThat(outcome).isInstanceOf(AgentOutcome.Finished.class);
            assertThat(outcome.session()).isEqualTo(session("s-" + i, Beginning.REFUSED));
            assertThat(text("history")).isEqualTo("turn\n");
            assertThat(text("prompt")).startsWith("# Work on issue #42");
        }
        Files.delete(folder.resolve("arguments"));

        AgentOutcome outcome = run(Optional.of("s-2"));

        assertThat(outcome.session().beginning()).isEqualTo(Beginning.GIVEN_UP);
        assertThat(arguments()).singleElement().asString().doesNotContain("--resume");
    }

    @Test
    void anErrorOfTheProgramsOwnBeforeTheModelAnsweredIsTheSessions() {
        claude(result(0.5));
        run(Optional.empty());
        claude(
                "case \"$*\" in *--resume*)"
                        + " echo '{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true,\"api_error_status\":400}'; exit 1;; esac\n",
                result(0.5));

        assertThat(run(Optional.of("s-0")).session().beginning())
                .as("a conversation that is too long for the model")
                .isEqualTo(Beginning.REFUSED);
    }

    @Test
    void aProvidersRefusalIsNotTheSessions() {
        claude(result(0.5));
        run(Optional.empty());
        claude(
                "echo '{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true,\"api_error_status\":429}'; exit 1\n",
                "");

        AgentOutcome limited = run(Optional.of("s-0"));

        assertThat(limited)
                .isInstanceOfSatisfying(
                        AgentOutcome.Failed.class, f -> assertThat(f.kind()).isEqualTo(FailureKind.PROVIDER_LIMIT));
        claude(result(0.5));
        assertThat(run(Optional.of("s-0")).session()).isEqualTo(session("s-0", Beginning.RESUMED));
    }

    @Test
    void whoBreaksOffAfterAnAnswerHasFailedAndGoesOnNextTime() {
        claude(result(0.5));
        run(Optional.empty());
        claude("exit 3");

        AgentOutcome broken = run(Optional.of("s-0"));

        assertThat(broken)
                .isInstanceOfSatisfying(
                        AgentOutcome.Failed.class, f -> assertThat(f.kind()).isEqualTo(FailureKind.AGENT_CRASH));
        assertThat(broken.session()).isEqualTo(session("s-0", Beginning.RESUMED));
        assertThat(text("history")).isEqualTo("turn\nturn\n");
        claude(result(0.5));
        run(Optional.of("s-0"));
        assertThat(text("history")).isEqualTo("turn\nturn\nturn\n");
    }

    @Test
    void aSessionIsTheProgramsToNameAndNotTheModels() {
        claude(result(0.5).replace("\"summary\"", "\"session\":\"evil\",\"summary\""));

        assertThat(run(Optional.empty()).session()).isEqualTo(session("s-0", Beginning.UNTOLD));
    }

    @Test
    void whatPeopleChangedBeginsAnew() {
        claude(result(0.5));
        run(Optional.empty());

        AgentOutcome outcome =
                run(AgentSpec.Kind.CLAUDE_CODE, new AgentRequest.Conversation(1, "b".repeat(64), Optional.of("s-0")));

        assertThat(outcome.session()).isEqualTo(session("s-0", Beginning.CHANGED));
        assertThat(text("history")).isEqualTo("turn\n");
        assertThat(arguments().getLast()).doesNotContain("--resume");
    }

    @Test
    void anInvalidResultIsToldToTheResumedConversation() {
        claude(result(0.5));
        run(Optional.empty());
        claude("""
                if grep -q "wasn't accepted" SEEN-prompt; then RIGHT; else WRONG; fi
                """.replace("RIGHT", result(1.5)).replace("WRONG", result(1.0).replace("\"ok\"", "\"fine\"")));

        AgentOutcome outcome = run(Optional.of("s-0"));

        assertThat(outcome).isInstanceOf(AgentOutcome.Finished.class);
        assertThat(outcome.usage()).isEqualTo(new Usage(Optional.empty(), 20, 10, Usd.ofMicros(1_000_000), 2));
        assertThat(text("history")).isEqualTo("turn\nturn\nturn\n");
    }

    @Test
    void theAgentsKeyIsNotKept() {
        claude("echo ANTHROPIC_API_KEY=sk-1-canary >> \"$file\"; cp \"$file\" SEEN-history\n" + result(0.5));
        run(Optional.empty());
        assertThat(text("history")).contains("ANTHROPIC_API_KEY=sk-1-canary");

        run(Optional.of("s-0"));

        assertThat(text("history")).startsWith("turn\nANTHROPIC_API_KEY=removed-by-pawl\nturn\n");
    }

    @Test
    void withoutKeptSessionsEachAttemptIsTheFirst() {
        claude(result(0.5));
        var request = request(AgentSpec.Kind.CLAUDE_CODE, conversation(Optional.of("s-0")));

        AgentOutcome outcome = agents().run(request, tree());

        assertThat(outcome.session()).isEqualTo(new AgentSession(Optional.empty(), Beginning.OFF));
        assertThat(text("history")).isEqualTo("turn\n");
    }

    @Test
    void opencodeIsAskedForItsConversation() {
        Scripts.script(folder.resolve("bin/opencode"), """
                echo "$1" >> ARGUMENTS
                case "$1" in
                  export) [ -n "$ANTHROPIC_API_KEY" ] && exit 7
                    echo '{"info":{"id":"ses_1"},"messages":["'$(cat $HOME/db)'"]}'; exit 0 ;;
                  import) sed 's/.*\\["\\(.*\\)"\\].*/\\1/' "$2" > $HOME/db; exit 0 ;;
                esac
                case "$*" in *"-s ses_1"*) [ -f $HOME/db ] || exit 1 ;; esac
                printf turn >> $HOME/db
                cp $HOME/db SEEN-history
                echo 'DONE' > "$PAWL_RESULT"
                echo '{"type":"step_finish","sessionID":"ses_1","part":{"reason":"stop","tokens":{"input":10,"output":5}}}'
                """.replace(
                        "ARGUMENTS", folder.resolve("arguments").toString())
                .replace("SEEN", seen())
                .replace("DONE", DONE));

        run(AgentSpec.Kind.OPENCODE, Optional.empty());
        AgentOutcome second = run(AgentSpec.Kind.OPENCODE, Optional.of("ses_1"));

        assertThat(second.session()).isEqualTo(session("ses_1", Beginning.RESUMED));
        assertThat(second.usage().inputTokens()).isEqualTo(10);
        assertThat(text("history")).isEqualTo("turnturn");
        assertThat(arguments()).containsExactly("run", "export", "import", "run", "export");
    }

    private void claude(String... then) {
        String script = (CLAUDE + String.join("", then))
                .replace("COUNT", folder.resolve("count").toString())
                .replace("ARGUMENTS", folder.resolve("arguments").toString())
                .replace("SEEN", seen());
        boolean early = then.length > 1;
        Scripts.script(folder.resolve("bin/claude"), early ? then[0] + script.replace(then[0], "") : script);
    }

    private static String result(double cost) {
        return ("echo '{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"num_turns\":1,"
                        + "\"total_cost_usd\":%s,\"usage\":{\"input_tokens\":10,\"output_tokens\":5},\"structured_output\":%s}'")
                .formatted(cost, DONE);
    }

    private static Usage usage(long input, long micros) {
        return new Usage(Optional.empty(), input, 5, Usd.ofMicros(micros), 1);
    }

    private static Usage tokens(long input, long output) {
        return new Usage(Optional.empty(), input, output, Usd.ZERO, 1);
    }

    private static AgentSession session(String id, Beginning beginning) {
        return new AgentSession(Optional.of(id), beginning);
    }

    private static AgentRequest.Conversation conversation(Optional<String> named) {
        return new AgentRequest.Conversation(1, TASK, named);
    }

    private AgentOutcome run(Optional<String> named) {
        return run(AgentSpec.Kind.CLAUDE_CODE, named);
    }

    private AgentOutcome run(AgentSpec.Kind kind, Optional<String> named) {
        return run(kind, conversation(named));
    }

    private AgentOutcome run(AgentSpec.Kind kind, AgentRequest.Conversation conversation) {
        var sessions = Sessions.in(folder.resolve("sessions"), () -> Instant.parse("2026-11-21T07:00:00Z"));
        return agents().keeping(sessions).run(request(kind, conversation), tree());
    }

    private static AgentRequest request(AgentSpec.Kind kind, AgentRequest.Conversation conversation) {
        var agent = new AgentSpec(
                "mine",
                kind,
                Optional.empty(),
                List.of(),
                List.of("ANTHROPIC_API_KEY", "CODEX_API_KEY"),
                new AgentOptions(Optional.empty(), Optional.empty(), Map.of(), 5));
        return Requests.in(Requests.least(StageKind.IMPLEMENT, agent, Duration.ofSeconds(60)), conversation);
    }

    private CliAgents agents() {
        var ours = Map.of(
                "PATH",
                folder.resolve("bin") + ":/usr/bin:/bin",
                "ANTHROPIC_API_KEY",
                "sk-1-canary",
                "CODEX_API_KEY",
                "sk-2");
        var host = new Host(ours, folder.resolve("scratch"), (_, _, _) -> Optional.empty(), Duration.ofSeconds(1));
        var prompts = new Prompts(PathRules.DEFAULT, () -> UUID.randomUUID().toString());
        return new CliAgents(runner, prompts, host, InstantSource.system());
    }

    private Path tree() {
        try {
            return Files.createDirectories(folder.resolve("tree"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String seen() {
        return folder.resolve("seen").toString();
    }

    private String text(String name) {
        return read(Path.of(seen() + "-" + name));
    }

    private List<String> arguments() {
        return read(folder.resolve("arguments")).lines().toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
