package dev.pawl.domain.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How work is validated: by the repository's commands, in order, or by one of its workflows.
 *
 * @param commands empty where a workflow does it
 * @param workflow the workflow's file below {@code .github/workflows}; empty where commands do it
 */
public record ValidationRules(List<Command> commands, Optional<String> workflow) {
    /** Nothing is validated. */
    public static final ValidationRules NONE = new ValidationRules(List.of());

    public ValidationRules {
        commands = List.copyOf(commands);
        if (!commands.isEmpty() && workflow.isPresent()) {
            throw new IllegalArgumentException("work is validated by commands or by a workflow");
        }
    }

    /** By commands. */
    public ValidationRules(List<Command> commands) {
        this(commands, Optional.empty());
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return commands.isEmpty() && workflow.isEmpty();
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
