package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.Snapshot;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.world.WebhookEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many invocations on one issue at the same moment, woken by events of every kind. Each round of a story is a race: everybody
 * starts at once, and in every second one everybody claims at once. So many races are run as the property {@code pawl.races}
 * says; the native binary runs 200, each rival a process of its own.
 */
@Tag(Program.TAG)
class RivalsTest {
    private static final List<Integer> CROWDS = List.of(2, 5, 10);
    private static final List<String> PAID_FOR = List.of("plan", "implement", "review", "open_pr");

    @TempDir
    Path folder;

    private int races;
    private int met;
    private int asked;

    @Test
    @DisplayName("REL-08, REL-09: one agent run per stage, one branch, one pull request, however many start at once")
    void nothingIsDoubled() throws Exception {
        int wanted = Integer.getInteger("pawl.races", Program.binary().isPresent() ? 200 : 18);
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(Long.getLong("pawl.races.seed", 1));
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            Snapshot before = story.github.snapshot();
            story.rings();
            merged(story, issue, story::rings);
            String expected = Worlds.describe(story.github);
            for (int round = 0; races < wanted; round++) {
                story.github.restore(before);
                asked = story.agent.asked().size();
                walk(story, issue, CROWDS.get(round % CROWDS.size()), random);
                assertThat(Worlds.describe(story.github)).isEqualTo(expected);
            }
        }
        System.out.println("rivals: " + races + " races, " + met + " met at a claim, 0 doubles");
        assertThat(met).as("rivals that met at a claim").isGreaterThan(races / 2);
    }

    /** From the label to the merge: in each round everything that waits is heard by several at once, and by the clock. */
    private void walk(Story story, SandboxIssue issue, int crowd, RandomGenerator random) throws Exception {
        for (int rounds = 0; !issue.labels().contains("pawl:waiting-on-review"); rounds++) {
            assertThat(rounds).as("rounds of one story").isLessThan(20);
            race(story, crowd, random);
        }
        assertThat(paid(story)).isEqualTo(PAID_FOR);
        merged(story, issue, () -> race(story, crowd, random));
        assertThat(paid(story)).isEqualTo(PAID_FOR);
    }

    private static void merged(Story story, SandboxIssue issue, Callable<?> then) throws Exception {
        story.maintainer.mergesPullRequest(story.repo.pullRequests().getFirst());
        then.call();
        assertThat(issue.labels()).contains("pawl:completed");
    }

    private List<String> paid(Story story) {
        List<String> all = story.agent.asked();
        return all.subList(asked, all.size());
    }

    private int race(Story story, int crowd, RandomGenerator random) throws Exception {
        var ringing = new ArrayList<>(story.heard());
        ringing.add(story.sweep());
        String where = "race " + ++races + ", " + crowd + " rivals for " + names(ringing);
        boolean gated = races % 2 == 0;
        var gate = new Gate(crowd);
        story.github.faults(gated ? gate : Faults.NONE);
        var start = new CountDownLatch(1);
        var rivals = new ArrayList<Future<Story.Ended>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < crowd; i++) {
                WebhookEvent event = i < ringing.size() ? ringing.get(i) : any(ringing, random);
                rivals.add(threads.submit(() -> {
                    try {
                        start.await();
                        return story.deliver(event);
                    } finally {
                        gate.ended();
                    }
                }));
            }
            start.countDown();
        }
        story.github.faults(Faults.NONE);
        met += gate.met();
        for (Future<Story.Ended> rival : rivals) {
            Story.Ended ended = rival.get();
            assertThat(ended.exit()).as("%s: %s", where, ended).isZero();
            assertThat(ended.output("outcome"))
                    .as("%s: %s", where, ended)
                    .isIn("advanced", "waiting", "nothing", "busy");
        }
        assertThat(paid(story))
                .as(where)
                .isEqualTo(PAID_FOR.subList(0, paid(story).size()));
        Invariants.hold(story, where);
        return races;
    }

    private static WebhookEvent any(List<WebhookEvent> ringing, RandomGenerator random) {
        return ringing.get(random.nextInt(ringing.size()));
    }

    private static List<String> names(List<WebhookEvent> events) {
        return events.stream().map(WebhookEvent::name).toList();
    }
}
