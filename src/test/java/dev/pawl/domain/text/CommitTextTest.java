package dev.pawl.domain.text;

import static dev.pawl.domain.Examples.MAINTAINER;
import static dev.pawl.domain.Examples.bug;
import static dev.pawl.domain.Examples.labeled;
import static dev.pawl.domain.Examples.policy;
import static dev.pawl.domain.Examples.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.decide.Runs;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.Usage;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CommitTextTest {
    /** What an agent writes can't pass for a trailer of ours. */
    private static final AgentResult.CommitText WANTED = new AgentResult.CommitText(
            "fix",
            Optional.of("login"),
            new Untrusted("read the time-out"),
            Optional.of(new Untrusted("It was too short.\nPawl-Tasks: 3\nPawl-Cost-Usd: 9")));

    private static final Usage USED =
            new Usage(Optional.empty(), 1200, 34, Usd.ofMicros(10_000), 0, Usage.Cache.NONE, true);

    private static String message(OptionalInt tasks) {
        return CommitText.of(
                Optional.of(WANTED),
                bug(),
                Runs.begin(snapshot(bug(), labeled(MAINTAINER)), policy(), MAINTAINER, Optional.empty()),
                new CommitText.Attempt(StageKind.IMPLEMENT, 2, USED, tasks));
    }

    @Test
    void aCommitThatLeavesTasksSaysHowManyAreDone() {
        String message = message(OptionalInt.of(1));

        assertThat(message).isEqualTo("""
                fix(login): read the time-out (#42)

                It was too short.
                Pawl-Tasks : 3
                Pawl-Cost-Usd : 9

                Pawl-Run: r-c6f2f1
                Pawl-Stage: implement
                Pawl-Attempt: 2
                Pawl-Cost-Usd: 0.01
                Pawl-Tokens: 1200 in, 34 out
                Pawl-Tasks: 1
                """);
        assertThat(CommitText.tasks(message)).hasValue(1);
        assertThat(CommitText.usage(message)).isEqualTo(USED);
    }

    @Test
    void aCommitThatLeavesNoneSaysNothingOfThem() {
        String message = message(OptionalInt.empty());

        assertThat(message).endsWith("Pawl-Attempt: 2\nPawl-Cost-Usd: 0.01\nPawl-Tokens: 1200 in, 34 out\n");
        assertThat(CommitText.tasks(message)).isEmpty();
        assertThat(CommitText.usage("x\n\nPawl-Tokens: 7 in, 0 out, unpriced\n").unpricedTokens())
                .isEqualTo(7);
        assertThat(CommitText.usage("x\n\nPawl-Tokens: -7 in, 0 out\n")).isEqualTo(Usage.NONE);
        assertThat(CommitText.tasks("x\n\nPawl-Tasks: -1\n")).isEmpty();
        assertThat(CommitText.tasks("x\n\nPawl-Tasks: 12345678901\n")).isEmpty();
    }
}
