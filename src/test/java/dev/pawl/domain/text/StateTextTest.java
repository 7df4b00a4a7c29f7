package dev.pawl.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Spending;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateTextTest {
    private static StageRecord stage(StageKind kind, long micros, StageRecord.Tokens tokens) {
        return new StageRecord(
                kind, StageStatus.SUCCEEDED, 1, Map.of(), Optional.empty(), "", 130, Usd.ofMicros(micros), tokens);
    }

    private static String text(StageRecord... stages) {
        var state = new RunState(
                new RunState.Identity(7, 42, "r-1", "bug"),
                IssueState.IN_PROGRESS,
                List.of(stages),
                RunState.Work.NONE,
                RunState.Fence.NONE,
                Optional.empty(),
                Spending.NONE.use(Usd.ofMicros(420_000), 0, 0),
                new RunState.People(1, "octocat", List.of()),
                Map.of(),
                Map.of());
        return StateText.of(state, Policy.DEFAULT, Optional.empty());
    }

    @Test
    void everyStageShowsWhatItUsed() {
        assertThat(text(
                        stage(StageKind.TRIAGE, 10_000, new StageRecord.Tokens(9_999, 1, 0)),
                        stage(StageKind.PLAN, 410_000, new StageRecord.Tokens(123_456, 10_000, 0)),
                        stage(StageKind.IMPLEMENT, 0, new StageRecord.Tokens(1_250_000, 999_999, 0)),
                        StageRecord.pending(StageKind.REVIEW)))
                .isEqualTo("""
                        **Pawl** · in-progress · stage *review*

                        | stage | result | attempts | time | cost | tokens |
                        |---|---|---|---|---|---|
                        | triage | done | 1 | 2 min | $0.01 | 9999 in, 1 out |
                        | plan | done | 1 | 2 min | $0.41 | 123k in, 10k out |
                        | implement | done | 1 | 2 min |  | 1.3M in, 999k out |
                        | review |  |  |  |  |  |

                        Waiting for: nothing. Next: review. Limits: 0 of 30 runs, $0.42 of $5.00.
                        """);
    }

    @Test
    void aCostThatIsNotKnownIsNoNothing() {
        assertThat(text(
                        stage(StageKind.TRIAGE, 0, new StageRecord.Tokens(10, 1, 11)),
                        stage(StageKind.PLAN, 410_000, new StageRecord.Tokens(20, 2, 11))))
                .contains(
                        "| triage | done | 1 | 2 min | unknown | 10 in, 1 out |\n",
                        "| plan | done | 1 | 2 min | $0.41 and more | 20 in, 2 out |\n")
                .endsWith("Limits: 0 of 30 runs, $0.42 of $5.00, and a cost that isn't known.\n");
    }
}
