package dev.pawl.agent.process;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A program of its own that runs one command; what ends it must end the command, too. */
final class OneRun {
    private OneRun() {}

    public static void main(String[] args) {
        var limit = Duration.ofMinutes(1);
        var command = new Command(List.of("./run"), Path.of(args[0]), Map.of("PATH", "/usr/bin:/bin"), limit, limit);
        try (var runner = new ProcessRunner(InstantSource.system(), () -> args[1])) {
            System.out.println(runner.run(command));
        }
    }
}
