package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.sandbox.world.WebhookEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Starts a story's invocations as processes of their own, one beside the other. */
final class Runners {
    private final Story story;
    private final Path folder;
    private final Processes processes;
    private int started;

    Runners(Story story, Path folder, Processes processes) {
        this.story = story;
        this.folder = folder;
        this.processes = processes;
    }

    static Runners ready(Story story, Path folder) throws IOException {
        Path cache = Files.createDirectories(folder.resolve("program"));
        return new Runners(story, folder, Processes.ready(cache));
    }

    /** A job of a workflow run of its own. */
    Running start(WebhookEvent event) {
        return start(event, story.repo.startsRun("pawl.yml", event.name()), 1);
    }

    /** A job of that run. */
    Running start(WebhookEvent event, long run, int attempt) {
        try {
            Path place = Files.createDirectories(folder.resolve("runner-" + ++started));
            Path workspace = Files.createDirectories(place.resolve("workspace"));
            Files.writeString(place.resolve("event.json"), event.payload());
            Process process =
                    processes.start(story.environment(event, run, attempt, place, workspace), place.resolve("log"));
            return new Running(process, run, place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An invocation on its way.
     *
     * @param process the process
     * @param run its workflow run
     * @param place its files
     */
    record Running(Process process, long run, Path place) {
        /** Sends it a signal. */
        void gets(String signal) throws Exception {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
            assertThat(kill.waitFor()).isZero();
        }

        /** Waits for its end, and gives the exit code. */
        int exit() throws InterruptedException {
            return Processes.end(process);
        }

        /** What it wrote for the steps after it. */
        Map<String, String> outputs() throws IOException {
            return Story.outputs(place.resolve("output"));
        }

        /** What it printed. */
        String log() throws IOException {
            return Files.readString(place.resolve("log"));
        }
    }
}
