package dev.pawl.forge.marker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.pawl.domain.decide.StateFound;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Spending;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StateMarkerTest {
    private static final long REPOSITORY = 1296269;
    private static final StateMarker PLAIN = new StateMarker(Optional.empty());
    private static final StateMarker SIGNING = new StateMarker(Optional.of("s3cret"));
    private static final RunState STATE = new RunState(
            new RunState.Identity(REPOSITORY, 42, "r-7f3a", "bug"),
            IssueState.TRIAGING,
            List.of(StageRecord.pending(StageKind.TRIAGE)),
            RunState.Work.NONE,
            new RunState.Fence(9, 17, Optional.empty(), Optional.empty()),
            Optional.empty(),
            Spending.NONE,
            new RunState.People(583231, "octocat", List.of(11L)),
            Map.of(),
            Map.of());
    private static final String JSON = "{\"repository\":1296269,\"issue\":42,\"run\":\"r-7f3a\",\"workflow\":\"bug\","
            + "\"state\":\"triaging\",\"stages\":[{\"kind\":\"triage\",\"status\":\"pending\",\"attempts\":0,"
            + "\"seconds\":0,\"cost_micros\":0}],\"branch\":null,\"head\":null,\"pull_request\":null,\"tasks\":0,"
            + "\"epoch\":9,\"seq\":17,\"runs\":0,\"idle\":0,\"cost_micros\":0,\"cost_lifted_micros\":0,"
            + "\"input_tokens\":0,\"output_tokens\":0,\"starts\":[],"
            + "\"started_by\":{\"id\":583231,\"login\":\"octocat\"},\"handled\":[11],\"documents\":{},\"sessions\":{}}";

    private static StateFound read(StateMarker marker, String body) {
        return marker.read(1, body, REPOSITORY, 42).orElseThrow();
    }

    @Test
    void theFirstLineIsTheProtocols() {
        assertThat(PLAIN.write(STATE, "for people\n")).isEqualTo("<!-- pawl:state v1 " + JSON + " -->\nfor people\n");
    }

    /** Computed with another implementation: Python's hmac and json, keys sorted. */
    @Test
    void theSignatureIsAnHmacOverTheCanonicalForm() {
        assertThat(SIGNING.write(STATE, "").lines().findFirst().orElseThrow())
                .startsWith("<!-- pawl:state v1 " + JSON + " sig=")
                .endsWith("1a164ca1121956c565786f214c3a01cc675edeb555a2bbe47e88c20ed356b58d -->");
    }

    @Test
    void whatWasWrittenIsReadAgain() {
        assertThat(read(PLAIN, PLAIN.write(STATE, "x"))).isEqualTo(new StateFound.Found(1, STATE));
        assertThat(read(SIGNING, SIGNING.write(STATE, "x"))).isEqualTo(new StateFound.Found(1, STATE));
    }

    /** As versions wrote them that knew no tokens of stages. */
    @Test
    void aStateWithoutTokensOfItsStagesIsReadAsBefore() {
        assertThat(read(PLAIN, "<!-- pawl:state v1 " + JSON + " -->\n")).isEqualTo(new StateFound.Found(1, STATE));
    }

    @Test
    void everyStateComesBackAndFitsTheSchema() throws Exception {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("docs/state-v1.schema.json")));
        var states = new RandomStates(42);
        for (int i = 0; i < 500; i++) {
            RunState state = states.next();
            String body = SIGNING.write(state, "text");
            assertThat(SIGNING.read(1, body, 7, 42)).contains(new StateFound.Found(1, state));
            String line = body.lines().findFirst().orElseThrow();
            String inner = line.substring("<!--".length(), line.length() - "-->".length());
            assertThat(inner).doesNotContain("--", "<", ">", "@");
            assertThat(schema.validate(new ObjectMapper().readTree(MarkerJson.inComment(StateWriter.write(state)))))
                    .isEmpty();
        }
    }

    @Test
    void theSchemaNamesEveryWord() throws Exception {
        String schema = Files.readString(Path.of("docs/state-v1.schema.json"));
        Stream.of(
                        Arrays.stream(IssueState.values()).map(IssueState::word),
                        Arrays.stream(StageKind.values()).map(StageKind::word),
                        Arrays.stream(StageStatus.values()).map(StageStatus::word),
                        Arrays.stream(FailureKind.values()).map(FailureKind::word),
                        Arrays.stream(Waiting.Reason.values()).map(Waiting.Reason::word))
                .flatMap(words -> words)
                .forEach(word -> assertThat(schema).contains("\"" + word + "\""));
    }

    private static Arguments forged(String name, UnaryOperator<String> forging, String why) {
        return Arguments.of(name, forging, why);
    }

    private static Stream<Arguments> forgeries() {
        return Stream.of(
                forged("unsigned", s -> s.replaceFirst(" sig=[0-9a-f]+", ""), "its signature is missing"),
                forged("signature of zeros", s -> s.replaceFirst("sig=[0-9a-f]{64}", "sig=" + "0".repeat(64)), "wrong"),
                forged("upper-case signature", s -> upper(s), "its signature is missing|strict JSON"),
                forged("short signature", s -> s.replaceFirst("sig=[0-9a-f]{60}", "sig="), "strict JSON|missing"),
                forged("higher epoch", s -> s.replace("\"epoch\":9", "\"epoch\":99"), "its signature is wrong"),
                forged("other state", s -> s.replace("\"triaging\"", "\"completed\""), "its signature is wrong"),
                forged("other starter", s -> s.replace("583231", "1"), "its signature is wrong"),
                forged("key twice", s -> s.replace("\"epoch\":9", "\"epoch\":9,\"epoch\":9"), "it is no strict JSON"),
                forged("text after the JSON", s -> s.replace("} sig", "} x sig"), "it is no strict JSON"),
                forged("text after the marker", s -> s.replace(" -->\n", " --> x\n"), "its first line is damaged"),
                forged("no end", s -> s.replace(" -->\n", "\n"), "its first line is damaged"),
                forged("ends early", s -> s.replace("\"r-7f3a\"", "\"-->\""), "it holds characters that are always"),
                forged("a fraction", s -> s.replace("\"seq\":17", "\"seq\":17.0"), "it holds a number"),
                forged("unknown key", s -> s.replace("{\"repository\"", "{\"more\":1,\"repository\""), "wrong"),
                forged("a comment in it", s -> s.replace("\"seq\"", "/**/\"seq\""), "it is no strict JSON"),
                forged("version 0", s -> s.replace("state v1", "state v0"), "its first line is damaged"),
                forged("no version", s -> s.replace("state v1 ", "state "), "its first line is damaged"),
                forged("too long", s -> s.replace("octocat", "o".repeat(17_000)), "it is too long"),
                forged("too deep", s -> s.replace("[11]", "[[[[[[[[[[11]]]]]]]]]]"), "it is no strict JSON"),
                forged("nothing", s -> "<!-- pawl:state v1  -->\n", "strict JSON|no JSON object"));
    }

    private static String upper(String s) {
        int at = s.indexOf("sig=") + 4;
        return s.substring(0, at) + "ABCDEF" + s.substring(at + 6);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    @DisplayName("SEC-05 a forged state is broken")
    void aForgedStateIsBroken(String name, UnaryOperator<String> forging, String why) {
        String honest = SIGNING.write(STATE, "text\n");
        String body = forging.apply(honest);
        assertThat(body).as("the forgery changes something").isNotEqualTo(honest);
        assertThat(read(SIGNING, body))
                .isInstanceOfSatisfying(
                        StateFound.Broken.class, b -> assertThat(b.why()).containsPattern(why));
    }

    private static Stream<Arguments> unsignedForgeries() {
        return Stream.of(
                forged("missing key", s -> s.replace("\"epoch\":9,", ""), "its key epoch is missing or wrong"),
                forged("wrong type", s -> s.replace("\"epoch\":9", "\"epoch\":\"9\""), "its key epoch"),
                forged("negative", s -> s.replace("\"epoch\":9", "\"epoch\":-9"), "its key epoch"),
                forged("too large", s -> s.replace("\"issue\":42", "\"issue\":4294967338"), "that can't be"),
                forged("no stages", s -> s.replaceFirst("\"stages\":\\[.*?]", "\"stages\":[]"), "that can't be"),
                forged("no word as stage", s -> s.replace("\"triage\"", "\"Deploy now!\""), "its key kind"),
                forged("a path as branch", s -> s.replace("\"branch\":null", "\"branch\":\"../main\""), "key branch"),
                forged("a word as head", s -> s.replace("\"head\":null", "\"head\":\"main\""), "its key head"),
                forged("stages as object", s -> s.replaceFirst("\"stages\":\\[.*?]", "\"stages\":{}"), "key stages"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsignedForgeries")
    @DisplayName("SEC-05 a damaged state is broken without a key too")
    void aDamagedStateIsBrokenWithoutAKeyToo(String name, UnaryOperator<String> forging, String why) {
        assertThat(read(PLAIN, forging.apply(PLAIN.write(STATE, "text\n"))))
                .isInstanceOfSatisfying(
                        StateFound.Broken.class, b -> assertThat(b.why()).containsPattern(why));
    }

    @Test
    void aStateSignedForAnotherIssueStaysWhereItBelongs() {
        String body = SIGNING.write(STATE, "");
        assertThat(SIGNING.read(1, body, REPOSITORY, 43)).contains(new StateFound.Elsewhere(1));
        assertThat(SIGNING.read(1, body, 1, 42)).contains(new StateFound.Elsewhere(1));
    }

    @Test
    void aNewerVersionIsLeftAlone() {
        assertThat(read(PLAIN, "<!-- pawl:state v2 {\"whatever\":1.5} -->")).isEqualTo(new StateFound.Newer(1, "v2"));
    }

    @Test
    void whatDoesNotBeginWithTheMarkerIsNoState() {
        String body = PLAIN.write(STATE, "");
        for (String before : List.of(" ", "\n", "\ufeff", "> ", "x", "```\n")) {
            assertThat(PLAIN.read(1, before + body, REPOSITORY, 42)).isEmpty();
        }
        assertThat(PLAIN.read(1, body.replace("pawl:state", "pawl:State"), REPOSITORY, 42))
                .isEmpty();
    }

    @Test
    void lineEndsOfAWebFormDoNotBreakIt() {
        String body = SIGNING.write(STATE, "text\n").replace("\n", "\r\n");
        assertThat(read(SIGNING, body)).isEqualTo(new StateFound.Found(1, STATE));
    }

    @Test
    void aStateThatIsTooLongIsCompactedAndStillValid() {
        List<StageRecord> stages = IntStream.range(0, 17)
                .mapToObj(i -> new StageRecord(
                        List.of(StageKind.values()).get(i),
                        StageStatus.SUCCEEDED,
                        200,
                        Map.of(FailureKind.VALIDATION, 3),
                        Optional.empty(),
                        "😀".repeat(700),
                        5,
                        Usd.ZERO,
                        new StageRecord.Tokens(1L << 40, 1L << 40, 1L << 40)))
                .toList();
        var sessions = new HashMap<String, String>();
        IntStream.range(0, 100).forEach(i -> sessions.put("stage/" + i, "s".repeat(100)));
        RunState large = new RunState(
                STATE.id(),
                STATE.state(),
                stages,
                STATE.work(),
                STATE.fence(),
                Optional.of(new Waiting(Waiting.Reason.ACCESS, Instant.EPOCH, Optional.empty(), "--".repeat(4000))),
                STATE.spending(),
                new RunState.People(
                        1,
                        "o",
                        LongStream.range(0, 100)
                                .map(i -> i + 3_000_000_000L)
                                .boxed()
                                .toList()),
                Map.of(),
                sessions);
        String body = PLAIN.write(large, "t".repeat(100_000));
        assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(60_000);
        assertThat(body.lines().findFirst().orElseThrow().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(16 * 1024 + 100);
        assertThat(read(PLAIN, body)).isInstanceOfSatisfying(StateFound.Found.class, found -> {
            assertThat(found.state().fence()).isEqualTo(STATE.fence());
            assertThat(found.state().stages())
                    .hasSize(17)
                    .allSatisfy(s -> assertThat(s.attempts()).isEqualTo(200));
        });
    }
}
