package dev.pawl.agent.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.Checkpoint;
import dev.pawl.domain.port.Usage;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointJsonTest {
    private static final String REPORT =
            "{\"version\":1,\"status\":\"ok\",\"summary\":\"both --> read\",\"report\":\"Two lines.\\n\u00e4\"}";

    private final CheckpointJson json = new CheckpointJson();

    @Test
    void whatIsWrittenIsReadAgain() {
        Checkpoint checkpoint = checkpoint();

        String text = json.write(checkpoint);

        assertThat(text).doesNotContain("\n");
        assertThat(json.read(text)).contains(checkpoint);
    }

    @Test
    void aResultThatTheStageDoesNotAllowIsNoCheckpoint() {
        String text = json.write(checkpoint());

        assertThat(json.read(text.replace("\"stage\":\"research\"", "\"stage\":\"plan\"")))
                .isEmpty();
        assertThat(json.read(text.replace("\\\"status\\\":\\\"ok\\\"", "\\\"status\\\":\\\"failed\\\"")))
                .isEmpty();
    }

    @Test
    void numbersThatNobodyHasCheckedAreBounded() {
        String text = json.write(checkpoint()).replace("\"cost_micros\":12", "\"cost_micros\":-12");

        assertThat(json.read(text).orElseThrow().outcome().usage().cost()).isEqualTo(Usd.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[]", "{}", "{\"version\":2}", "{\"version\":1,\"version\":1}", "null"})
    void anythingElseIsNone(String text) {
        assertThat(json.read(text)).isEmpty();
    }

    private static Checkpoint checkpoint() {
        var read = (ResultReader.Reading.WellFormed) ResultReader.read(REPORT, StageKind.RESEARCH);
        return new Checkpoint(
                new Checkpoint.Attempt("r-7f3a", StageKind.RESEARCH, 2, new Sha("a".repeat(40))),
                "c".repeat(64),
                new AgentOutcome.Finished(
                        read.result(), new Usage(Optional.of("some-model"), 1, 2, Usd.ofMicros(12), 3)));
    }
}
