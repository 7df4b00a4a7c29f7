package dev.pawl.actions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("SEC-13")
class LogCommandsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "::stop-commands::x",
                "  \t::x",
                "\u00a0::x",
                "\u3000\u2007::x",
                "\u0085::x",
                "\u200b::x",
                "\ufeff::x",
                "\u00ad:\u200d:x",
                "fine\n::x",
                "fine\r::x"
            })
    void noLineIsACommand(String text) {
        assertThat(LogCommands.plain(text).lines())
                .allSatisfy(l -> assertThat(l).matches("fine|: [\\s\\S]*"));
    }

    @Test
    void whatIsNoCommandStaysAsItIs() {
        assertThat(LogCommands.plain("a ::b::c\n  d")).isEqualTo("a ::b::c\n  d");
        assertThat(LogCommands.plain("##[error]x")).isEqualTo("## [error]x");
        assertThat(LogCommands.plain("")).isEmpty();
    }

    @Test
    void anErrorStaysOnOneLine() {
        assertThat(LogCommands.error("100%\r\n::x")).isEqualTo("::error title=Pawl::100%25%0D%0A::x");
    }
}
