package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is missing on a laptop is said in one line, and nothing else is. */
@Tag(Program.TAG)
class AdvanceCommandTest {
    @RepeatedTest(5)
    void aMissingTokenIsSaidInOneLine() {
        assertThat(run("advance", "--repo", "octo/shop", "--issue", "1"))
                .isEqualTo(new Program.Ended(
                        64,
                        "",
                        "pawl: No token: set the input `github-token` in the step, or the variable GITHUB_TOKEN on a"
                                + " laptop.\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --repo octo/shop               | pawl: --repo needs --issue and an issue's number, such as --issue 42.
        --repo octo/shop --issue none  | pawl: --repo needs --issue and an issue's number, such as --issue 42.
        """)
    void aMissingNumberIsSaidInOneLine(String words, String message) {
        var all = new java.util.ArrayList<>(List.of("advance"));
        all.addAll(List.of(words.split(" ")));

        assertThat(run(all.toArray(String[]::new))).isEqualTo(new Program.Ended(64, "", message + "\n"));
    }

    private static Program.Ended run(String... words) {
        return Program.underTest().run(List.of(words), Map.of("LANG", "C.UTF-8"), Path.of(""));
    }
}
