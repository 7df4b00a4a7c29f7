package dev.pawl.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rehearsal by the binary alone: the embedded GitHub, the engine and the sample, without a JVM. */
@Tag("binary")
class RehearsalBinaryTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        bug      | Pull request #2 is open and waits for a review.
        feature  | Pull request #2 is open and waits for a review.
        chore    | Pull request #2 is open and waits for a review.
        docs     | Pull request #2 is open and waits for a review.
        vague    | Pull request #2 is open and waits for a review.
        research | The report is posted on the issue.
        """)
    void everyWorkflowWalksToItsEnd(String workflow, String end) {
        var environment = Map.of("PATH", System.getenv("PATH"), "LANG", "C.UTF-8", "TMPDIR", folder.toString());

        Program.Ended ended = Program.underTest().run(List.of("sandbox", "--workflow", workflow), environment, folder);

        assertThat(ended.exit()).as("%s", ended).isZero();
        assertThat(ended.out()).contains(end);
        assertThat(ended.errors()).isEmpty();
    }
}
