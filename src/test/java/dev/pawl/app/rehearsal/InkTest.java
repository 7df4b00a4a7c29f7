package dev.pawl.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InkTest {
    @Test
    void coloursNeedATerminalThatWantsThem() {
        assertThat(Ink.of(true, Map.of())).isEqualTo(new Ink(true, true));
        assertThat(Ink.of(true, Map.of("NO_COLOR", ""))).isEqualTo(new Ink(true, true));
        assertThat(Ink.of(true, Map.of("NO_COLOR", "1"))).isEqualTo(new Ink(false, true));
        assertThat(Ink.of(true, Map.of("TERM", "dumb"))).isEqualTo(new Ink(false, true));
        assertThat(Ink.of(false, Map.of())).isEqualTo(Ink.PLAIN);
    }
}
