package dev.pawl.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
     * @param cache where a JVM may keep what makes it start sooner
     */
    static Processes ready(Path cache) throws IOException, InterruptedException {
        String binary = System.getProperty("pawl.binary", "");
        if (!binary.isEmpty()) {
            return new Processes(List.of(binary));
        }
        String java = ProcessHandle.current().info().command().orElseThrow();
        Path archive = cache.resolve("classes.jsa");
        var program = List.of("-cp", jar(cache) + ":" + libraries(), "dev.pawl.Main");
        var make = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:ArchiveClassesAtExit=" + archive));
        make.addAll(program);
        make.add("--help");
        new ProcessBuilder(make)
                .redirectErrorStream(true)
                .redirectOutput(cache.resolve("cache.log").toFile())
                .start()
                .waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
        var run = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        if (Files.exists(archive)) {
            run.add("-XX:SharedArchiveFile=" + archive);
        }
        run.addAll(program);
        return new Processes(run);
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
