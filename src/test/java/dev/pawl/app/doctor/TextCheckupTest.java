package dev.pawl.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.app.rehearsal.Ink;
import dev.pawl.app.rehearsal.Screen;
import dev.pawl.domain.report.Finding;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** How a check-up looks on a terminal; how it looks in a pipe is in {@code DoctorCommandTest}. */
class TextCheckupTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private TextCheckup on(Ink ink) {
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return new TextCheckup(new Screen(out, out, new BufferedReader(Reader.nullReader()), ink));
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8).replace("\u001b", "^");
    }

    @Test
    void aTerminalShowsWhatIsLookedAtUntilItIsFound() {
        var checkup = on(new Ink(false, true));

        checkup.looks("claude --version");
        checkup.looks("asking claude");
        checkup.finds(Finding.ok("agents.claude", "call", "It answered."));

        assertThat(shown())
                .isEqualTo(
                        "^[2K"
                                .replace("^", "\r^")
                                .concat(
                                        "  claude --version …\r^[2K  asking claude …\r^[2Kagents.claude\n  ok          It answered.\n"));
    }

    @Test
    void levelsHaveColours() {
        var checkup = on(new Ink(true, true));

        checkup.finds(Finding.problem("policy", "file", "Broken.", "Mend it."));

        assertThat(shown()).contains("^[1mpolicy^[0m\n  ^[31mproblem^[0m     Broken.\n              Mend it.\n");
    }

    @Test
    void whatComesFromOutsideStaysOnItsLineAndMovesNoCursor() {
        var checkup = on(Ink.PLAIN);

        checkup.finds(Finding.ok("policy", "file", "one\n::error::two\u001b[2J"));

        assertThat(shown()).isEqualTo("policy\n  ok          one ::error::two[2J\n");
    }
}
