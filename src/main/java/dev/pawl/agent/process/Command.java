package dev.pawl.agent.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to run. There is never a shell between us and the program.
 *
 * @param argv the program and its arguments; a program with a slash is a file, relative to the folder, any other one is
 *     looked for on the environment's {@code PATH}
 * @param folder the working folder
 * @param environment the whole environment; nothing of ours is added to it but a random mark
 * @param limit how long it may take
 * @param grace how long it may take to end itself after that
 * @param streams what it reads, and who reads what it prints
 */
public record Command(
        List<String> argv,
        Path folder,
        Map<String, String> environment,
        Duration limit,
        Duration grace,
        Streams streams) {
    /** The protocol's time between asking a process to end and ending it. */
    public static final Duration GRACE = Duration.ofSeconds(10);

    public Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command has at least one word");
        }
    }

    /** One that reads nothing, and that nobody listens to. */
    public Command(List<String> argv, Path folder, Map<String, String> environment, Duration limit, Duration grace) {
        this(argv, folder, environment, limit, grace, Streams.NONE);
    }

    /**
     * A command's standard streams.
     *
     * @param input the file that it reads; empty for nothing
     * @param output who gets the lines of its standard output; empty to log them with the errors
     * @param conversation who also writes to it while it runs; then there is no file
     */
    public record Streams(
            Optional<Path> input, Optional<? extends Listener> output, Optional<Conversation> conversation) {
        /** Nothing is read, everything is logged. */
        public static final Streams NONE = new Streams(Optional.empty(), Optional.empty());

        /** Streams that nobody writes to while the command runs. */
        public Streams(Optional<Path> input, Optional<Listener> output) {
            this(input, output, Optional.empty());
        }

        /** Streams on which two talk. */
        public static Streams of(Conversation conversation) {
            return new Streams(Optional.empty(), Optional.of(conversation), Optional.of(conversation));
        }
    }

    /** Gets the lines of a process while it runs. One thread calls it; what it learned is whole once the run is over. */
    @FunctionalInterface
    public interface Listener {
        /**
         * A line, without its end.
         *
         * @return whether the process may go on
         */
        boolean hears(String line);

        /** No line will come any more. */
        default void over() {}
    }

    /**
     * Talks with a process: hears its lines, and may say some at any time. When it has heard enough, or the time is over, the
     * process's standard input ends after what was said.
     */
    public interface Conversation extends Listener {
        /**
         * The process has begun. Called before anything is heard.
         *
         * @param voice writes to its standard input
         */
        void begins(Voice voice);

        /** The time is over: the last chance to say something. Another thread than the listener's calls it. */
        void timeIsOver();
    }

    /** Writes lines to a process's standard input; nobody waits until it has read them. */
    @FunctionalInterface
    public interface Voice {
        /** Says a line, given without its end. */
        void says(String line);
    }

    /** The program's word. */
    public String program() {
        return argv.getFirst();
    }
}
