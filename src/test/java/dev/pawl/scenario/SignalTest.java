package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.pawl.program.Program;
import dev.pawl.sandbox.world.WebhookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cancelled job: the runner sends SIGINT, then SIGTERM, while an agent works. */
@Tag(Program.TAG)
class SignalTest {
    @TempDir
    Path folder;

    @DisplayName("REL-03: a cancelled job ends its agent, leaves nothing half-done, and the next event goes on at once")
    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void endsTheAgentAndWritesNothingMore(String signal, int exit) throws Exception {
        assumeFalse(signal.equals("INT") && isInterruptIgnored(), "started in the background, where SIGINT is ignored");
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Processes processes = Processes.ready(folder);
        try (var story = new Story(folder).checked()) {
            story.agent.runs("plan", "setsid sleep 600 & echo $$ $! > " + pipe + "; wait");
            story.bug();
            WebhookEvent label = event(story, "issues");
            assertThat(Story.moves(List.of(story.deliver(label)))).containsExactly("triage advanced");
            WebhookEvent next = event(story, "repository_dispatch");

            long run = story.repo.startsRun("pawl.yml", next.name());
            Process pawl = start(processes, story, next, run);
            List<String> agent = List.of(Files.readString(pipe).strip().split(" "));
            assertThat(agent).hasSize(2).allMatch(SignalTest::lives);
            String world = Worlds.describe(story.github);
            new ProcessBuilder("kill", "-" + signal, Long.toString(pawl.pid()))
                    .start()
                    .waitFor();

            assertThat(Processes.end(pawl)).isEqualTo(exit);
            assertThat(agent).noneMatch(SignalTest::lives);
            assertThat(Worlds.describe(story.github)).isEqualTo(world);

            story.repo.endsRun(run, "cancelled");
            story.agent.runs("plan", ":");
            assertThat(Story.moves(List.of(story.deliver(next)))).containsExactly("plan advanced");
        }
    }

    /** A shell that starts a job in the background has it ignore SIGINT, and so do all that it starts (proc(5), SigIgn). */
    private static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                        .anyMatch(mask -> (mask & 2) != 0);
    }

    /** A dead process that its new parent hasn't collected yet doesn't live. */
    private static boolean lives(String pid) {
        try {
            String stat = Files.readString(Path.of("/proc", pid, "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return false;
        }
    }

    private static WebhookEvent event(Story story, String name) {
        return story.github.takeEvents().stream()
                .filter(e -> e.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Process start(Processes processes, Story story, WebhookEvent event, long run) throws IOException {
        Path place = Files.createDirectories(folder.resolve("signalled"));
        Files.writeString(place.resolve("event.json"), event.payload());
        return processes.start(story.environment(event, run, 1, place, place), place.resolve("log"));
    }
}
