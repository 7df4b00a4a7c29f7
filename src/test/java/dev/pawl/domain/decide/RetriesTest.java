package dev.pawl.domain.decide;

import static dev.pawl.domain.Examples.MAINTAINER;
import static dev.pawl.domain.Examples.NOW;
import static dev.pawl.domain.Examples.bug;
import static dev.pawl.domain.Examples.labeled;
import static dev.pawl.domain.Examples.policy;
import static dev.pawl.domain.Examples.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.Waiting;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A retry resets the counter that stopped the run, and no other. */
class RetriesTest {
    /** A run that has used up something of everything. */
    private static RunState stopped(Waiting.Reason reason) {
        RunState state = Runs.begin(snapshot(bug(), labeled(MAINTAINER)), policy(), MAINTAINER, Optional.empty());
        for (int i = 0; i < 3; i++) {
            state = state.with(state.spending().start(NOW));
        }
        return state.with(state.spending().use(Usd.ofMicros(5_000_000), 10, 5))
                .change(
                        StageKind.IMPLEMENT,
                        s -> s.withFailure(FailureKind.AGENT_RESULT).withFailure(FailureKind.VALIDATION))
                .change(StageKind.REVIEW, s -> s.withFailure(FailureKind.AGENT_CRASH))
                .waiting(IssueState.BLOCKED, new Waiting(reason, NOW, Optional.empty(), ""));
    }

    @ParameterizedTest
    @EnumSource(
            value = Waiting.Reason.class,
            names = {"ATTEMPTS", "RUNS", "HOURLY", "NO_PROGRESS", "COST", "PROVIDER", "DEPENDENCY"})
    void resetsItsOwnCounter(Waiting.Reason reason) {
        RunState before = stopped(reason);

        RunState after = Retries.from(before, StageKind.IMPLEMENT);

        boolean starts = reason == Waiting.Reason.RUNS
                || reason == Waiting.Reason.HOURLY
                || reason == Waiting.Reason.NO_PROGRESS;
        assertThat(after.spending().runs()).isEqualTo(starts ? 0 : 3);
        assertThat(after.spending().starts()).hasSize(starts ? 0 : 3);
        assertThat(after.spending().idle()).as("a person spoke").isZero();
        assertThat(after.spending().counted())
                .isEqualTo(reason == Waiting.Reason.COST ? Usd.ZERO : Usd.ofMicros(5_000_000));
        assertThat(after.spending().cost()).as("what was paid stays paid").isEqualTo(Usd.ofMicros(5_000_000));
        assertThat(after.waiting()).isEmpty();
    }

    @Test
    void forgivesTheStageItBeginsAtAndNoOther() {
        RunState after = Retries.from(stopped(Waiting.Reason.ATTEMPTS), StageKind.IMPLEMENT);

        assertThat(after.stage(StageKind.IMPLEMENT).map(StageRecord::failures).orElseThrow())
                .isEmpty();
        assertThat(after.stage(StageKind.REVIEW)
                        .map(s -> s.failed(FailureKind.AGENT_CRASH))
                        .orElseThrow())
                .isEqualTo(1);
    }
}
