package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account that was refused, and goes on asking, stands in nobody's way. */
@Tag(Program.TAG)
class RefusedAgainTest {
    @TempDir
    Path folder;

    @Test
    void theNextPersonWhoMayIsHeard() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = story.issue("feat: correct sums", "The file sum.txt should hold correct sums only.");
            story.rings();
            story.stranger.comments(issue, "/pawl approve");
            story.rings();
            story.stranger.comments(issue, "/pawl approve");
            assertThat(story.rings()).singleElement().satisfies(e -> {
                assertThat(e.output("outcome")).isEqualTo("denied");
                assertThat(e.writes()).isZero();
            });

            story.maintainer.comments(issue, "/pawl approve");

            assertThat(Story.moves(story.rings())).startsWith("implement advanced", "validate advanced");
        }
    }
}
