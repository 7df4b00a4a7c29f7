package dev.pawl.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputsTest {
    @Test
    void bothFormsAreRead() {
        assertThat(Outputs.parse(
                        "outcome=advanced\nreason<<END-1\ntwo = 2\nlines\nEND-1\nissue=\nodd\noutcome=waiting\n"))
                .isEqualTo(Map.of("outcome", "waiting", "reason", "two = 2\nlines", "issue", ""));
    }

    @Test
    void aValueMayHoldTheOtherFormsSign() {
        assertThat(Outputs.parse("reason=a << b\n")).isEqualTo(Map.of("reason", "a << b"));
    }
}
