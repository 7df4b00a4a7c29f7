package dev.pawl.app.rehearsal;

import java.nio.file.Path;
import java.util.Map;

/** Starts the engine for one invocation and waits for its end. */
@FunctionalInterface
public interface EngineProcess {
    /** Runs one invocation, without arguments, as the runner does. */
    Ended run(Start start);

    /**
     * What an invocation is started with.
     *
     * @param environment all of its environment
     * @param workspace the folder that it starts in
     * @param log where its standard output goes
     * @param errors where its standard error goes
     */
    record Start(Map<String, String> environment, Path workspace, Path log, Path errors) {
        public Start {
            environment = Map.copyOf(environment);
        }
    }

    /**
     * How it ended.
     *
     * @param exitCode its exit code
     * @param inTime whether it ended by itself
     */
    record Ended(int exitCode, boolean inTime) {}
}
