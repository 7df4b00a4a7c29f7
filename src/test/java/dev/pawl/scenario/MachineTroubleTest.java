package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.sandbox.SandboxIssue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full, or can't be written; and a look that must leave no trace. */
class MachineTroubleTest {
    @TempDir
    Path folder;

    static boolean hasFullDevice() {
        return Files.exists(Path.of("/dev/full"));
    }

    @Test
    @DisplayName(
            "REL-42: where the runner's temporary folder can't be written nothing is begun, and the message says what to do")
    void rel42_aTemporaryFolderThatCannotBeWrittenIsNamed() throws IOException {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            Path file = Files.writeString(folder.resolve("no-folder"), "");
            story.variables.put("RUNNER_TEMP", file.resolve("temp").toString());

            var ended = story.rings();

            assertThat(ended).singleElement().satisfies(e -> {
                assertThat(e.exit()).as("%s", e).isEqualTo(78);
                assertThat(e.log()).contains("RUNNER_TEMP");
                assertThat(e.writes()).isZero();
            });
            assertThat(issue.comments()).isEmpty();
            assertThat(story.repo.branches()).containsExactly("main");
        }
    }

    @Test
    @EnabledIf("hasFullDevice")
    @DisplayName(
            "REL-42: a disk that is full when the outputs are written fails the job, and the stage's work stays whole")
    void rel42_aFullDiskAtTheEndLosesOnlyTheOutputs() {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            story.variables.put("GITHUB_OUTPUT", "/dev/full");

            var ended = story.rings();

            assertThat(ended.getFirst().exit()).as("%s", ended.getFirst()).isEqualTo(78);
            assertThat(ended.getFirst().log()).contains("The outputs can't be written");
            assertThat(story.repo.pullRequests()).as("every stage was done").hasSize(1);
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
        }
    }

    @Test
    @DisplayName(
            "REL-42: where the disk fails between an agent's work and the push nothing is pushed, and the next run goes on")
    void rel42_aDiskThatFailsBeforeThePushMakesNoHalfPush() {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            // What Pawl would write the commit's objects to isn't there any more.
            story.agent.runs(
                    "implement", "echo '2 + 2 = 4' > sum.txt; mv ../git/objects ../git/lost; : > ../git/objects");

            var ended = story.rings();

            assertThat(ended.getLast().exit()).as("%s", ended.getLast()).isEqualTo(78);
            assertThat(ended.getLast().log()).contains("This machine's disk can't be used", "RUNNER_TEMP");
            assertThat(story.repo.branches()).containsExactly("main");

            story.agent.runs("implement", "echo '2 + 2 = 4' > sum.txt");
            story.maintainer.comments(issue, "Is there room again?");
            story.rings();
            assertThat(story.repo.pullRequests()).hasSize(1);
        }
    }

    @Test
    @DisplayName("REL-47: a dry run writes nothing, at whatever stage")
    void rel47_aDryRunWritesNothing() {
        try (var story = new Story(folder)) {
            story.agent.runs("implement", WalkTest.SECOND_TRY);
            story.bug();
            int stages = 0;
            for (var events = story.github.takeEvents(); !events.isEmpty(); events = story.github.takeEvents()) {
                var event = events.stream()
                        .filter(e -> e.name().equals("issues") || e.name().equals("repository_dispatch"))
                        .findFirst();
                if (event.isEmpty()) {
                    break;
                }
                String before = story.github.describe();
                story.inputs.put("DRY-RUN", "true");
                Story.Ended dry = story.deliver(event.get());
                assertThat(dry.exit()).as("%s", dry).isZero();
                assertThat(dry.writes()).as("%s", dry).isZero();
                assertThat(story.github.describe()).isEqualTo(before);
                story.github.takeEvents();
                story.inputs.put("DRY-RUN", "false");
                assertThat(story.deliver(event.get()).exit()).isZero();
                stages++;
            }
            assertThat(stages).isEqualTo(8);
            assertThat(story.repo.pullRequests()).hasSize(1);
        }
    }
}
