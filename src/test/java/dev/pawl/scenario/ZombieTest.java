package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.Snapshot;
import dev.pawl.sandbox.http.Exchange;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.world.WebhookEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holders that stop for longer than their lease, and go on as if nothing had happened. */
class ZombieTest {
    private static final Duration PAST_THE_LEASE = Duration.ofHours(2);

    @TempDir
    Path folder;

    /**
     * Stopped at a request between claim and release, while another invocation takes over and does the stage: at every fifth of
     * them, or as the property {@code pawl.zombie.step} says.
     */
    @Test
    void rel10AZombieWritesNothingWhereverItStopped() throws Exception {
        int step = Integer.getInteger("pawl.zombie.step", 5);
        try (var story = new Story(folder);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var requests = new Requests();
            story.github.observe(requests);
            story.bug();
            int stopped = 0;
            int point = 0;
            for (List<WebhookEvent> events = story.heard(); !events.isEmpty(); events = story.heard()) {
                WebhookEvent event = events.getFirst();
                Snapshot before = story.github.snapshot();
                int first = requests.count();
                Story.Ended undisturbed = story.deliver(event);
                Snapshot after = story.github.snapshot();
                List<Exchange> exchanges = requests.since(first);
                for (int number : holding(exchanges)) {
                    if (point++ % step != 0) {
                        continue;
                    }
                    story.github.restore(before);
                    story.github.takeEvents();
                    String where = undisturbed.output("stage") + ", after request " + number + ", "
                            + exchanges.get(number - 1);
                    var held = new Held(number);
                    story.github.faults(held);
                    long run = story.repo.startsRun("pawl.yml", event.name());
                    Future<Story.Ended> zombie = threads.submit(() -> story.deliver(event, run, 1));
                    held.standsStill(zombie);
                    story.hours.pass(PAST_THE_LEASE);
                    Story.Ended other = story.deliver(story.sweep());
                    String world = story.github.describe();
                    int wrote = requests.count();

                    held.goesOn();
                    Story.Ended end = zombie.get();
                    story.github.faults(Faults.NONE);

                    if (undisturbed.output("stage").equals("open_pr")
                            && other.output("outcome").equals("nothing")) {
                        // All is said, and nobody has anything to take over: the lease is still its own.
                        assertThat(end.exit()).as("%s: %s", where, end).isZero();
                        continue;
                    }
                    assertThat(other.output("outcome"))
                            .as("%s: %s", where, other)
                            .isEqualTo("advanced");
                    // An exchange with git that took two hours has failed before anybody looks at the lease.
                    assertThat(end.output("outcome")).as("%s: %s", where, end).isIn("busy", "retry-later");
                    assertThat(writes(requests.since(wrote), exchanges.get(number - 1)))
                            .as("%s: %s", where, end)
                            .isEmpty();
                    assertThat(story.github.describe()).as(where).isEqualTo(world);
                    stopped++;
                }
                story.github.restore(after);
            }
            System.out.println("zombies: " + stopped + " stopped, at " + point + " points");
            assertThat(stopped).isGreaterThan(50 / step);
        }
    }

    /** Between the claim's answer and the release. */
    private static List<Integer> holding(List<Exchange> exchanges) {
        List<Integer> ledger = IntStream.range(0, exchanges.size())
                .filter(i -> Requests.isLedger(exchanges.get(i)))
                .boxed()
                .toList();
        return IntStream.rangeClosed(ledger.getFirst() + 1, ledger.getLast())
                .boxed()
                .toList();
    }

    /**
     * What it wrote afterwards. The request that it stopped at was done before, and is answered first. A push shows its client
     * the refs, and takes what follows only where they still stand: between the two nobody can look again.
     */
    private static List<Exchange> writes(List<Exchange> after, Exchange stoppedAt) {
        assertThat(after.getFirst().method() + after.getFirst().path())
                .isEqualTo(stoppedAt.method() + stoppedAt.path());
        boolean pushing =
                stoppedAt.path().endsWith("/info/refs") && stoppedAt.query().contains("git-receive-pack");
        var writes = new ArrayList<Exchange>(after.stream()
                .skip(1)
                .filter(Requests::isWrite)
                // What its own agent used goes into the books, whoever holds the issue by then.
                .filter(e -> !e.requestBody().contains("refs/pawl/daybook"))
                .toList());
        if (pushing && !writes.isEmpty() && writes.getFirst().path().endsWith("/git-receive-pack")) {
            writes.removeFirst();
        }
        return writes;
    }

    /** Suspended as a whole, while the agent or the validation runs on. */
    @Tag(Program.TAG)
    @ParameterizedTest
    @CsvSource({"plan", "implement", "validate", "review"})
    @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void rel10ASuspendedProcessWritesNothingWhenItWakes(String stage) throws Exception {
        Path pipe = folder.resolve("pipe");
        Path done = folder.resolve("done");
        for (Path each : List.of(pipe, done)) {
            assertThat(new ProcessBuilder("mkfifo", each.toString()).start().waitFor())
                    .isZero();
        }
        Path armed = folder.resolve("armed");
        try (var story = new Story(folder)) {
            var requests = new Requests();
            story.github.observe(requests);
            String waits = "if rm %s 2>/dev/null; then echo > %s; read x < %s; fi\n".formatted(armed, pipe, done);
            if (stage.equals("validate")) {
                story.agent.alsoRuns(waits);
            } else {
                story.agent.runs(stage, waits + (stage.equals("implement") ? "echo '2 + 2 = 4' > sum.txt" : ":"));
            }
            var issue = story.bug();
            WebhookEvent event = until(story, stage);
            Files.createFile(armed);
            Runners.Running zombie = Runners.ready(story, folder).start(event);
            assertThat(Files.readString(pipe)).isNotNull();
            zombie.gets("STOP");
            story.hours.pass(PAST_THE_LEASE);

            assertThat(Story.moves(List.of(story.deliver(story.sweep())))).containsExactly(stage + " advanced");
            String world = story.github.describe();
            int wrote = requests.count();
            zombie.gets("CONT");
            Files.writeString(done, "\n");

            assertThat(zombie.exit()).as(zombie.log()).isZero();
            assertThat(zombie.outputs()).containsEntry("outcome", "busy");
            assertThat(requests.since(wrote).stream().filter(Requests::isWrite)).isEmpty();
            assertThat(story.github.describe()).isEqualTo(world);
            assertThat(Story.moves(story.rings())).as("it goes on").hasSize(left(stage));
            assertThat(story.repo.pullRequests()).hasSize(1);
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
        }
    }

    private static int left(String stage) {
        List<String> stages = List.of("plan", "implement", "validate", "review", "open_pr");
        return stages.size() - stages.indexOf(stage) - 1;
    }

    /** Walks up to that stage, and gives the event that starts it. */
    private static WebhookEvent until(Story story, String stage) {
        WebhookEvent event = story.heard().getFirst();
        for (String before : List.of("triage", "plan", "implement", "validate", "review", "open_pr")) {
            if (before.equals(stage)) {
                return event;
            }
            event = story.after(event);
        }
        throw new AssertionError("no stage " + stage);
    }
}
