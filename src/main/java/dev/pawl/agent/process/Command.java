package dev.pawl.agent.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What to run. There is never a shell between us and the program.
 *
 * @param argv the program and its arguments; a program with a slash is a file, relative to the folder, any other one is
 *     looked for on the environment's {@code PATH}
 * @param folder the working folder
 * @param environment the whole environment; nothing of ours is added to it but a random mark
 * @param limit how long it may take
 * @param grace how long it may take to end itself after that
 */
public record Command(List<String> argv, Path folder, Map<String, String> environment, Duration limit, Duration grace) {
    /** The protocol's time between asking a process to end and ending it. */
    public static final Duration GRACE = Duration.ofSeconds(10);

    public Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command has at least one word");
        }
    }

    /** The program's word. */
    public String program() {
        return argv.getFirst();
    }
}
