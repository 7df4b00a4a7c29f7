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
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks, the bug walk first of all, killed before and after every write. Each invocation is a process of its own that gets SIGKILL; then the
 * same event is delivered again. The world must be the one after the undisturbed invocation, or the one after the next:
 * so by induction every crash ends in the same world. The order of writes that this pins is {@code StageRun}'s.
 */
@Tag(Program.TAG)
class CrashEverywhereTest {

    private static final int WORKERS = 2;

    /** Everything of the walk that a bug takes by default, sent back once. */
    private static final Tale BUG =
            new Tale("bug", Story.POLICY, agent -> agent.runs("implement", WalkTest.SECOND_TRY), 8, (_, _) -> true);

    /** Two legs. The bug walk has their other writes, too; the push and what follows it up to the save is their own. */
    private static final Tale LEGS = new Tale(
            "legs",
            LegsTest.POLICY,
            agent -> agent.answers("plan", LegsTest.plan("-", "second", "second"))
                    .runs("implement", "echo \"${1:-scripted}\" >> steps.txt; echo '2 + 2 = 4' > sum.txt"),
            7,
            CrashEverywhereTest::fromPushToSave);

    @TempDir
    private static Path folder;

    private static Processes processes;

    /** By then all classes were seen, and a JVM starts faster. */
    @BeforeAll
    static void warmUp() throws Exception {
        Path archive = folder.resolve("classes.jsa");
        Processes program = Processes.ready(folder);
        new Worker(BUG, folder.resolve("warm"), program.archiving(archive), 0).warmUp();
        processes = program.from(archive);
    }

    private static boolean fromPushToSave(List<String> writes, int write) {
        int push = writes.indexOf("push");
        int save = writes.lastIndexOf("comment");
        return push >= 0 && write > push && write <= save + 1;
    }

    @Test
    void everyCrashOfTheBugWalkEndsInTheSameWorld() throws Exception {
        assertThat(crashes(BUG)).isGreaterThan(100);
    }

    @Test
    void aCrashBehindThePushOfALegCountsItsTasksAndNoOthers() throws Exception {
        assertThat(crashes(LEGS)).isGreaterThanOrEqualTo(8);
    }

    /** Tries every crash of a tale, and gives their number. */
    private static int crashes(Tale tale) throws Exception {
        try (var workers = Executors.newFixedThreadPool(WORKERS)) {
            var shares = new ArrayList<Future<Share>>();
            for (int worker = 0; worker < WORKERS; worker++) {
                int mine = worker;
                shares.add(workers.submit(
                        () -> new Worker(tale, folder.resolve(tale.name() + "-" + mine), processes, mine).share()));
            }
            int points = 0;
            var diverged = new ArrayList<String>();
            for (Future<Share> share : shares) {
                points += share.get().points();
                diverged.addAll(share.get().diverged());
            }
            System.getLogger("crash")
                    .log(System.Logger.Level.INFO, points + " points, " + diverged.size() + " divergences");
            assertThat(diverged).as("of %s points", points).isEmpty();
            return points;
        }
    }

    /**
     * A walk to be killed.
     *
     * @param name for its folders
     * @param policy the repository's
     * @param agent what the agent does in it
     * @param invocations how many it has
     * @param which whether to die at a write, counted from 1, of an invocation that makes these writes
     */
    private record Tale(
            String name,
            String policy,
            Consumer<ScriptedAgent> agent,
            int invocations,
            BiPredicate<List<String>, Integer> which) {}

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
     * @param writes what it writes, in order
     * @param after the world after it, described
     */
    private record Invocation(WebhookEvent event, Snapshot before, List<String> writes, String after) {}

    /** Every second crash, in a world of its own. */
    private static final class Worker {
        private final Tale tale;
        private final Path folder;
        private final Processes processes;
        private final int turn;
        private final Story story;
        private int runs;

        Worker(Tale tale, Path folder, Processes processes, int turn) throws IOException {
            this.tale = tale;
            this.folder = Files.createDirectories(folder);
            this.processes = processes;
            this.turn = turn;
            this.story = new Story(folder, tale.policy());
        }

        /** One triage and one plan. */
        void warmUp() throws Exception {
            try (story) {
                story.bug();
                run(heard().getFirst());
                run(heard().getFirst());
            }
        }

        Share share() throws Exception {
            try (story) {
                tale.agent().accept(story.agent);
                story.bug();
                List<Invocation> walk = undisturbed();
                assertThat(walk).hasSize(tale.invocations());
                int all = 0;
                int points = 0;
                var diverged = new ArrayList<String>();
                for (int i = 0; i < walk.size(); i++) {
                    List<String> writes = walk.get(i).writes();
                    for (int write = 1; write <= writes.size(); write++) {
                        if (!tale.which().test(writes, write)) {
                            continue;
                        }
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
                var writes = new Recording();
                story.github.faults(writes);
                run(event);
                story.github.faults(Faults.NONE);
                walk.add(new Invocation(event, before, writes.seen(), Worlds.describe(story.github)));
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

    /** Lets everything pass and tells what was written: a push, a comment that was changed, or something else. */
    private static final class Recording implements Faults {
        private final List<String> seen = new ArrayList<>();

        @Override
        public synchronized Fate beforeApplied(Incoming request) {
            if (request.isWrite()) {
                boolean comment =
                        request.method().equals("PATCH") && request.path().contains("/issues/comments/");
                seen.add(request.area() == Incoming.Area.GIT ? "push" : comment ? "comment" : request.toString());
            }
            return new Fate.Proceed();
        }

        synchronized List<String> seen() {
            return List.copyOf(seen);
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
