package dev.pawl.agent.command;

import dev.pawl.domain.port.AgentRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command line of an agent that the policy gives one.
 *
 * @param files gives files of the base
 */
public record CommandLine(BaseFiles files) {
    /**
     * The words, the first one replaced by the base's file where it is a relative path.
     *
     * @return empty when the base has no such file
     */
    public Optional<List<String>> of(AgentRequest request, Path workTree) {
        List<String> run = request.agent().run();
        String program = run.getFirst();
        if (!program.contains("/") || program.startsWith("/")) {
            return Optional.of(run);
        }
        return files.file(workTree, request.base().sha(), program).map(file -> {
            var argv = new ArrayList<>(run);
            argv.set(0, file.toAbsolutePath().toString());
            return argv;
        });
    }
}
