package dev.pawl.domain.policy;

import java.time.Duration;
import java.util.List;

/**
 * How work is validated: the repository's commands, in order.
 *
 * @param commands may be empty; then validation has nothing to do
 */
public record ValidationRules(List<Command> commands) {
    public ValidationRules {
        commands = List.copyOf(commands);
    }

    /**
     * One command.
     *
     * @param name for people
     * @param run the argument list; never a shell string
     * @param timeout how long it may take
     * @param required whether its failure sends the work back
     * @param reports globs of JUnit XML reports, relative to the work tree
     */
    public record Command(String name, List<String> run, Duration timeout, boolean required, List<String> reports) {
        /** How long a command may take where the policy says nothing. */
        public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(20);

        public Command {
            run = List.copyOf(run);
            reports = List.copyOf(reports);
            if (run.isEmpty()) {
                throw new IllegalArgumentException("a command has at least one word: " + name);
            }
        }
    }
}
