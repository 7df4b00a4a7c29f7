package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
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
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bug walk, killed before and after every write. Each invocation is a process of its own that gets SIGKILL; then the
 * same event is delivered again. The world must be the one after the undisturbed invocation, or the one after the next:
 * so by induction every crash ends in the same world. The order of writes that this pins is {@code StageRun}'s.
 */
@Tag(Program.TAG)
class CrashEverywhereTest {

    @TempDir
    Path folder;

    private static final int WORKERS = 2;

    @Test
    void everyCrashOfTheBugWalkEndsInTheSameWorld() throws Exception {
        Path archive = folder.resolve("classes.jsa");
        Processes program = Processes.ready(folder);
        new Worker(folder.resolve("warm"), program.archiving(archive), 0).warmUp();
        Processes processes = program.from(archive);
        try (var workers = Executors.newFixedThreadPool(WORKERS)) {
            var shares = new ArrayList<Future<Share>>();
            for (int worker = 0; worker < WORKERS; worker++) {
                int mine = worker;
                shares.add(workers.submit(() -> new Worker(folder.resolve("worker-" + mine), processes, mine).share()));
            }
            int points = 0;
            var diverged = new ArrayList<String>();
            for (Future<Share> share : shares) {
                points += share.get().points();
                diverged.addAll(share.get().diverged());
            }
            System.getLogger("crash")
                    .log(System.Logger.Level.INFO, points + " points, " + diverged.size() + " divergences");
            assertThat(points).isGreaterThan(100);
            assertThat(diverged).as("of %s points", points).isEmpty();
        }
    }

    /**
     * What one worker did.
     *
     * @param points how many crashes
     * @param diverged the ones that ended elsewhere
     */
    private record Share(int points, List<String> diverged) {}

    /**
     * One invocation of the walk.
     *
     * @param event what rings
     * @param before the world before it
     * @param writes how many writes it makes
     * @param after the world after it, described
     */
    private record Invocation(WebhookEvent event, Snapshot before, int writes, String after) {}

    /** Every second crash, in a world of its own. */
    private static final class Worker {
        private final Path folder;
        private final Processes processes;
        private final int turn;
        private final Story story;
        private int runs;

        Worker(Path folder, Processes processes, int turn) throws IOException {
            this.folder = Files.createDirectories(folder);
            this.processes = processes;
            this.turn = turn;
            this.story = new Story(folder);
        }

        /** One triage and one plan: by then all classes were seen. */
        void warmUp() throws Exception {
            try (story) {
                story.bug();
                run(heard().getFirst());
                run(heard().getFirst());
            }
        }

        Share share() throws Exception {
            try (story) {
                story.agent.runs("implement", WalkTest.SECOND_TRY);
                story.bug();
                List<Invocation> walk = undisturbed();
                assertThat(walk).hasSize(8);
                int all = 0;
                int points = 0;
                var diverged = new ArrayList<String>();
                for (int i = 0; i < walk.size(); i++) {
                    for (int write = 1; write <= walk.get(i).writes(); write++) {
                        for (boolean applied : new boolean[] {false, true}) {
                            if (all++ % WORKERS == turn) {
                                points++;
                                check(walk, i, write, applied).ifPresent(diverged::add);
                            }
                        }
                    }
                }
                return new Share(points, diverged);
            }
        }

        private Optional<String> check(List<Invocation> walk, int i, int write, boolean applied) throws Exception {
            String world = crash(walk.get(i), write, applied);
            boolean same = world.equals(walk.get(i).after())
                    || (i + 1 < walk.size() && world.equals(walk.get(i + 1).after()));
            return same
                    ? Optional.empty()
                    : Optional.of("invocation " + (i + 1) + ", write " + write + (applied ? " applied" : " not applied")
                            + "\n" + Worlds.difference(walk.get(i).after(), world));
        }

        private List<Invocation> undisturbed() throws Exception {
            var walk = new ArrayList<Invocation>();
            for (List<WebhookEvent> events = heard(); !events.isEmpty(); events = heard()) {
                WebhookEvent event = events.getFirst();
                Snapshot before = story.github.snapshot();
                long writes = story.github.requests().writes();
                run(event);
                walk.add(new Invocation(
                        event,
                        before,
                        (int) (story.github.requests().writes() - writes),
                        Worlds.describe(story.github)));
            }
            return walk;
        }

        private List<WebhookEvent> heard() {
            return story.github.takeEvents().stream()
                    .filter(e -> e.name().equals("issues") || e.name().equals("repository_dispatch"))
                    .toList();
        }

        private void run(WebhookEvent event) throws Exception {
            long run = story.repo.startsRun("pawl.yml", event.name());
            Process process = start(event, run, 1);
            assertThat(Processes.end(process)).as("%s", event.name()).isZero();
            story.repo.endsRun(run, "success");
        }

        private Process start(WebhookEvent event, long run, int attempt) throws IOException {
            Path place = Files.createDirectories(folder.resolve("process-" + ++runs));
            Path workspace = Files.createDirectories(place.resolve("workspace"));
            Files.writeString(place.resolve("event.json"), event.payload());
            return processes.start(story.environment(event, run, attempt, place, workspace), place.resolve("log"));
        }

        /** Kills the process at its k-th write, delivers the event again, and describes the world. */
        private String crash(Invocation invocation, int write, boolean applied) throws Exception {
            story.github.restore(invocation.before());
            story.github.takeEvents();
            long run = story.repo.startsRun("pawl.yml", invocation.event().name());
            var victim = new AtomicReference<Process>();
            story.github.faults(new KillAt(victim, write, applied));
            victim.set(start(invocation.event(), run, 1));
            Processes.end(victim.get());
            story.github.faults(Faults.NONE);
            int attempt = story.repo.repeatsRun(run);
            assertThat(Processes.end(start(invocation.event(), run, attempt)))
                    .as("write %s", write)
                    .isZero();
            return Worlds.describe(story.github);
        }
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
