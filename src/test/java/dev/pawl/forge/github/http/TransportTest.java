package dev.pawl.forge.github.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.forge.github.http.Call.Method;
import dev.pawl.forge.github.http.ScriptedServer.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {
    private static final Reply GOOD = Reply.of(200, "{\"ok\":true}");
    private static final Call READ = Call.get("/repos/o/r/issues/1");
    private static final Call WRITE = Call.write(
            Method.POST, "/repos/o/r/issues/1/comments", RestClient.object().put("body", "hi"));
    private static final Reply SECONDARY = Reply.of(403, "{\"message\":\"You have exceeded a secondary rate limit.\"}");

    private final ScriptedServer server = new ScriptedServer();
    private final ScriptedServer elsewhere = new ScriptedServer();
    private final Worlds worlds = new Worlds();
    private final Transport transport =
            new Transport(server.address(), "t0ken", Duration.ofSeconds(60), worlds.world());

    @AfterEach
    void close() {
        server.close();
        elsewhere.close();
    }

    private ForgeFailure failure(Call call) {
        return catchThrowableOfType(ForgeFailure.class, () -> transport.send(call));
    }

    static Stream<Reply> brokenAnswers() {
        return Stream.of(
                Reply.of(500, "{}"),
                Reply.of(502, "<html>Bad Gateway</html>"),
                Reply.of(503, ""),
                Reply.of(504, "{\"message\":\"time-out\"}"),
                new Reply.Truncated(200, "{\"ok\":"),
                Reply.of(200, ""),
                Reply.of(200, "<html>Unicorn</html>"),
                Reply.of(200, "{\"ok\":"),
                Reply.of(200, "true"));
    }

    @ParameterizedTest
    @MethodSource("brokenAnswers")
    void aReadIsRepeated(Reply broken) {
        server.then(broken, broken, GOOD);
        assertThat(transport.send(READ).json().path("ok").asBoolean()).isTrue();
        assertThat(server.lines()).hasSize(3);
        assertThat(transport.sent()).isEqualTo(3);
        assertThat(worlds.waits()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("brokenAnswers")
    void aWriteIsNeverRepeatedBlindly(Reply broken) {
        server.then(broken, GOOD);
        assertThatThrownBy(() -> transport.send(WRITE)).isInstanceOf(UnknownOutcome.class);
        assertThat(server.lines()).hasSize(1);
        assertThat(worlds.waits()).isEmpty();
    }

    /** Who sends again isn't counted here: the JDK's client does too, if another one was made before ours. */
    @Test
    void aReadWithoutAnAnswerIsRepeated() {
        server.then(new Reply.Cut(), new Reply.Cut(), GOOD);
        assertThat(transport.send(READ).ok()).isTrue();
        assertThat(server.lines()).hasSize(3);
    }

    @Test
    void aWriteWithoutAnAnswerIsNot() {
        server.then(new Reply.Cut(), GOOD);
        assertThatThrownBy(() -> transport.send(WRITE)).isInstanceOf(UnknownOutcome.class);
        assertThat(server.lines()).hasSize(1);
    }

    @Test
    void aReadIsGivenUpAfterFourRepetitions() {
        for (int i = 0; i < 9; i++) {
            server.then(Reply.of(502, ""));
        }
        assertThat(failure(READ).kind()).isEqualTo(FailureKind.FORGE_OUTAGE);
        assertThat(server.lines()).hasSize(5);
    }

    @Test
    void aReadIsGivenUpWhenPatienceEnds() {
        for (int i = 0; i < 9; i++) {
            server.then(Reply.of(503, "", "Retry-After", "25"));
        }
        assertThat(failure(READ).kind()).isEqualTo(FailureKind.FORGE_OUTAGE);
        assertThat(worlds.waits()).containsExactly(Duration.ofSeconds(25), Duration.ofSeconds(25));
        assertThat(server.lines()).hasSize(3);
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUp() {
        var hasty = new Timeouts(Duration.ofSeconds(5), Duration.ofMillis(300));
        var impatient = new Transport(server.address(), "t0ken", Duration.ofSeconds(60), worlds.world(hasty));
        server.then(new Reply.Stalls(200), GOOD);
        assertThat(impatient.send(READ).ok()).isTrue();
        server.then(new Reply.Stalls(201));
        assertThatThrownBy(() -> impatient.send(WRITE)).isInstanceOf(UnknownOutcome.class);
    }

    @Test
    void aServerThatIsNotThereIsAnOutage() {
        server.close();
        assertThat(failure(READ).kind()).isEqualTo(FailureKind.FORGE_OUTAGE);
    }

    @Test
    void aLimitWithRetryAfterIsWaitedForByWritesToo() {
        server.then(Reply.of(429, "{}", "Retry-After", "7"), Reply.of(403, "{}", "Retry-After", "2"), GOOD);
        assertThat(transport.send(WRITE).ok()).isTrue();
        assertThat(worlds.waits()).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(2));
    }

    @Test
    void aLimitWithoutRetryAfterIsWaitedForAMinuteAndThenGivenUp() {
        server.then(SECONDARY, SECONDARY);
        ForgeFailure failure = failure(WRITE);
        assertThat(worlds.waits()).containsExactly(Duration.ofSeconds(60));
        assertThat(failure.kind()).isEqualTo(FailureKind.FORGE_LIMIT);
        assertThat(failure.retryAt()).isPresent();
    }

    @Test
    void thePrimaryLimitIsNotSleptThrough() {
        server.then(GOOD);
        transport.send(READ); // the server's own clock, from here on
        Instant reset = transport.now().plus(Duration.ofHours(1));
        server.then(new Reply.Full(
                403,
                "{\"message\":\"API rate limit exceeded\"}",
                Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", Long.toString(reset.getEpochSecond()))));
        ForgeFailure failure = failure(READ);
        assertThat(failure.kind()).isEqualTo(FailureKind.FORGE_LIMIT);
        assertThat(failure.retryAt()).isPresent();
        assertThat(worlds.waits()).isEmpty();
    }

    @Test
    void aResetThatIsNearIsWaitedFor() {
        server.then(
                new Reply.Full(
                        429,
                        "{}",
                        Map.of(
                                "X-RateLimit-Remaining", "0",
                                "X-RateLimit-Reset", "1")),
                GOOD);
        assertThat(transport.send(READ).ok()).isTrue();
        assertThat(worlds.waits()).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void theClockIsTheForges() {
        assertThat(transport.now()).isEqualTo(Worlds.OURS);
        server.then(GOOD);
        transport.send(READ);
        assertThat(transport.now()).isNotEqualTo(Worlds.OURS);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 308})
    void aRedirectOnTheSameHostKeepsMethodAndBody(int status) {
        server.then(Reply.of(status, "{}", "Location", "/repositories/7/issues/1/comments"), GOOD);
        assertThat(transport.send(WRITE).ok()).isTrue();
        assertThat(server.lines())
                .containsExactly("POST /repos/o/r/issues/1/comments", "POST /repositories/7/issues/1/comments");
        assertThat(server.seen().getLast().body()).isEqualTo("{\"body\":\"hi\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    @DisplayName("SEC-30 a redirect to another host is never followed")
    void aRedirectToAnotherHostIsNeverFollowed(int status) {
        server.then(Reply.of(status, "{}", "Location", elsewhere.address() + "/x"));
        assertThat(failure(READ).kind()).isEqualTo(FailureKind.BUG);
        assertThat(elsewhere.lines()).isEmpty();
    }

    @Test
    @DisplayName("SEC-30 a link to another host is never followed")
    void aLinkToAnotherHostIsNeverFollowed() {
        server.then(Reply.of(200, "[1]", "Link", "<" + elsewhere.address() + "/?page=2>; rel=\"next\""));
        assertThatThrownBy(() -> new RestClient(transport).pages("/x")).isInstanceOf(ForgeFailure.class);
        assertThat(elsewhere.lines()).isEmpty();
    }

    @Test
    void redirectsEnd() {
        for (int i = 0; i < 9; i++) {
            server.then(Reply.of(301, "{}", "Location", "/again"));
        }
        assertThat(transport.send(READ).status()).isEqualTo(301);
        assertThat(server.lines()).hasSize(4);
    }

    @Test
    void pagesAreReadToTheLast() {
        server.then(
                Reply.of(
                        200,
                        "[1,2]",
                        "Link",
                        "</r?page=9>; rel=\"last\", <" + server.address() + "/r?page=2>; rel=\"next\""),
                Reply.of(200, "[3]", "Link", "</r?page=1>; rel=\"prev\""));
        assertThat(new RestClient(transport).pages("/r?per_page=100")).hasSize(3);
        assertThat(server.lines()).containsExactly("GET /r?per_page=100", "GET /r?page=2");
    }

    @Test
    void theTokenIsNeverInAFailure() {
        server.then(Reply.of(401, "{\"message\":\"Bad credentials\"}"));
        assertThatThrownBy(() -> new RestClient(transport).get("/x"))
                .hasMessage("the token was not accepted")
                .message()
                .doesNotContain("t0ken");
        assertThat(server.seen().getFirst().authorization()).isEqualTo("Bearer t0ken");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalSaysWhatToGrant(Call call, Reply reply, FailureKind kind, String words) {
        server.then(reply);
        var rest = new RestClient(transport);
        assertThatThrownBy(() -> RestClient.accepted(call, rest.write(call)))
                .isInstanceOfSatisfying(
                        ForgeFailure.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(words);
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> refusals() {
        Reply integration = Reply.of(403, "{\"message\":\"Resource not accessible by integration\"}");
        Reply forbiddenPulls =
                Reply.of(403, "{\"message\":\"GitHub Actions is not permitted to create or approve pull requests.\"}");
        Reply invalid =
                Reply.of(422, "{\"message\":\"Validation Failed\",\"errors\":[{\"field\":\"x\",\"code\":\"y\"}]}");
        return Stream.of(
                refusal(WRITE, integration, FailureKind.ACCESS, "issues: write"),
                refusal(post("/repos/o/r/pulls"), integration, FailureKind.ACCESS, "pull-requests: write"),
                refusal(post("/repos/o/r/git/refs"), integration, FailureKind.ACCESS, "contents: write"),
                refusal(Call.get("/repos/o/r/actions/runs/1"), integration, FailureKind.ACCESS, "actions: read"),
                refusal(
                        post("/repos/o/r/pulls"),
                        forbiddenPulls,
                        FailureKind.ACCESS,
                        "Allow GitHub Actions to create and approve pull requests"),
                refusal(WRITE, Reply.of(404, "{\"message\":\"Not Found\"}"), FailureKind.ACCESS, "issues: write"),
                refusal(WRITE, Reply.of(410, "{\"message\":\"Gone\"}"), FailureKind.ACCESS, "gone"),
                refusal(WRITE, Reply.of(403, "{\"message\":\"issue is locked\"}"), FailureKind.ACCESS, "locked"),
                refusal(WRITE, invalid, FailureKind.BUG, "Validation Failed; x y"));
    }

    private static org.junit.jupiter.params.provider.Arguments refusal(
            Call call, Reply reply, FailureKind kind, String words) {
        return org.junit.jupiter.params.provider.Arguments.of(call, reply, kind, words);
    }

    private static Call post(String target) {
        return new Call(Method.POST, target, Optional.of("{}"));
    }
}
