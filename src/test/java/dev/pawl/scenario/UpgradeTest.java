package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.state.IssueState;
import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * REL-46: the version changes while work is in flight. A state as an older version would have saved it, and one with what a
 * newer one would have added, are gone on with by this one.
 */
@Tag(Program.TAG)
class UpgradeTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "before tokens were counted by stage, '(\"cost_micros\":\\d+),\"input_tokens\":\\d+,\"output_tokens\":\\d+}', '$1}'",
        "with a key of a newer one, '\\{\"repository\"', '{\"priority\":{\"by\":[1,null]},\"repository\"'",
        "with a stage's key of a newer one, '\\{\"kind\":\"plan\"', '{\"model\":\"large\",\"kind\":\"plan\"'"
    })
    void rel46ARunInFlightGoesOnUnderAnotherVersion(String name, String pattern, String replacement) {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = story.issue("feat: correct sums", "The file sum.txt should hold correct sums only.");
            assertThat(Story.moves(story.rings())).containsExactly("triage advanced", "plan waiting");
            var states = new States(story, issue);
            String before = states.only().body();
            String body = before.replaceAll(pattern, replacement);
            assertThat(body).isNotEqualTo(before);
            states.is(body);
            story.maintainer.comments(issue, "/pawl approve");

            assertThat(Story.moves(story.rings()))
                    .containsExactly("implement advanced", "validate advanced", "review advanced", "open_pr advanced");

            assertThat(states.state().state()).isEqualTo(IssueState.WAITING_ON_REVIEW);
            assertThat(states.notices("")).isEmpty();
            assertThat(states.only().body()).doesNotContain("\"priority\"", "\"model\"");
        }
    }
}
