package dev.pawl.app.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of one workflow run.
 *
 * @param folder holds all of them
 */
record RunnerPlace(Path folder) {
    /** Makes the folders, the event's file, and the empty files that the engine appends to. */
    void create(String payload) throws IOException {
        Files.createDirectories(workspace());
        Files.createDirectories(temporary());
        Files.createDirectories(home());
        Files.writeString(event(), payload);
        Files.createFile(output());
        Files.createFile(summary());
    }

    Path workspace() {
        return folder.resolve("workspace");
    }

    Path temporary() {
        return folder.resolve("temp");
    }

    Path home() {
        return folder.resolve("home");
    }

    Path event() {
        return folder.resolve("event.json");
    }

    Path output() {
        return folder.resolve("output");
    }

    Path summary() {
        return folder.resolve("summary.md");
    }

    Path log() {
        return folder.resolve("log.txt");
    }

    Path errors() {
        return folder.resolve("errors.txt");
    }
}
