package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An issue that waits for another is begun once that one is closed. */
@Tag(Program.TAG)
class DependenciesStoryTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1,true", "2,true", "1,false", "2,false"})
    void itWaitsAndGoesOnByItself(int copies, boolean byText) {
        try (var story = new Story(folder).checked().deliveringEach(copies)) {
            SandboxIssue first = story.author.opensIssue(story.repo, "Decide what a sum is", "We need to know.");
            SandboxIssue second = story.author.opensIssue(
                    story.repo,
                    "The sum is wrong",
                    "The file sum.txt says that 2 + 2 is 5, and it should say 4."
                            + (byText ? "\n\nBlocked by #" + first.number() : ""));
            if (!byText) {
                story.maintainer.blocks(second, first);
            }
            story.maintainer.labels(second, "bug");
            story.github.takeEvents();
            story.maintainer.labels(second, "pawl");

            assertThat(Story.moves(story.rings())).isEmpty();
            assertThat(second.labels()).contains("pawl:blocked");
            assertThat(story.saidOn(second).getFirst())
                    .contains("Waiting for: another issue, which must be closed first (#" + first.number()
                            + "): it goes on with the next event or sweep after that.");
            assertThat(story.sweeps().writes()).as("said once").isZero();

            story.maintainer.closes(first);
            story.github.takeEvents();
            story.repo.scheduleEvent("0 * * * *", "pawl.yml");

            assertThat(Story.moves(story.rings())).startsWith("triage advanced", "plan advanced");
        }
    }
}
