package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag(Program.TAG)
class SandboxCommandTest {
    private static Program.Ended run(String... words) {
        return Program.underTest().run(List.of(words), Map.of(), Path.of(""));
    }

    @Test
    void helpNamesEveryOption() {
        Program.Ended help = run("sandbox", "-h");

        assertThat(help.exit()).isZero();
        assertThat(help.out())
                .contains("--workflow", "--policy", "--repository", "--agent", "--step", "--keep", "--json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --workflow         | sideways   | --workflow is one of bug, feature, research, chore, docs and vague
        --policy           | /no/file   | --policy: there is no file /no/file
        --repository       | /no/folder | --repository: there is no folder /no/folder
        --agent            | "x         | --agent: the quote " isn't closed
        """)
    void whatMakesNoSenseIsSaidBeforeAnythingStarts(String option, String value, String message) {
        Program.Ended ended = run("sandbox", option, value);

        assertThat(ended.exit()).isEqualTo(64);
        assertThat(ended.errors()).contains("pawl: " + message);
    }
}
