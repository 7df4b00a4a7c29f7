package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.world.Role;
import dev.pawl.sandbox.world.WebhookEvent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agents that fail in every way, people who may no more, and what is said of both. */
@Tag(Program.TAG)
class AgentFailuresTest {
    private static final String POLICY = Story.POLICY + """
            workflows:
              bug: {stages: [triage, {implement: {attempts: 2, timeout: 2s}}, validate, open_pr]}
            """;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            value = {
                "exits with 3 ~ exit 3 ~ agent-crash",
                "kills itself ~ kill -9 $$ ~ agent-crash",
                "hangs ~ sleep 60 ~ agent-timeout",
                "gives nothing ~ exit 0 ~ agent-result",
                "gives no JSON ~ echo hello > \"$PAWL_RESULT\"; exit 0 ~ agent-result",
                "gives half of it ~ printf '{\"version\":1,\"status\":\"ok\"' > \"$PAWL_RESULT\"; exit 0 ~ agent-result",
                "gives 8 MB ~ head -c 8000000 /dev/zero > \"$PAWL_RESULT\"; exit 0 ~ agent-result",
                "prints 50 MB ~ yes | head -c 50000000; exit 3 ~ agent-crash",
                "changes nothing ~ true ~ agent-result",
            })
    @DisplayName("REL-41: an agent that")
    void isCountedThenBlockedAndSaidOnce(String name, String script, String kind) {
        try (var story = new Story(folder, POLICY)) {
            story.agent.runs("implement", script);
            SandboxIssue issue = story.bug();

            assertThat(Story.moves(story.rings()))
                    .containsExactly("triage advanced", "implement failed", "implement blocked");

            assertThat(story.agent.asked()).hasSize(2);
            assertThat(issue.labels()).contains("pawl:blocked");
            assertThat(story.saidOn(issue).getFirst()).contains(kind);
            assertThat(story.repo.branches()).containsOnly("main");
            assertThat(story.deliver(story.sweep()).writes()).isZero();
            Invariants.hold(story, name);
        }
    }

    @Test
    @DisplayName("REL-40: whoever put the label on, and may no more when the run begins, is refused once")
    void whoMayNoMoreIsRefused() {
        try (var story = new Story(folder)) {
            story.bug();
            WebhookEvent label = story.heard().getFirst();
            story.repo.grants(story.maintainer, Role.READ);

            Story.Ended denied = story.deliver(label);
            Story.Ended again = story.deliver(label);

            assertThat(denied.output("outcome")).as("%s", denied).isEqualTo("denied");
            assertThat(denied.writes()).isEqualTo(1);
            assertThat(again.writes()).isZero();
            assertThat(story.agent.asked()).isEmpty();
        }
    }

    @Test
    @DisplayName("REL-40: where the run's leader may no more, no agent starts, and the stage stays where it is")
    void aLeaderWhoMayNoMoreStartsNoAgent() {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            WebhookEvent plan = story.after(story.heard().getFirst());
            story.repo.grants(story.maintainer, Role.READ);

            Story.Ended denied = story.deliver(plan);

            assertThat(denied.output("outcome")).as("%s", denied).isEqualTo("denied");
            assertThat(story.agent.asked()).isEmpty();
            assertThat(issue.labels()).contains("pawl:ready");
            story.repo.grants(story.maintainer, Role.WRITE);
            assertThat(Story.moves(List.of(story.deliver(plan)))).containsExactly("plan advanced");
        }
    }

    @Test
    @DisplayName("REL-44: an attempt's report is written once, wherever the invocation died that wrote it")
    void aReportIsWrittenOnce() {
        try (var story = new Story(folder)) {
            story.agent.runs("implement", "mkdir -p .github/workflows; echo x > .github/workflows/x.yml");
            SandboxIssue issue = story.bug();
            WebhookEvent implement = story.after(story.after(story.heard().getFirst()));
            int said = story.saidOn(issue).size();
            Dead dead = Dead.when(() -> story.saidOn(issue).size() > said);
            story.github.faults(dead);
            story.deliver(implement);
            story.github.faults(Faults.NONE);
            assertThat(dead.died()).isTrue();
            assertThat(story.saidOn(issue)).hasSize(said + 1);

            assertThat(Story.moves(List.of(story.deliver(implement)))).containsExactly("implement failed");

            assertThat(story.saidOn(issue)).hasSize(said + 1);
            assertThat(story.saidOn(issue).getLast()).startsWith("### Attempt 1 of *implement* wasn't accepted");
            Invariants.hold(story, "after the second one");
        }
    }
}
