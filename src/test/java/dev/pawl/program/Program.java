package dev.pawl.program;

import dev.pawl.app.Environment;
import dev.pawl.app.Pawl;
import dev.pawl.app.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Pawl as tests start it: in this process, or, where the property {@code pawl.binary} names one, as the native binary.
 * Tests that go through it carry {@link #TAG}; the Maven profile {@code native} runs exactly those against the binary.
 */
public interface Program {
    /** The tag of the tests that the binary has to pass, too. */
    String TAG = "program";

    /**
     * Runs it to its end.
     *
     * @param words the arguments
     * @param environment its variables, and no others
     * @param folder where it starts; in this process it starts where the tests do
     */
    Ended run(List<String> words, Map<String, String> environment, Path folder);

    /** The program that these tests are about. */
    static Program underTest() {
        return underTest(Surroundings.ofMachine());
    }

    /** The same, in surroundings that only this process's program can have; a binary has the machine's. */
    static Program underTest(Surroundings surroundings) {
        return binary().<Program>map(Binary::new).orElseGet(() -> new InProcess(surroundings));
    }

    /** The native binary, where one is tested. */
    static Optional<Path> binary() {
        return Optional.of(System.getProperty("pawl.binary", ""))
                .filter(name -> !name.isEmpty())
                .map(name -> Path.of(name).toAbsolutePath());
    }

    /**
     * How it ended.
     *
     * @param exit the exit code
     * @param out what it printed
     * @param errors what it printed to standard error
     */
    record Ended(int exit, String out, String errors) {}

    /**
     * This very code.
     *
     * @param surroundings clock, chance and sleep
     */
    record InProcess(Surroundings surroundings) implements Program {
        @Override
        public Ended run(List<String> words, Map<String, String> environment, Path folder) {
            var out = new ByteArrayOutputStream();
            var errors = new ByteArrayOutputStream();
            int exit = Pawl.run(
                    words.toArray(String[]::new),
                    new Environment(environment, surroundings),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(errors, true, StandardCharsets.UTF_8));
            return new Ended(exit, out.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
        }
    }

    /**
     * The native binary as a process.
     *
     * @param file the executable
     */
    record Binary(Path file) implements Program {
        private static final long LONGEST_SECONDS = 900;

        @Override
        public Ended run(List<String> words, Map<String, String> environment, Path folder) {
            var command = new ArrayList<String>(List.of(file.toString()));
            command.addAll(words);
            try {
                Path out = Files.createTempFile("pawl", ".out");
                Path errors = Files.createTempFile("pawl", ".errors");
                var builder = new ProcessBuilder(command)
                        .directory(folder.toAbsolutePath().toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(errors.toFile());
                builder.environment().clear();
                builder.environment().putAll(environment);
                Process process = builder.start();
                process.getOutputStream().close();
                var ended = new Ended(end(process), Files.readString(out), Files.readString(errors));
                Files.delete(out);
                Files.delete(errors);
                return ended;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static int end(Process process) {
            try {
                if (process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                    return process.exitValue();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                process.destroyForcibly();
            }
            throw new AssertionError("the binary didn't end");
        }
    }
}
