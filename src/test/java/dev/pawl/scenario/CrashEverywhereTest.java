package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.sandbox.Snapshot;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Incoming;
import dev.pawl.sandbox.world.WebhookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bug walk, killed before and after every write. Each invocation is a process of its own that gets SIGKILL; then the
 * same event is delivered again. The world must be the one after the undisturbed invocation, or the one after the next:
 * so by induction every crash ends in the same world. The order of writes that this pins is {@code StageRun}'s.
 */
class CrashEverywhereTest {

    @TempDir
    Path folder;

    @Test
    void everyCrashOfTheBugWalkEndsInTheSameWorld() throws Exception {
        try (var story = new Story(folder)) {
            story.agent.runs("implement", WalkTest.SECOND_TRY);
            story.bug();
            var processes = Processes.ready(folder);
            List<Invocation> walk = undisturbed(story, processes);
            assertThat(walk).hasSize(8);

            int points = 0;
            var diverged = new ArrayList<String>();
            for (int i = 0; i < walk.size(); i++) {
                Invocation invocation = walk.get(i);
                for (int write = 1; write <= invocation.writes(); write++) {
                    for (boolean applied : new boolean[] {false, true}) {
                        points++;
                        String point =
                                "invocation " + (i + 1) + ", write " + write + (applied ? " applied" : " not applied");
                        String world = crash(story, processes, invocation, write, applied);
                        boolean same = world.equals(invocation.after())
                                || (i + 1 < walk.size()
                                        && world.equals(walk.get(i + 1).after()));
                        if (!same) {
                            diverged.add(point + "\n" + Worlds.difference(invocation.after(), world));
                        }
                    }
                }
            }
            System.getLogger("crash")
                    .log(System.Logger.Level.INFO, points + " points, " + diverged.size() + " divergences");
            assertThat(points).isGreaterThan(100);
            assertThat(diverged).as("of %s points", points).isEmpty();
        }
    }

    /**
     * One invocation of the walk.
     *
     * @param event what rings
     * @param before the world before it
     * @param writes how many writes it makes
     * @param after the world after it, described
     */
    private record Invocation(WebhookEvent event, Snapshot before, int writes, String after) {}

    private List<Invocation> undisturbed(Story story, Processes processes) throws Exception {
        var walk = new ArrayList<Invocation>();
        for (List<WebhookEvent> events = heard(story); !events.isEmpty(); events = heard(story)) {
            WebhookEvent event = events.getFirst();
            Snapshot before = story.github.snapshot();
            long writes = story.github.requests().writes();
            run(story, processes, event, Map.of());
            walk.add(new Invocation(
                    event, before, (int) (story.github.requests().writes() - writes), Worlds.describe(story.github)));
        }
        return walk;
    }

    private static List<WebhookEvent> heard(Story story) {
        return story.github.takeEvents().stream()
                .filter(e -> e.name().equals("issues") || e.name().equals("repository_dispatch"))
                .toList();
    }

    private int runs;

    private void run(Story story, Processes processes, WebhookEvent event, Map<String, String> more) throws Exception {
        long run = story.repo.startsRun("pawl.yml", event.name());
        Process process = start(story, processes, event, run, 1);
        assertThat(Processes.end(process)).as("%s %s", event.name(), more).isZero();
        story.repo.endsRun(run, "success");
    }

    private Process start(Story story, Processes processes, WebhookEvent event, long run, int attempt)
            throws IOException {
        Path place = Files.createDirectories(folder.resolve("process-" + ++runs));
        Path workspace = Files.createDirectories(place.resolve("workspace"));
        Files.writeString(place.resolve("event.json"), event.payload());
        return processes.start(story.environment(event, run, attempt, place, workspace), place.resolve("log"));
    }

    /** Kills the process at its k-th write, delivers the event again, and describes the world. */
    private String crash(Story story, Processes processes, Invocation invocation, int write, boolean applied)
            throws Exception {
        story.github.restore(invocation.before());
        story.github.takeEvents();
        long run = story.repo.startsRun("pawl.yml", invocation.event().name());
        var victim = new AtomicReference<Process>();
        story.github.faults(new KillAt(victim, write, applied));
        victim.set(start(story, processes, invocation.event(), run, 1));
        Processes.end(victim.get());
        story.github.faults(Faults.NONE);
        int attempt = story.repo.repeatsRun(run);
        assertThat(Processes.end(start(story, processes, invocation.event(), run, attempt)))
                .as("write %s", write)
                .isZero();
        return Worlds.describe(story.github);
    }

    /** Kills a process at its k-th write, before or after the write is applied, and before it is answered. */
    private static final class KillAt implements Faults {
        private final AtomicReference<Process> victim;
        private final int write;
        private final boolean applied;
        private int seen;

        KillAt(AtomicReference<Process> victim, int write, boolean applied) {
            this.victim = victim;
            this.write = write;
            this.applied = applied;
        }

        @Override
        public synchronized Fate beforeApplied(Incoming request) {
            if (request.isWrite()) {
                seen++;
            }
            return request.isWrite() && seen == write && !applied ? kill() : new Fate.Proceed();
        }

        @Override
        public synchronized Fate beforeAnswered(Incoming request, Answer answer) {
            return request.isWrite() && seen == write && applied ? kill() : new Fate.Proceed();
        }

        private Fate kill() {
            Process process = victim.get();
            process.destroyForcibly();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Fate.Abort();
        }
    }
}
