package dev.pawl.domain.stage;

import static dev.pawl.domain.Examples.MAINTAINER;
import static dev.pawl.domain.Examples.NOW;
import static dev.pawl.domain.Examples.bug;
import static dev.pawl.domain.Examples.labeled;
import static dev.pawl.domain.Examples.policy;
import static dev.pawl.domain.Examples.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.decide.Runs;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClarifyTest {
    /** With two attempts for each stage, a stage may ask twice. */
    @ParameterizedTest(name = "attempt {0}, asked before: {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        1 | -                                   | implement-1 | answers
        4 | -                                   | implement-4 | answers
        2 | implement-1                         | implement-2 | answers
        5 | implement-1                         | implement-5 | answers
        3 | implement-1 implement-2             | -           | questions
        2 | implement-1 implement-2             | implement-2 | answers
        3 | plan-1 plan-2 other-run/implement-1 | implement-3 | answers
        """)
    void onlyQuestionsCountAndNeitherAttemptsThatSucceededNorACrashsOwnComment(
            int attempt, String before, String key, String waits) {
        Conclusion asked = Clarify.ask(
                context(attempt, before == null ? List.of() : List.of(before.split(" "))),
                state(attempt),
                List.of(new AgentResult.Question(new Untrusted("Which one?"), Optional.empty())),
                Usage.NONE);

        assertThat(asked.state().waiting().map(Waiting::reason)).contains(Waiting.Reason.valueOf(waits.toUpperCase()));
        assertThat(asked.effects().stream().map(e -> ((Effect.EnsureNote) e).key()))
                .isEqualTo(Optional.ofNullable(key).stream().toList());
    }

    private static RunState state(int attempt) {
        RunState begun = Runs.begin(snapshot(bug(), labeled(MAINTAINER)), policy(2), MAINTAINER, Optional.empty());
        return begun.change(
                StageKind.IMPLEMENT,
                s -> new StageRecord(
                        s.kind(),
                        StageStatus.RUNNING,
                        attempt,
                        Map.of(),
                        s.last(),
                        s.result(),
                        s.seconds(),
                        s.cost(),
                        s.tokens()));
    }

    private static Context context(int attempt, List<String> before) {
        RunState state = state(attempt);
        List<Note> notes = before.stream()
                .map(name -> name.split("/"))
                .map(parts -> new Note(
                        200,
                        Note.Topic.QUESTIONS,
                        parts[parts.length - 1],
                        parts.length > 1 ? parts[0] : state.id().run(),
                        Optional.empty(),
                        "",
                        "",
                        NOW))
                .toList();
        return new Context(
                StageKind.IMPLEMENT,
                snapshot(state, List.of(), notes),
                policy(2),
                state,
                Optional.empty(),
                List.of(),
                List.of(),
                NOW,
                1,
                Optional.empty());
    }
}
