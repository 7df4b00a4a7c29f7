package dev.pawl.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is talked with, and that it ends when we want it to. */
@Timeout(120)
class CompanionTest {
    private static final String OVER = "(over)";

    @TempDir
    Path folder = Path.of("");

    private final ProcessRunner runner =
            new ProcessRunner(InstantSource.system(), () -> UUID.randomUUID().toString());
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private final Command.Listener listener = new Command.Listener() {
        @Override
        public boolean hears(String line) {
            return heard.add(line);
        }

        @Override
        public void over() {
            heard.add(OVER);
        }
    };

    @AfterEach
    void close() {
        runner.close();
    }

    private Companion open(String script, Duration grace) {
        Scripts.script(folder.resolve("run"), script);
        return runner.open(command("./run", grace)).orElseThrow();
    }

    private Command command(String program, Duration grace) {
        var streams = new Command.Streams(Optional.empty(), Optional.of(listener));
        return new Command(List.of(program), folder, Map.of("PATH", "/usr/bin:/bin"), Duration.ZERO, grace, streams);
    }

    private String next() throws InterruptedException {
        return String.valueOf(heard.poll(30, TimeUnit.SECONDS));
    }

    private boolean alive(String file) throws IOException {
        long pid = Long.parseLong(Files.readString(folder.resolve(file)).strip());
        return ProcessTable.read().stream().anyMatch(e -> e.pid() == pid);
    }

    @Test
    void linesGoInAndComeOutUntilItsInputIsClosed() throws Exception {
        var companion = open(
                "echo $$ > pid; while read -r line; do echo \"got $line\"; done; echo bye >&2", Duration.ofSeconds(30));

        companion.tell("one é");
        assertThat(next()).isEqualTo("got one é");
        companion.tell("two");
        assertThat(next()).isEqualTo("got two");
        companion.close();

        assertThat(next()).isEqualTo(OVER);
        assertThat(companion.log().raw()).isEqualTo("bye\n");
        assertThat(alive("pid")).isFalse();
    }

    @Test
    void whoDoesNotEndIsEndedWithEverybodyWhomItStarted() throws Exception {
        var companion = open(
                "trap '' TERM; setsid sh -c 'echo $$ > child; while :; do sleep 1; done' & echo $$ > pid; while :; do sleep 1; done",
                Duration.ofMillis(200));
        while (!Files.exists(folder.resolve("child")) || !Files.exists(folder.resolve("pid"))) {
            Thread.onSpinWait();
        }

        companion.close();

        assertThat(alive("pid")).isFalse();
        assertThat(alive("child")).isFalse();
    }

    @Test
    void whoNeverReadsHoldsNobodyUp() {
        var companion = open("exec sleep 1000", Duration.ofMillis(200));

        companion.tell("x".repeat(1 << 20));
        companion.tell("and more");

        companion.close();
    }

    @Test
    void anEndOfItsOwnIsHeard() throws Exception {
        try (var companion = open("echo last; exit 3", Duration.ofMillis(200))) {
            assertThat(next()).isEqualTo("last");
            assertThat(next()).isEqualTo(OVER);
            companion.tell("anybody?");
        }
    }

    @Test
    void aClosedRunnerEndsItAndStartsNoOther() throws Exception {
        try (var companion = open("echo up; sleep 1000", Duration.ofMillis(200))) {
            assertThat(next()).isEqualTo("up");
            runner.close();
            assertThat(next()).isEqualTo(OVER);
            assertThat(runner.open(command("./run", Duration.ZERO))).isEmpty();
            companion.tell("gone");
        }
    }

    @Test
    void aMissingProgramIsAValue() {
        assertThat(runner.open(command("no-such-program-here", Duration.ZERO))).isEmpty();
    }
}
