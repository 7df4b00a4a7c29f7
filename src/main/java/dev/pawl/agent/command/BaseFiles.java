package dev.pawl.agent.command;

import dev.pawl.domain.model.Sha;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives files as they are in the base commit, which people have reviewed, whatever the work tree holds by now. */
@FunctionalInterface
public interface BaseFiles {
    /**
     * A file to run.
     *
     * @param workTree the work tree, before the agent starts
     * @param base the base commit
     * @param path relative to the repository's root
     * @return where it lies, executable and out of the agent's reach; empty when the base has no such file
     */
    Optional<Path> file(Path workTree, Sha base, String path);

    /**
     * A command line whose program comes from the base commit where it is named by a relative path; the other words stay.
     *
     * @param run the command line as the policy has it
     * @param workTree the work tree, before the program starts
     * @param base the base commit
     * @return empty when the base has no such file
     */
    default Optional<List<String>> argv(List<String> run, Path workTree, Sha base) {
        String program = run.getFirst();
        if (!program.contains("/") || program.startsWith("/")) {
            return Optional.of(run);
        }
        return file(workTree, base, program).map(file -> {
            var argv = new ArrayList<>(run);
            argv.set(0, file.toAbsolutePath().toString());
            return argv;
        });
    }

    /**
     * Takes the file from the work tree as it is before the agent starts. That is the base's file only as long as the
     * branch doesn't change it; who can read the base commit should.
     */
    static BaseFiles ofWorkTree() {
        return (workTree, base, path) -> {
            try {
                Path root = workTree.toRealPath();
                Path file = root.resolve(path).toRealPath();
                return file.startsWith(root) && Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
            } catch (IOException | InvalidPathException e) {
                return Optional.empty();
            }
        };
    }
}
