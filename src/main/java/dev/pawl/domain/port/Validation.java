package dev.pawl.domain.port;

import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.ValidationRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Runs the repository's own commands. */
public interface Validation {
    /** Runs every command in order, whether or not an earlier one failed. */
    List<Result> run(ValidationRules rules, Path workTree);

    /**
     * One command's result.
     *
     * @param command which one
     * @param status how it ended
     * @param took how long it took
     * @param failures what its reports say, where it has reports
     * @param log the end of its output, where reports say nothing
     */
    record Result(
            ValidationRules.Command command, Status status, Duration took, List<Failure> failures, Untrusted log) {
        public Result {
            failures = List.copyOf(failures);
        }

        /** How a command ended. */
        public enum Status {
            PASSED,
            FAILED,
            TIMED_OUT,
            /** There is no such program. */
            NOT_FOUND
        }

        /** Whether the work may go on. */
        public boolean acceptable() {
            return status == Status.PASSED || !command.required();
        }
    }

    /**
     * One failing test.
     *
     * @param test class and method, or what the report calls it
     * @param message what it says
     * @param file the file, where the report names it
     * @param line the line, where the report names it
     */
    record Failure(String test, Untrusted message, Optional<String> file, OptionalInt line) {}
}
