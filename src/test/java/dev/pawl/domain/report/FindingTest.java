package dev.pawl.domain.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingTest {
    private static final Finding OK = Finding.ok("policy", "file", "It is valid.");
    private static final Finding NOTE = Finding.note("machine", "git", "There is none.", "Install it.");
    private static final Finding UNREACHABLE = Finding.unreachable("agents.a", "call", "No answer.", "Try again.");
    private static final Finding PROBLEM = Finding.problem("agents.a", "key", "There is none.", "Set one.");

    @Test
    void theWorstFindingDecides() {
        assertThat(Finding.outcome(List.of()).exitCode()).isZero();
        assertThat(Finding.outcome(List.of(OK, NOTE)).exitCode()).isZero();
        assertThat(Finding.outcome(List.of(UNREACHABLE, OK)).exitCode()).isEqualTo(75);
        assertThat(Finding.outcome(List.of(UNREACHABLE, PROBLEM, OK)).exitCode())
                .isEqualTo(78);
    }

    @Test
    void nobodySaysWhatIsWrongWithoutSayingWhatToDo() {
        assertThatThrownBy(() -> new Finding("policy", "file", Finding.Level.NOTE, "Hm.", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
