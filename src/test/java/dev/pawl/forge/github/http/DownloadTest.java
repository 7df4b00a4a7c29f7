package dev.pawl.forge.github.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.forge.github.http.ScriptedServer.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DownloadTest {
    private final Worlds worlds = new Worlds();
    private final ScriptedServer api = new ScriptedServer();
    private final ScriptedServer elsewhere = new ScriptedServer();
    private final RestClient rest =
            new RestClient(new Transport(api.address(), "t0ken", Duration.ofSeconds(60), worlds.world()));

    @AfterEach
    void close() {
        api.close();
        elsewhere.close();
    }

    private Reply there() {
        return Reply.of(302, "", "Location", elsewhere.address() + "/log?sig=x");
    }

    private static Reply text(int status, String text) {
        return new Reply.Full(status, text, Map.of("Content-Type", "text/plain"));
    }

    private static String text(Optional<Download> download) {
        return new String(download.orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void theOtherHostGetsNoneOfOurCredentials() {
        api.then(there());
        elsewhere.then(text(200, "boom\n"));
        Optional<Download> log = rest.download("/logs", 100);
        assertThat(text(log)).isEqualTo("boom\n");
        assertThat(log.orElseThrow().cut()).isFalse();
        assertThat(api.seen().getFirst().authorization()).isEqualTo("Bearer t0ken");
        assertThat(elsewhere.seen()).containsExactly(new ScriptedServer.Seen("GET /log?sig=x", "", ""));
    }

    @Test
    void onlyTheEndIsKept() {
        api.then(there());
        elsewhere.then(text(200, "x".repeat(100_000) + "the end"));
        Optional<Download> log = rest.download("/logs", 7);
        assertThat(text(log)).isEqualTo("the end");
        assertThat(log.orElseThrow().cut()).isTrue();
    }

    @Test
    void itIsFetchedAsOftenAsARead() {
        api.then(there());
        elsewhere.then(text(503, ""), new Reply.Truncated(200, "half"), text(200, "whole"));
        assertThat(text(rest.download("/logs", 100))).isEqualTo("whole");
        assertThat(worlds.waits()).hasSize(2);
    }

    @Test
    void aHostThatStaysAwayIsAnOutage() {
        api.then(there());
        elsewhere.then(text(503, ""), text(503, ""), text(503, ""), text(503, ""), text(503, ""));
        assertThatThrownBy(() -> rest.download("/logs", 100))
                .isInstanceOfSatisfying(
                        ForgeFailure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.FORGE_OUTAGE));
    }

    @Test
    void aBodyThatNeverEndsIsGivenUp() {
        var hasty = new Timeouts(Duration.ofSeconds(5), Duration.ofMillis(200));
        var impatient =
                new RestClient(new Transport(api.address(), "t0ken", Duration.ofSeconds(60), worlds.world(hasty)));
        api.then(there());
        elsewhere.then(new Reply.Stalls(200), text(200, "whole"));
        assertThat(text(impatient.download("/logs", 100))).isEqualTo("whole");
    }

    @Test
    void whatIsGoneIsEmpty() {
        api.then(Reply.of(410, "{}"));
        assertThat(rest.download("/logs", 100)).isEmpty();
        api.then(there());
        elsewhere.then(text(403, "expired"));
        assertThat(rest.download("/logs", 100)).isEmpty();
    }

    @Test
    void aRefusalSaysWhatToGrant() {
        api.then(Reply.of(403, "{\"message\":\"Resource not accessible by integration\"}"));
        assertThatThrownBy(() -> rest.download("/repos/o/r/actions/jobs/1/logs", 100))
                .hasMessageContaining("actions: read");
    }

    @Test
    void aFileOfThisMachineIsNotFetched() {
        api.then(Reply.of(302, "", "Location", "file:///etc/passwd"));
        assertThatThrownBy(() -> rest.download("/logs", 100)).isInstanceOf(ForgeFailure.class);
    }
}
