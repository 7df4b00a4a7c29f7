package dev.pawl.app.rehearsal;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The engine as a process of its own: the program that runs now, once more.
 *
 * @param command the command line
 * @param patience how long one invocation may take
 */
public record OwnProgram(List<String> command, Duration patience) implements EngineProcess {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration GRACE = Duration.ofSeconds(12);
    private static final int NEVER_ENDED = 124;

    public OwnProgram {
        command = List.copyOf(command);
    }

    /** This very program, whether it is a native image or runs on a JVM. */
    public static OwnProgram current() {
        Optional<String> program = ProcessHandle.current().info().command();
        boolean isNative = System.getProperty("org.graalvm.nativeimage.imagecode") != null;
        List<String> command = isNative
                ? List.of(program.orElseThrow(
                        () -> new IllegalStateException("the system doesn't tell which program runs")))
                : onJvm(
                        program.orElseGet(() -> Path.of(System.getProperty("java.home", ""), "bin", "java")
                                .toString()),
                        System.getProperty("java.class.path", ""));
        return new OwnProgram(command, PATIENCE);
    }

    /** The command line on a JVM. The class path is made absolute: the engine starts in another folder. */
    static List<String> onJvm(String java, String classPath) {
        String absolute = Arrays.stream(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return List.of(
                java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-cp", absolute, "dev.pawl.Main");
    }

    @Override
    public Ended run(Start start) {
        var builder = new ProcessBuilder(command)
                .directory(start.workspace().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(start.log().toFile())
                .redirectError(start.errors().toFile());
        builder.environment().clear();
        builder.environment().putAll(start.environment());
        try {
            return await(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("the engine can't be started: " + command.getFirst(), e);
        }
    }

    private Ended await(Process process) {
        try {
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Ended(process.exitValue(), true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stop(process);
        }
        return new Ended(NEVER_ENDED, false);
    }

    /** First asked, then ended, with everything that it started. */
    private static void stop(Process process) {
        if (!process.isAlive()) {
            return;
        }
        List<ProcessHandle> family = process.descendants().toList();
        process.destroy();
        try {
            process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        family.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
