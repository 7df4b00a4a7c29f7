package dev.pawl.scenario;

import dev.pawl.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Starts Pawl as a process of its own: the program named by {@code pawl.binary}, or else this JVM's own classes. */
final class Processes {
    private static final long LONGEST_SECONDS = 120;

    private final List<String> command;

    private Processes(List<String> command) {
        this.command = command;
    }

    /**
     * The program to test.
     *
     * @param cache where a JVM may keep its classes in one file
     */
    static Processes ready(Path cache) throws IOException {
        Optional<Path> binary = Program.binary();
        if (binary.isPresent()) {
            return new Processes(List.of(binary.get().toString()));
        }
        String java = ProcessHandle.current().info().command().orElseThrow();
        return new Processes(List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                jar(cache) + ":" + libraries(),
                "dev.pawl.Main"));
    }

    /** The same program, whose first process leaves its classes in an archive for those after it. */
    Processes archiving(Path archive) {
        return with("-XX:ArchiveClassesAtExit=" + archive);
    }

    /** The same program, started from an archive, where there is one. */
    Processes from(Path archive) {
        return Files.exists(archive) ? with("-XX:SharedArchiveFile=" + archive) : this;
    }

    /** Another option for the JVM; a binary takes none. */
    private Processes with(String option) {
        if (command.size() == 1) {
            return this;
        }
        var other = new ArrayList<>(command);
        other.add(1, option);
        return new Processes(other);
    }

    /** Our classes as one file: a JVM keeps no archive of a folder's classes. Beans are found by folder entries. */
    private static Path jar(Path cache) throws IOException {
        Path jar = cache.resolve("pawl.jar");
        Path classes = Path.of("target/classes").toAbsolutePath();
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.skip(1).sorted().toList()) {
                boolean folder = Files.isDirectory(file);
                out.putNextEntry(new ZipEntry(classes.relativize(file) + (folder ? "/" : "")));
                if (!folder) {
                    Files.copy(file, out);
                }
                out.closeEntry();
            }
        }
        return jar;
    }

    private static String libraries() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target/lib").toAbsolutePath())) {
            return jars.map(Path::toString).sorted().collect(Collectors.joining(":"));
        }
    }

    /** A process with that environment and no other. */
    Process start(Map<String, String> environment, Path log) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Waits for its end. */
    static int end(Process process) throws InterruptedException {
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the process didn't end");
        }
        return process.exitValue();
    }
}
