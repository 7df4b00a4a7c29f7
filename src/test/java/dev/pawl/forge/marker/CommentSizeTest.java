package dev.pawl.forge.marker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.decide.StateFound;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Plan;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.state.Document;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Spending;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** REL-29: whatever a run comes to, its comments are no longer than the forge takes, and can be read again. */
class CommentSizeTest {
    private static final Instant TIME = Instant.parse("2026-11-21T07:00:00.123456789Z");
    private static final StateMarker SIGNING = new StateMarker(Optional.of("key"));

    static List<String> texts() {
        return List.of("😀", "<", "--", "x", "é", "\u202e", "\"", "\\");
    }

    /** Every stage, 200 attempts each, every failure, and texts whose every character is escaped or has four bytes. */
    @ParameterizedTest
    @MethodSource("texts")
    void rel29TheLargestStateFitsAndIsReadAgain(String text) throws Exception {
        RunState largest = largest(text);
        String body = SIGNING.write(largest, "😀".repeat(30_000));

        String line = body.lines().findFirst().orElseThrow();
        String json = line.substring("<!-- pawl:state v1 ".length(), line.indexOf(" sig="));
        assertThat(strictBytes(json)).isLessThanOrEqualTo(16 * 1024);
        assertThat(body.length()).isLessThanOrEqualTo(60_000);
        assertThat(strictBytes(body)).isLessThanOrEqualTo(60_000);
        assertThat(SIGNING.read(1, body, 1296269, 42)).hasValueSatisfying(found -> {
            RunState state = ((StateFound.Found) found).state();
            assertThat(state.fence()).isEqualTo(largest.fence());
            assertThat(state.work()).isEqualTo(largest.work());
            assertThat(state.documents()).isEqualTo(largest.documents());
            assertThat(state.waiting().orElseThrow().reason()).isEqualTo(Waiting.Reason.ACCESS);
            assertThat(state.spending().runs()).isEqualTo(largest.spending().runs());
            assertThat(state.spending().cost()).isEqualTo(largest.spending().cost());
            assertThat(state.people().handled()).endsWith(3_000_000_099L);
            assertThat(state.stages())
                    .extracting(StageRecord::attempts, StageRecord::failures)
                    .containsExactlyElementsOf(largest.stages().stream()
                            .map(s -> org.assertj.core.groups.Tuple.tuple(s.attempts(), s.failures()))
                            .toList());
        });
    }

    private static RunState largest(String text) {
        RunState some = GoldenStates.TOKENS.state("working");
        Map<FailureKind, Integer> failures =
                Arrays.stream(FailureKind.values()).collect(Collectors.toMap(Function.identity(), _ -> 200));
        List<StageRecord> stages = Arrays.stream(StageKind.values())
                .map(kind -> new StageRecord(
                        kind,
                        StageStatus.FAILED,
                        200,
                        failures,
                        Optional.of(FailureKind.REVIEW_FINDINGS),
                        text.repeat(2_000),
                        1_000_000,
                        Usd.ofMicros(1L << 40),
                        new StageRecord.Tokens(1L << 40, 1L << 40, 1L << 40)))
                .toList();
        var starts = IntStream.range(0, 200).mapToObj(i -> TIME.plusSeconds(i)).toList();
        var handled =
                LongStream.range(0, 100).map(i -> i + 3_000_000_000L).boxed().toList();
        var documents = List.of("plan", "feedback", "rejected", "research", "report").stream()
                .collect(Collectors.toMap(Function.identity(), _ -> new Document(1L << 40, "f".repeat(64))));
        var sessions = IntStream.range(0, 100)
                .boxed()
                .collect(Collectors.toMap(i -> "implement/agent-" + i, _ -> text.repeat(100)));
        return new RunState(
                some.id(),
                some.state(),
                stages,
                some.work(),
                some.fence(),
                Optional.of(new Waiting(Waiting.Reason.ACCESS, TIME, Optional.of(TIME), text.repeat(8_000))),
                new Spending(200, 200, Usd.ofMicros(1L << 40), Usd.ZERO, 1L << 50, 1L << 50, starts),
                new RunState.People(1L << 40, "o".repeat(39), handled),
                documents,
                sessions);
    }

    /** Wherever the cut falls. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void rel29APlanOf100KilobytesIsCutBetweenCharacters(int offset) throws Exception {
        var approach = new Untrusted("x".repeat(offset) + "😀".repeat(25_000));
        var task = new Plan.Task(
                "T1",
                approach,
                "implement",
                Optional.of(approach),
                List.of("a.txt"),
                Optional.empty(),
                Optional.empty());
        var plan = new Plan(approach, List.of(task), List.of(approach), List.of(approach));
        var note = new Effect.EnsureNote(
                Note.Topic.PLAN, "plan", "r-7f3a21", approach.raw(), Optional.of(new Note.Data.Planned(plan)));

        String body = NoteMarker.write(42, note);

        assertThat(body.length()).isLessThanOrEqualTo(60_000);
        assertThat(strictBytes(body)).isLessThanOrEqualTo(60_000);
        assertThat(body).contains("*(cut: the rest is too long)*");
        assertThat(NoteMarker.read(1, body, 42, TIME))
                .hasValueSatisfying(read -> assertThat(read.data()).hasValueSatisfying(data -> {
                    var kept = ((Note.Data.Planned) data).plan();
                    assertThat(approach.raw()).startsWith(kept.approach().raw());
                    assertThat(kept.approach().raw()).isNotEmpty();
                    assertThat(kept.tasks()).hasSize(1);
                }));
    }

    /** The size in UTF-8; a half of a character is an error, not a question mark. */
    private static int strictBytes(String text) throws CharacterCodingException {
        ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        return bytes.remaining();
    }
}
