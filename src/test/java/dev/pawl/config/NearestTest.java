package dev.pawl.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> KNOWN =
            List.of("attempts", "lease", "runs_per_issue", "runs_per_hour", "open_pr", "claude-code");

    @ParameterizedTest
    @CsvSource({
        "atempts, attempts",
        "attemps, attempts",
        "attmepts, attempts",
        "Attempts, attempts",
        "runs-per-issue, runs_per_issue",
        "runs_per_hours, runs_per_hour",
        "laese, lease",
        "openpr, open_pr",
        "claude, claude-code",
    })
    void aSlipOfThePenIsUnderstood(String word, String meant) {
        assertThat(Nearest.to(word, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"zebra", "x", "''", "run", "tries", "attemptsattemptsattemptsattemptsattemptsattempts"})
    void anotherWordIsNot(String word) {
        assertThat(Nearest.to(word, KNOWN)).isEqualTo(Optional.empty());
    }

    @Test
    void whereNothingIsNearAllThatIsKnownIsNamed() {
        assertThat(Nearest.hint("zebra", List.of("label", "exclude"))).isEqualTo("Known here: label, exclude.");
        assertThat(Nearest.hint("lable", List.of("label", "exclude"))).isEqualTo("Did you mean \"label\"?");
    }
}
