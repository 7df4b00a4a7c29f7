package dev.pawl.agent.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds a program as a shell would, except that a relative {@code PATH} entry, which is the work tree's, doesn't count. */
public final class Programs {
    private Programs() {}

    /** The file to run; empty when there is none that can be run. */
    public static Optional<Path> find(Command command) {
        return find(command, _ -> true);
    }

    /** The same, among those that may be run. */
    static Optional<Path> find(Command command, Predicate<Path> may) {
        String word = command.program();
        try {
            if (word.contains("/")) {
                return Optional.of(command.folder().resolve(word))
                        .filter(Programs::runnable)
                        .filter(may);
            }
            return onPath(command.environment().getOrDefault("PATH", "/usr/bin:/bin"), word, may);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> onPath(String path, String word, Predicate<Path> may) {
        if (word.isEmpty()) {
            return Optional.empty();
        }
        for (String entry : path.split(File.pathSeparator, -1)) {
            Path folder = Path.of(entry);
            if (folder.isAbsolute() && runnable(folder.resolve(word)) && may.test(folder.resolve(word))) {
                return Optional.of(folder.resolve(word));
            }
        }
        return Optional.empty();
    }

    private static boolean runnable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
