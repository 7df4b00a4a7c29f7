package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong inputs are our caller's mistake, and the outputs say so. */
@Tag(Program.TAG)
class WrongInputsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"ISSUE,0x1", "STAGE,nope", "CONTINUE,maybe", "DRY-RUN,1", "BOT-ID,me", "GITHUB-TOKEN,''"})
    void areUsageErrors(String input, String value) {
        try (var story = new Story(folder).checked()) {
            story.inputs.put(input, value);
            story.bug();

            assertThat(story.rings()).singleElement().satisfies(e -> {
                assertThat(e.exit()).isEqualTo(64);
                assertThat(e.output("outcome")).isEqualTo("error");
                assertThat(e.output("reason")).isNotEmpty();
                assertThat(e.writes()).isZero();
            });
        }
    }

    /** Also where the first stage needs no agent: triage would be done by rules here. */
    @Test
    void anAgentThatThePolicyDoesNotHaveIsRefusedBeforeAnyWrite() {
        try (var story = new Story(folder).checked()) {
            story.inputs.put("AGENT", "script");
            story.bug();

            assertThat(story.rings()).singleElement().satisfies(e -> {
                assertThat(e.exit()).isEqualTo(78);
                assertThat(e.output("outcome")).isEqualTo("error");
                assertThat(e.output("reason"))
                        .isEqualTo("The input `agent` names \"script\", and .github/pawl.yml has no such agent."
                                + " Name one of these, or leave the input out: scripted.");
                assertThat(e.writes()).isZero();
            });
        }
    }
}
