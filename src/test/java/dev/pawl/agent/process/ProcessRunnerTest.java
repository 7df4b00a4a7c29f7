package dev.pawl.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.Security;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@Security
class ProcessRunnerTest {
    private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder = Path.of("");

    private final String mark = UUID.randomUUID().toString();
    private ProcessRunner runner = new ProcessRunner(InstantSource.system(), () -> mark);

    @BeforeEach
    void open() {
        runner.close();
        runner = new ProcessRunner(InstantSource.system(), () -> mark);
    }

    @AfterEach
    void nobodyIsLeft() {
        runner.close();
        assertThat(marked()).as("processes left").isEmpty();
    }

    @Test
    void theExitCodeAndBothStreamsAreKept() {
        var ended = run("echo out; echo err >&2; exit 3", LONG);

        assertThat(ended.cause()).isEqualTo(Ended.Cause.ITSELF);
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.signal()).isEmpty();
        assertThat(ended.log().raw()).isEqualTo("out\nerr\n");
    }

    @Test
    void aSignalIsToldFromAnExitCode() {
        assertThat(run("kill -9 $$", LONG).signal()).hasValue(9);
    }

    @Test
    void argumentsAreNeverReadByAShell() {
        var file = Scripts.script(folder.resolve("say"), "printf '%s|' \"$@\"");
        var command = new Command(List.of("./say", "$HOME", "a b", ";id", ""), folder, PATH, LONG, LONG);

        assertThat(ran(runner.run(command)).log().raw()).isEqualTo("$HOME|a b|;id||");
        assertThat(file).exists();
    }

    @Test
    void standardInputIsAtItsEnd() {
        assertThat(run("cat; echo \"read $?\"", LONG).log().raw()).isEqualTo("read 0\n");
    }

    @Test
    void aMissingProgramIsAValue() throws IOException {
        Files.writeString(folder.resolve("plain"), "no program");

        assertThat(runner.run(command(List.of("no-such-program-here"), LONG)))
                .isEqualTo(new Ended.NotFound("no-such-program-here"));
        assertThat(runner.run(command(List.of("./plain"), LONG))).isEqualTo(new Ended.NotFound("./plain"));
        assertThat(runner.run(command(List.of("./gone"), LONG))).isEqualTo(new Ended.NotFound("./gone"));
    }

    @Test
    void aRelativePathEntryIsNotSearched() {
        Scripts.script(folder.resolve("bin/tool"), "echo from the work tree");
        var command = new Command(List.of("tool"), folder, Map.of("PATH", "bin::."), LONG, LONG);

        assertThat(runner.run(command)).isEqualTo(new Ended.NotFound("tool"));
    }

    @Test
    void aHangEndsAtTheTimeLimit() {
        var ended = run("echo before; sleep 1000; echo after", Duration.ofMillis(300));

        assertThat(ended.cause()).isEqualTo(Ended.Cause.TIME_LIMIT);
        assertThat(ended.signal()).hasValue(15);
        assertThat(ended.log().raw()).isEqualTo("before\n");
        assertThat(ended.took()).isBetween(Duration.ofMillis(300), LONG);
    }

    @Test
    void whoCleansUpOnSigtermMayDoSo() {
        var ended = run("trap 'echo cleaned; exit 7' TERM; sleep 1000 & wait", Duration.ofMillis(300));

        assertThat(ended.cause()).isEqualTo(Ended.Cause.TIME_LIMIT);
        assertThat(ended.log().raw()).isEqualTo("cleaned\n");
    }

    @Test
    void whoIgnoresSigtermIsKilledAfterTheGrace() {
        Scripts.script(folder.resolve("run"), "trap '' TERM; echo here; while :; do sleep 1; done");
        var command = new Command(List.of("./run"), folder, PATH, Duration.ofMillis(300), Duration.ofMillis(300));
        var ended = ran(runner.run(command));

        assertThat(ended.cause()).isEqualTo(Ended.Cause.TIME_LIMIT);
        assertThat(ended.signal()).hasValue(9);
        assertThat(ended.took()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aChildLeftBehindEndsWithItsParent() {
        var ended = run("sleep 1000 & echo $! > child; exit 0", LONG);

        assertThat(ended.code()).isZero();
        assertThat(alive("child")).isFalse();
    }

    @Test
    void aDaemonInASessionOfItsOwnIsFound() {
        var ended = run("""
                (setsid sh -c 'echo $$ > daemon; exec >/dev/null 2>&1; while :; do sleep 1; done' &) &
                while [ ! -s daemon ]; do sleep 0.05; done
                """, LONG);

        assertThat(ended.code()).isZero();
        assertThat(alive("daemon")).isFalse();
    }

    @Test
    void aDaemonThatHidItsMarkIsFoundByTheLogThatItHolds() {
        run("""
                (env -i PATH="$PATH" setsid sh -c 'echo $$ > daemon; while :; do sleep 1; done' &) &
                while [ ! -s daemon ]; do sleep 0.05; done
                """, LONG);

        assertThat(alive("daemon")).isFalse();
    }

    @Test
    void aDaemonThatKeepsForkingIsEnded() {
        run("""
                setsid sh -c 'echo up > up; while :; do sleep 0.01 & done' >/dev/null 2>&1 &
                while [ ! -s up ]; do sleep 0.05; done
                """, LONG);

        assertThat(marked()).isEmpty();
    }

    @Test
    void aGigabyteOfOutputIsBounded() {
        var ended = run("echo first; head -c 1073741824 /dev/zero | tr '\\0' x; echo; echo last", LONG);

        assertThat(ended.code()).isZero();
        String log = ended.log().raw();
        assertThat(log).hasSizeLessThan(BoundedLog.HEAD + BoundedLog.TAIL + 100);
        assertThat(log).startsWith("first\nxxx").endsWith("xxx\nlast\n");
        assertThat(log).contains("\n[" + (1073741824L + 12 - BoundedLog.HEAD - BoundedLog.TAIL) + " bytes left out]\n");
    }

    @Test
    void terminalSequencesAreRemoved() {
        var ended = run("printf '\\033[31mred\\033[0m\\007 \\033]0;title\\007x\\r\\nrow\\rnew\\t1\\000\\n'", LONG);

        assertThat(ended.log().raw()).isEqualTo("red x\nrow\nnew\t1\n");
    }

    @Test
    void theEnvironmentIsExactlyTheGivenOneAndTheMark() {
        var command = new Command(List.of("env"), folder, Map.of("PATH", "/usr/bin:/bin", "A", "1"), LONG, LONG);

        assertThat(ran(runner.run(command)).log().raw().lines())
                .containsExactlyInAnyOrder("PATH=/usr/bin:/bin", "A=1", "PAWL_MARK=" + mark);
    }

    @Test
    void aClosedRunnerEndsWhatRunsAndStartsNothing() throws Exception {
        Scripts.script(folder.resolve("run"), "echo up > up; sleep 1000");
        var result = new CompletableFuture<Ended>();
        Thread.ofVirtual().start(() -> result.complete(runner.run(command(List.of("./run"), LONG))));
        while (!Files.exists(folder.resolve("up"))) {
            Thread.onSpinWait();
        }
        runner.close();

        assertThat(ran(result.get(20, TimeUnit.SECONDS)).cause()).isEqualTo(Ended.Cause.SHUTDOWN);
        assertThat(runner.run(command(List.of("./run"), LONG))).isInstanceOf(Ended.NotFound.class);
    }

    @Test
    void aSigtermToUsEndsWhatRuns() throws Exception {
        Scripts.script(folder.resolve("run"), "setsid sleep 1000 & echo up > up; sleep 1000");
        var java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OneRun.class.getName(),
                        folder.toString(),
                        mark)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("java.log").toFile())
                .start();
        while (java.isAlive() && !Files.exists(folder.resolve("up"))) {
            Thread.onSpinWait();
        }
        assertThat(marked()).isNotEmpty();
        java.destroy();

        assertThat(java.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(marked()).isEmpty();
    }

    @Test
    void noThreadIsLeft() {
        run("exit 0", LONG);
        long before = readers();
        for (int i = 0; i < 10; i++) {
            run("sleep 1000 & exit 0", LONG);
        }
        assertThat(readers()).isEqualTo(before);
    }

    @Test
    void aListenerGetsWholeLinesWhileTheProcessRunsAndErrorsAreLogged() throws IOException {
        Files.writeString(folder.resolve("in"), "one\ntwo");
        var lines = new ArrayList<String>();

        var ended = listening("cat; echo; echo no >&2; printf last", line -> lines.add(line));

        assertThat(lines).containsExactly("one", "two", "last");
        assertThat(ended.log().raw()).isEqualTo("no\n");
        assertThat(ended.cause()).isEqualTo(Ended.Cause.ITSELF);
    }

    @Test
    void whoeverHasHeardEnoughEndsTheProcess() throws IOException {
        Files.writeString(folder.resolve("in"), "");
        var lines = new ArrayList<String>();

        var ended = listening("trap '' TERM; while :; do echo more; done", line -> {
            lines.add(line);
            return lines.size() < 3;
        });

        assertThat(ended.cause()).isEqualTo(Ended.Cause.ENOUGH);
        assertThat(lines).containsExactly("more", "more", "more");
        assertThat(marked()).isEmpty();
    }

    @Test
    void aLineThatIsTooLongIsPassedOverAndAFloodIsEnded() {
        var lines = new ArrayList<String>();
        var stopped = new ArrayList<String>();
        var cut = new Lines(lines::add, () -> stopped.add("stopped"));

        byte[] whole = "x".repeat(Lines.LONGEST + 1).getBytes(StandardCharsets.UTF_8);
        cut.take(whole, whole.length);
        cut.take("\nshort\n".getBytes(StandardCharsets.UTF_8), 7);
        assertThat(lines).containsExactly("short");

        byte[] many = "\n".repeat(Lines.MOST + 10).getBytes(StandardCharsets.UTF_8);
        cut.take(many, many.length);
        assertThat(stopped).containsExactly("stopped");
        assertThat(lines.size()).isLessThan(Lines.MOST + 10);
    }

    @Test
    void twoCanTalk() {
        var talk = new Talk(line -> line.equals("echo 2") ? "" : "2");

        var ended = talking("while read -r line; do echo \"echo $line\"; done; echo over > over; exit 7", talk);

        assertThat(talk.heard).containsExactly("echo 1", "echo 2");
        assertThat(ended.cause()).isEqualTo(Ended.Cause.ENOUGH);
        assertThat(ended.code())
                .as("ends by the end of its input, not by a signal")
                .isEqualTo(7);
        assertThat(folder.resolve("over")).exists();
    }

    @Test
    void whoDoesntEndWithItsInputIsEndedBySignals() {
        var talk = new Talk(line -> "");

        var ended = talking("trap '' TERM; read -r line; echo heard; while :; do sleep 1; done", talk);

        assertThat(ended.cause()).isEqualTo(Ended.Cause.ENOUGH);
        assertThat(ended.signal()).hasValue(9);
    }

    @Test
    void atTheTimeLimitThereIsALastWord() {
        var talk = new Talk(line -> "2");
        Scripts.script(folder.resolve("run"), "read -r a; read -r b; echo \"$b\" > last; exec sleep 1000");

        var ended = ran(runner.run(new Command(
                List.of("./run"),
                folder,
                PATH,
                Duration.ofMillis(300),
                Duration.ofMillis(300),
                Command.Streams.of(talk))));

        assertThat(ended.cause()).isEqualTo(Ended.Cause.TIME_LIMIT);
        assertThat(folder.resolve("last")).hasContent("stop\n");
        assertThat(ended.took()).isLessThan(LONG);
    }

    @Test
    void nobodyWaitsForWhoDoesntRead() {
        var talk = new Talk(line -> "x".repeat(100_000));

        var ended = talking("for i in 1 2 3 4 5 6 7 8 9; do echo $i; done; exit 0", talk);

        assertThat(ended.cause()).isEqualTo(Ended.Cause.ITSELF);
        assertThat(talk.heard).hasSize(9);
        assertThat(readers()).isZero();
    }

    @Test
    void aDaemonThatIsTalkedWithIsFound() {
        talking("""
                (env -i PATH="$PATH" setsid sh -c 'echo $$ > daemon; while :; do sleep 1; done' &) &
                while [ ! -s daemon ]; do sleep 0.05; done
                """, new Talk(line -> "1"));

        assertThat(alive("daemon")).isFalse();
    }

    /** Says 1, and an answer to each line; an empty one is the end. */
    private static final class Talk implements Command.Conversation {
        private final UnaryOperator<String> answer;
        private final List<String> heard = new ArrayList<>();
        private Command.Voice voice = line -> {};

        private Talk(UnaryOperator<String> answer) {
            this.answer = answer;
        }

        @Override
        public void begins(Command.Voice toProcess) {
            voice = toProcess;
            voice.says("1");
        }

        @Override
        public boolean hears(String line) {
            heard.add(line);
            String next = answer.apply(line);
            if (!next.isEmpty()) {
                voice.says(next);
            }
            return !next.isEmpty();
        }

        @Override
        public void timeIsOver() {
            voice.says("stop");
        }
    }

    private Ended.Ran talking(String script, Command.Conversation talk) {
        Scripts.script(folder.resolve("run"), script);
        return ran(runner.run(
                new Command(List.of("./run"), folder, PATH, LONG, Duration.ofMillis(500), Command.Streams.of(talk))));
    }

    private Ended.Ran listening(String script, Command.Listener listener) {
        Scripts.script(folder.resolve("run"), script);
        var streams = new Command.Streams(Optional.of(folder.resolve("in")), Optional.of(listener));
        return ran(runner.run(new Command(List.of("./run"), folder, PATH, LONG, Duration.ofMillis(300), streams)));
    }

    private static long readers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("pawl-log"))
                .count();
    }

    private Ended.Ran run(String script, Duration limit) {
        Scripts.script(folder.resolve("run"), script);
        return ran(runner.run(command(List.of("./run"), limit)));
    }

    private Command command(List<String> argv, Duration limit) {
        return new Command(argv, folder, PATH, limit, Duration.ofSeconds(5));
    }

    private static Ended.Ran ran(Ended ended) {
        assertThat(ended).isInstanceOf(Ended.Ran.class);
        return (Ended.Ran) ended;
    }

    private boolean alive(String pidFile) {
        try {
            long pid = Long.parseLong(Files.readString(folder.resolve(pidFile)).strip());
            return ProcessTable.read().stream().anyMatch(e -> e.pid() == pid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Long> marked() {
        byte[] variable = (ProcessRunner.MARK + "=" + mark).getBytes(StandardCharsets.UTF_8);
        return ProcessTable.read().stream()
                .filter(e -> e.carries(variable))
                .map(ProcessTable.Entry::pid)
                .toList();
    }
}
