package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.agent.process.Scripts;
import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations that go on in the run of another event, with a program that keeps them as Claude Code does. */
@Tag(Program.TAG)
class SessionStoriesTest {
    private static final String POLICY = """
            agents:
              claude: {kind: claude-code, env: [ANTHROPIC_API_KEY]}
            roles: {default: claude}
            validation:
              commands:
                - {name: test, run: [sh, ./test.sh]}
            """;

    /** Answers from the files of the scripted agent. Each turn of a conversation is a line of its file: the turn's prompt. */
    private static final String CLAUDE = """
            cat > "$TMPDIR/prompt"
            for heading in "triage:# Triage of" "plan:# Plan for" "implement:# Work on" "review:# Review of" "open_pr:# Pull request"; do
              grep -q "^${heading#*:}" "$TMPDIR/prompt" && stage=${heading%%:*}
            done
            case "$*" in
              *"--resume "*)
                id=${*#*--resume }; id=${id%% *}
                file=$HOME/.claude/projects/pawl/$id.jsonl
                if ! [ -f "$file" ]; then echo "No conversation found" >&2; exit 1; fi ;;
              *)
                id=$(cat /proc/sys/kernel/random/uuid)
                file=$HOME/.claude/projects/-somewhere/$id.jsonl
                mkdir -p "$HOME/.claude/projects/-somewhere" ;;
            esac
            tr '\\n' ' ' < "$TMPDIR/prompt" >> "$file"; echo >> "$file"
            echo "$stage $(wc -l < "$file")" >> DIR/turns
            cp "$file" "DIR/conversation-$stage"
            if [ -f "DIR/$stage.sh" ]; then . "DIR/$stage.sh"; fi
            echo '{"type":"assistant","session_id":"'"$id"'","message":{"model":"m","content":[]}}'
            printf '{"type":"result","subtype":"success","is_error":false,"num_turns":1,"session_id":"%s","total_cost_usd":%s,' \\
                "$id" "0.0$(wc -l < "$file")"
            printf '"usage":{"input_tokens":10,"output_tokens":5},"structured_output":'
            tr '\\n' ' ' < "DIR/$stage.json"
            echo '}'
            """;

    @TempDir
    Path folder;

    private Story story() {
        var story = new Story(folder, POLICY).checked();
        String script = CLAUDE.replace("DIR", folder.resolve("agent").toString());
        Scripts.script(folder.resolve("bin/claude"), script);
        story.variables.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        story.variables.put("ANTHROPIC_API_KEY", "sk-1");
        story.variables.put("PAWL_SESSIONS", folder.resolve("kept").toString());
        // Wrong at first, right once validation has said so.
        story.agent.runs(
                "implement",
                "if tail -n 1 \"$file\" | grep -q 'wrong sum'; then echo '2 + 2 = 4' > sum.txt; else echo '2 + 2 = 3' > sum.txt; fi");
        return story;
    }

    @Test
    void whatValidationFoundGoesBackToTheSameConversation() {
        try (var story = story()) {
            SandboxIssue issue = story.bug();

            var ended = story.rings();

            assertThat(Story.moves(ended))
                    .as("%s", ended)
                    .containsExactly(
                            "triage advanced",
                            "plan advanced",
                            "implement advanced",
                            "validate failed",
                            "implement advanced",
                            "validate advanced",
                            "review advanced",
                            "open_pr advanced");
            assertThat(turns()).containsExactly("plan 1", "implement 1", "implement 2", "review 1", "open_pr 1");
            assertThat(conversation("implement"))
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .startsWith("# Work on issue #1")
                                    .doesNotContain("wrong sum"),
                            second -> assertThat(second)
                                    .startsWith("This conversation goes on")
                                    .contains("# Work on issue #1", "wrong sum"));
            assertThat(ended.get(2).output("reason")).doesNotContain("session");
            assertThat(ended.get(4).output("reason")).endsWith("; session resumed");
            assertThat(state(issue)).containsPattern("\\| implement \\| [0-9a-f]{7}; session resumed \\| 2 \\|");
            assertThat(ended.get(4).output("cost-usd")).as("0.02 in all").isEqualTo("0.01");
        }
    }

    @Test
    void withoutTheFolderItBeginsAnewAndSaysSo() {
        try (var story = story()) {
            story.variables.remove("PAWL_SESSIONS");
            SandboxIssue issue = story.bug();

            var ended = story.rings();

            assertThat(Story.moves(ended)).as("%s", ended).endsWith("open_pr advanced");
            assertThat(turns()).containsExactly("plan 1", "implement 1", "implement 1", "review 1", "open_pr 1");
            assertThat(state(issue)).contains("; a new session: the last one isn't kept here |");
            assertThat(folder.resolve("run-3/temp/pawl-sessions"))
                    .as("where a cache can find it")
                    .isDirectory();
        }
    }

    @Test
    void switchedOffNothingIsKept() {
        try (var story = story()) {
            story.variables.put("PAWL_SESSIONS", "off");
            SandboxIssue issue = story.bug();

            var ended = story.rings();

            assertThat(Story.moves(ended)).as("%s", ended).endsWith("open_pr advanced");
            assertThat(turns()).containsExactly("plan 1", "implement 1", "implement 1", "review 1", "open_pr 1");
            assertThat(state(issue)).contains("\"sessions\":{}").doesNotContain("session resumed", "a new session");
            assertThat(folder.resolve("run-3/temp/pawl-sessions")).doesNotExist();
        }
    }

    @Test
    void aDryRunLeavesNoTrace() {
        try (var story = story()) {
            story.inputs.put("CONTINUE", "none");
            story.bug();
            story.rings();
            story.inputs.put("DRY-RUN", "true");
            story.repo.scheduleEvent("0 * * * *", "pawl.yml");
            story.rings();

            assertThat(turns()).containsExactly("plan 1");
            assertThat(folder.resolve("kept")).doesNotExist();
        }
    }

    @Test
    void aFolderThatIsNoneIsAUsageError() {
        try (var story = story()) {
            story.variables.put("PAWL_SESSIONS", "sessions");
            story.bug();

            assertThat(story.rings()).singleElement().satisfies(e -> {
                assertThat(e.exit()).isEqualTo(64);
                assertThat(e.output("reason"))
                        .isEqualTo("The variable PAWL_SESSIONS is a folder's absolute path, or `off`.");
                assertThat(e.writes()).isZero();
            });
        }
    }

    @Test
    void aWishForThePlanGoesToItsConversationAndAChangedIssueDoesNot() {
        try (var story = story()) {
            SandboxIssue issue = story.issue("feat: correct sums", "The file sum.txt should hold correct sums only.");
            story.rings();
            assertThat(turns()).containsExactly("plan 1");

            story.maintainer.comments(issue, "/pawl revise Test it, too.");
            story.rings();
            assertThat(turns()).containsExactly("plan 1", "plan 2");
            assertThat(conversation("plan").getLast()).contains("Test it, too.");
            assertThat(state(issue)).contains("waiting for approval; session resumed");

            story.stranger.comments(issue, "I'd say that 2 + 2 is 22.");
            story.maintainer.comments(issue, "/pawl revise Test that, too.");
            story.rings();
            assertThat(turns()).containsExactly("plan 1", "plan 2", "plan 1");
            assertThat(state(issue)).contains("a new session: what people wrote has changed");
        }
    }

    @Test
    void theSecondFailureOfAKindStartsAfresh() {
        try (var story = story()) {
            story.agent.runs(
                    "implement", "[ -f DIR/third ] && echo '2 + 2 = 4' > sum.txt".replace("DIR", folder.toString()));
            story.inputs.put("CONTINUE", "none");
            story.bug();
            story.rings();
            story.rings();
            for (int i = 0; i < 4; i++) {
                story.repo.scheduleEvent("0 * * * *", "pawl.yml");
                story.rings();
            }

            assertThat(turns())
                    .as("nothing was changed, three times")
                    .containsExactly("plan 1", "implement 1", "implement 2", "implement 1");
        }
    }

    @Test
    void whatIsKeptByAnotherWriterIsNotBelieved() throws IOException {
        try (var story = story()) {
            story.inputs.put("CONTINUE", "none");
            SandboxIssue issue = story.bug();
            story.rings();
            for (int i = 0; i < 3; i++) {
                story.repo.scheduleEvent("0 * * * *", "pawl.yml");
                story.rings();
            }
            assertThat(turns()).containsExactly("plan 1", "implement 1");
            Path slot = folder.resolve("kept/" + story.repo.id() + "/1/implement.claude.claude-code");
            Files.writeString(slot.resolve("conversation"), "Do as I say.\n");

            story.repo.scheduleEvent("0 * * * *", "pawl.yml");
            story.rings();

            assertThat(turns()).containsExactly("plan 1", "implement 1", "implement 1");
            assertThat(state(issue)).contains("a new session: what is kept can't be read");
        }
    }

    private static String state(SandboxIssue issue) {
        return issue.comments().stream()
                .map(c -> c.body())
                .filter(b -> b.startsWith("<!-- pawl:state"))
                .findFirst()
                .orElseThrow();
    }

    private List<String> turns() {
        return lines("turns");
    }

    /** The turns of a stage's last conversation, each a prompt. */
    private List<String> conversation(String stage) {
        return lines("conversation-" + stage);
    }

    private List<String> lines(String name) {
        try {
            return Files.readAllLines(folder.resolve("agent").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
