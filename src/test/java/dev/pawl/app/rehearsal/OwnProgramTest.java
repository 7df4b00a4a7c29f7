package dev.pawl.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnProgramTest {
    @TempDir
    Path folder = Path.of("");

    private EngineProcess.Start start(Map<String, String> variables) {
        return new EngineProcess.Start(variables, folder, folder.resolve("log"), folder.resolve("errors"));
    }

    @Test
    void onAJvmTheClassPathIsAbsoluteAndThereAreNoArguments() {
        List<String> command = OwnProgram.onJvm("/jdk/bin/java", "target/pawl.jar:/lib/a.jar");

        assertThat(command)
                .containsExactly(
                        "/jdk/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-cp",
                        Path.of("target/pawl.jar").toAbsolutePath() + ":/lib/a.jar",
                        "dev.pawl.Main");
    }

    @Test
    void theProcessGetsTheseVariablesOnly() throws IOException {
        var program = new OwnProgram(List.of("/usr/bin/env"), Duration.ofSeconds(20));

        EngineProcess.Ended ended = program.run(start(Map.of("INPUT_DRY-RUN", "false", "A", "b")));

        assertThat(ended).isEqualTo(new EngineProcess.Ended(0, true));
        assertThat(Files.readAllLines(folder.resolve("log"))).containsExactlyInAnyOrder("INPUT_DRY-RUN=false", "A=b");
    }

    @Test
    void whatDoesNotEndIsEndedWithAllThatItStarted() throws IOException {
        var program = new OwnProgram(
                List.of("/bin/sh", "-c", "echo $$ >&2; sleep 300 & echo $! >&2; wait"), Duration.ofMillis(500));

        EngineProcess.Ended ended = program.run(start(Map.of("PATH", "/usr/bin:/bin")));

        assertThat(ended.inTime()).isFalse();
        for (String pid : Files.readAllLines(folder.resolve("errors"))) {
            assertThat(ProcessHandle.of(Long.parseLong(pid)))
                    .as(pid)
                    .satisfiesAnyOf(
                            gone -> assertThat(gone).isEmpty(),
                            ending -> assertThat(ending.orElseThrow().onExit()).succeedsWithin(Duration.ofSeconds(10)));
        }
    }
}
