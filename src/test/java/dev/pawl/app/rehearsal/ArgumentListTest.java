package dev.pawl.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentListTest {
    @Test
    void blanksSeparateAndQuotesKeep() {
        assertThat(ArgumentList.parse("  my-agent  --prompt 'do it \"now\"' \"a b\"'c d' \\ e "))
                .isEqualTo(List.of("my-agent", "--prompt", "do it \"now\"", "a bc d", " e"));
    }

    @Test
    void nothingIsExpanded() {
        assertThat(ArgumentList.parse("sh -c 'echo $HOME; ls *' $PATH ~ | &&"))
                .isEqualTo(List.of("sh", "-c", "echo $HOME; ls *", "$PATH", "~", "|", "&&"));
    }

    @Test
    void doubleQuotesKnowTwoEscapes() {
        assertThat(ArgumentList.parse("a \"x\\\"y\\\\z\\n\"")).isEqualTo(List.of("a", "x\"y\\z\\n"));
    }

    @Test
    void emptyArgumentsStay() {
        assertThat(ArgumentList.parse("a '' \"\"")).isEqualTo(List.of("a", "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "'a", "a \"b", "a\\", "'' b"})
    void whatIsNoCommandLineIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ArgumentList.parse(text));
    }
}
