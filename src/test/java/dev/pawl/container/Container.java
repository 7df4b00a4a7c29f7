package dev.pawl.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A new container of the image under test, by buildah in a chroot. The program is process 1 of a process namespace of its
 * own, as it is with Docker.
 */
final class Container implements AutoCloseable {
    private static final String IMAGE = System.getProperty("pawl.image", "localhost/pawl:slim");
    private static final long LONGEST_SECONDS = 120;
    /** What the image itself brings makes the namespace; the capability for it is gone when the program starts. */
    private static final List<String> AS_PROCESS_1 =
            List.of("unshare", "--pid", "--fork", "--mount-proc", "setpriv", "--bounding-set", "-sys_admin");

    private final String name = buildah("from", IMAGE).strip();

    /** One value of the image's configuration, by its Go template. */
    static String config(String template) {
        return buildah("inspect", "--type", "image", "--format", "{{" + template + "}}", IMAGE)
                .strip();
    }

    /** Starts it with the step's mounts, variables and folder. */
    Process start(RunnerStep step, List<String> words, Path log) {
        var command = new ArrayList<>(List.of("buildah", "run", "--isolation", "chroot", "--cap-add", "CAP_SYS_ADMIN"));
        step.mounts().forEach((inside, outside) -> command.addAll(List.of("--volume", outside + ":" + inside)));
        step.environment().forEach((name, value) -> command.addAll(List.of("--env", name + "=" + value)));
        command.addAll(List.of("--workingdir", "/github/workspace", name, "--"));
        command.addAll(AS_PROCESS_1);
        command.addAll(words);
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it to its end. */
    Ended run(RunnerStep step, List<String> words) {
        try {
            Path log = Files.createTempFile("pawl", ".log");
            int exit = end(start(step, words, log));
            String text = Files.readString(log);
            Files.delete(log);
            return new Ended(exit, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end. */
    static int end(Process process) {
        try {
            if (process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        throw new AssertionError("the container didn't end");
    }

    private static String buildah(String... words) {
        var command = new ArrayList<>(List.of("buildah"));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (end(process) != 0) {
                throw new AssertionError("failed: " + String.join(" ", command));
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        buildah("rm", name);
    }

    /**
     * How it ended.
     *
     * @param exit the exit code
     * @param log all that it printed
     */
    record Ended(int exit, String log) {}
}
