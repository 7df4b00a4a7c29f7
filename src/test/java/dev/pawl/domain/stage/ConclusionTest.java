package dev.pawl.domain.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.Examples;
import dev.pawl.domain.decide.Runs;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentSession;
import dev.pawl.domain.port.AgentSession.Beginning;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a stage's result says of the agent's conversation. */
class ConclusionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNTOLD | 36e5a49",
                "RESUMED | 36e5a49; session resumed",
                "FRESH | 36e5a49; a new session: a fresh start was due",
                "OFF | 36e5a49; a new session: none are kept",
                "GONE | 36e5a49; a new session: the last one isn't kept here",
                "OTHER | 36e5a49; a new session: another one is kept here",
                "DAMAGED | 36e5a49; a new session: what is kept can't be read",
                "CHANGED | 36e5a49; a new session: what people wrote has changed",
                "LARGE | 36e5a49; a new session: the last one has grown too large",
                "REFUSED | 36e5a49; a new session: the last one couldn't be resumed",
                "GIVEN_UP | 36e5a49; a new session: resuming failed twice",
            })
    void theResultSaysHowTheConversationBegan(Beginning beginning, String result) {
        assertThat(result("36e5a49", beginning)).isEqualTo(result);
        assertThat(result("", beginning)).as("nothing came of it").isEmpty();
    }

    private static String result(String result, Beginning beginning) {
        RunState state = Runs.begin(
                        Examples.snapshot(Examples.bug(), Examples.doorbell()),
                        Examples.policy(),
                        Examples.STRANGER,
                        Optional.empty())
                .change(StageKind.TRIAGE, s -> s.ended(StageStatus.SUCCEEDED, result, 1, Usd.ZERO));
        return new Conclusion(Conclusion.Result.ADVANCED, state, List.of())
                .of(StageKind.TRIAGE, new AgentSession(Optional.of("s-1"), beginning))
                .state()
                .stage(StageKind.TRIAGE)
                .map(StageRecord::result)
                .orElseThrow();
    }
}
