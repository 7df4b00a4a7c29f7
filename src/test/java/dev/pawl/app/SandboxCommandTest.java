package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private int run(String... words) {
        return Pawl.run(
                words,
                Map.of(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(run("sandbox", "-h")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
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
        assertThat(run("sandbox", option, value)).isEqualTo(64);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("pawl: " + message);
    }
}
