package dev.pawl.app.rehearsal;

import dev.pawl.sandbox.http.RequestCount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** Plays the runner: for each event a workflow run, a checkout, a world of files and variables, and one process. */
final class Runner {
    private static final String WORKFLOW = "pawl.yml";
    private static final int ERROR_LINES = 15;

    private final Scene scene;
    private final RunnerEnvironment environment;
    private final EngineProcess engine;
    private final Path folder;
    private int runs;

    Runner(Scene scene, RunnerEnvironment environment, EngineProcess engine, Path folder) {
        this.scene = scene;
        this.environment = environment;
        this.engine = engine;
        this.folder = folder;
    }

    /** Answers one event. */
    Invocation answer(Bell bell) {
        String event = bell.event().name();
        long run = scene.repository().startsRun(WORKFLOW, event);
        var place = new RunnerPlace(folder.resolve("run-" + ++runs));
        try {
            place.create(bell.event().payload());
            checkOut(place.workspace());
            var variables = environment.of(bell.event(), run, place);
            RequestCount before = scene.github().requests();
            long began = System.nanoTime();
            var start = new EngineProcess.Start(variables, place.workspace(), place.log(), place.errors());
            EngineProcess.Ended ended = engine.run(start);
            var took = Duration.ofNanos(System.nanoTime() - began);
            boolean clean = ended.inTime() && ended.exitCode() == 0;
            scene.repository().endsRun(run, clean ? "success" : "failure");
            return new Invocation(
                    event,
                    bell.action(),
                    ended,
                    Outputs.parse(Files.readString(place.output())),
                    scene.github().requests().since(before).api(),
                    took,
                    clean ? "" : tail(place.errors()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As actions/checkout does it with {@code persist-credentials: false}. */
    private void checkOut(Path workspace) {
        var token = new UsernamePasswordCredentialsProvider(
                "x-access-token", scene.github().actionsToken());
        try (Git git = Git.cloneRepository()
                .setURI(scene.repository().cloneUrl())
                .setDirectory(workspace.toFile())
                .setBranch("refs/heads/main")
                .setBranchesToClone(List.of("refs/heads/main"))
                .setDepth(1)
                .setNoTags()
                .setCredentialsProvider(token)
                .call()) {
            git.getRepository();
        } catch (GitAPIException e) {
            throw new IllegalStateException("the checkout failed", e);
        }
    }

    private static String tail(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        var lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - ERROR_LINES), lines.size()));
    }
}
