package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.Snapshot;
import dev.pawl.sandbox.world.WebhookEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events come twice, late, in another order, in floods, or never. */
@Tag(Program.TAG)
class DeliveryTest {
    private static final List<String> BUG_STAGES = List.of(
            "triage advanced",
            "plan advanced",
            "implement advanced",
            "validate advanced",
            "review advanced",
            "open_pr advanced");

    /** Shares no factor with the orders that begin alike. */
    private static final int ORDERS_STEP = 13;

    @TempDir
    Path folder;

    @Test
    @DisplayName("REL-04: a job that is run again, twice or ten times, is a no-op that says why")
    void aJobRunAgainDoesNothing() {
        try (var story = new Story(folder)) {
            story.issue("feat: correct sums", "The file sum.txt should hold correct sums only.");
            WebhookEvent label = story.heard().getFirst();
            long run = story.repo.startsRun("pawl.yml", label.name());
            assertThat(story.deliver(label, run, 1).output("outcome")).isEqualTo("advanced");
            story.rings();
            String world = story.github.describe();

            for (int attempt = 2; attempt <= 11; attempt++) {
                Story.Ended again = story.deliver(label, run, story.repo.repeatsRun(run));

                assertThat(again.exit()).isZero();
                assertThat(again.writes()).as("%s", again).isZero();
                assertThat(again.output("outcome")).isEqualTo("waiting");
                assertThat(again.output("reason")).contains("`/pawl approve`");
            }
            assertThat(story.github.describe()).isEqualTo(world);
        }
    }

    @Test
    @DisplayName("REL-05: yesterday's events, delivered once more when the run is over, start nothing")
    void oldEventsStartNothing() {
        try (var story = new Story(folder)) {
            story.bug();
            var old = new ArrayList<WebhookEvent>();
            for (List<WebhookEvent> events = story.heard(); !events.isEmpty(); events = story.heard()) {
                old.addAll(events);
                events.forEach(story::deliver);
            }
            story.maintainer.mergesPullRequest(story.repo.pullRequests().getFirst());
            old.addAll(story.heard());
            old.subList(old.size() - 2, old.size()).forEach(story::deliver);
            int asked = story.agent.asked().size();
            String world = story.github.describe();

            for (WebhookEvent event : old) {
                Story.Ended again = story.deliver(event);
                assertThat(again.exit()).isZero();
                assertThat(again.writes()).as("%s", again).isZero();
            }

            assertThat(old).hasSizeGreaterThan(6);
            assertThat(story.agent.asked()).hasSize(asked);
            assertThat(story.github.describe()).isEqualTo(world);
        }
    }

    @Test
    @DisplayName("REL-05: yesterday's label starts no second run after a report was posted")
    void anOldLabelStartsNoSecondRun() {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.issue("research: which sum is right", "Look at both files and compare them.");
            WebhookEvent label = story.heard().getFirst();
            // Events know whole seconds only.
            story.hours.pass(Duration.ofSeconds(2));
            story.deliver(label);
            story.rings();
            assertThat(issue.labels()).contains("pawl:completed");
            int asked = story.agent.asked().size();

            Story.Ended again = story.deliver(label);

            assertThat(again.writes()).as("%s", again).isZero();
            assertThat(story.agent.asked()).hasSize(asked);

            story.hours.pass(Duration.ofSeconds(2));
            story.maintainer.unlabels(issue, "pawl");
            story.maintainer.labels(issue, "pawl");
            story.rings();
            assertThat(story.agent.asked().size())
                    .as("a new label is a new wish")
                    .isGreaterThan(asked);
        }
    }

    @Test
    @DisplayName("REL-06: five events in every order end in the same world")
    void everyOrderEndsInTheSameWorld() {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.author.opensIssue(
                    story.repo, "feat: correct sums", "The file sum.txt should hold correct sums only.");
            story.author.edits(
                    issue, "The sum is wrong", "The file sum.txt says that 2 + 2 is 5, and it should say 4.");
            story.maintainer.labels(issue, "bug", "pawl");
            story.author.comments(issue, "It is in the second line.");
            List<WebhookEvent> events = story.heard();
            assertThat(events).hasSize(5);
            Snapshot before = story.github.snapshot();
            String expected = "";
            int orders = 0;
            for (List<WebhookEvent> order : orders(events)) {
                if (orders++ % Integer.getInteger("pawl.orders.step", ORDERS_STEP) != 0) {
                    continue;
                }
                story.github.restore(before);
                story.github.takeEvents();
                order.forEach(story::deliver);
                story.rings();
                String world = Worlds.describe(story.github);
                expected = expected.isEmpty() ? world : expected;
                assertThat(world)
                        .as("%s", order.stream().map(WebhookEvent::name).toList())
                        .isEqualTo(expected);
            }
            assertThat(orders).isEqualTo(120);
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
        }
    }

    private static List<List<WebhookEvent>> orders(List<WebhookEvent> events) {
        if (events.isEmpty()) {
            return List.of(List.of());
        }
        var all = new ArrayList<List<WebhookEvent>>();
        for (int first = 0; first < events.size(); first++) {
            var rest = new ArrayList<>(events);
            WebhookEvent chosen = rest.remove(first);
            orders(rest)
                    .forEach(order -> all.add(
                            Stream.concat(Stream.of(chosen), order.stream()).toList()));
        }
        return all;
    }

    @Test
    @DisplayName("REL-07: whichever events are lost, the next sweeps catch up")
    void lostEventsAreCaughtUpWith() {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            var world = "";
            Snapshot before = story.github.snapshot();
            for (int lost = 0; lost < 1 << BUG_STAGES.size(); lost += 7) {
                story.github.restore(before);
                for (int stage = 0; stage < BUG_STAGES.size(); stage++) {
                    List<WebhookEvent> events = story.heard();
                    if ((lost & 1 << stage) == 0) {
                        events.forEach(story::deliver);
                    } else {
                        story.deliver(story.sweep());
                    }
                }
                assertThat(issue.labels())
                        .as("lost: " + Integer.toBinaryString(lost))
                        .contains("pawl:waiting-on-review");
                String end = Worlds.describe(story.github);
                world = world.isEmpty() ? end : world;
                assertThat(end).isEqualTo(world);
            }
        }
    }

    @Test
    @DisplayName("REL-07: a merge that nobody heard of is noticed by the next event")
    void aMergeThatNobodyHeardOfIsNoticed() {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            story.rings();
            story.maintainer.mergesPullRequest(story.repo.pullRequests().getFirst());
            story.github.takeEvents();

            story.maintainer.comments(issue, "Nice.");
            story.rings();

            assertThat(issue.labels()).contains("pawl:completed");
        }
    }

    @Test
    @DisplayName("REL-43: 200 events at once, of which most are dropped, end where one event does")
    void aFloodConverges() {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            for (int i = 0; i < 66; i++) {
                long comment = story.author.comments(issue, "Any news? " + i);
                story.author.editsComment(issue, comment, "Any news, please? " + i);
                story.maintainer.labels(issue, i % 2 == 0 ? "help wanted" : "urgent");
                story.maintainer.unlabels(issue, i % 2 == 0 ? "help wanted" : "urgent");
            }
            var flood = new ArrayList<>(story.heard());
            assertThat(flood).hasSizeGreaterThan(200);
            Collections.shuffle(flood, new Random(1));
            // What a concurrency group with a queue of one leaves of them.
            flood.subList(0, flood.size() / 10).forEach(story::deliver);
            story.rings();
            Story.Ended last = story.deliver(story.sweep());

            assertThat(last.writes()).as("%s", last).isZero();
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
            assertThat(story.agent.asked()).containsExactly("plan", "implement", "review", "open_pr");
            assertThat(story.repo.pullRequests()).hasSize(1);
            Invariants.hold(story, "after the flood");
        }
    }

    @Test
    @DisplayName("REL-45: a sweep goes past an issue that can't be worked on")
    void aPoisonedIssueStopsNobody() {
        try (var story = new Story(folder)) {
            SandboxIssue poisoned = story.issue("Poison", "This one breaks.", "bug");
            story.deliver(story.heard().getFirst());
            long state = poisoned.comments().getFirst().id();
            story.maintainer.editsComment(poisoned, state, "<!-- pawl:state v1 {\"broken\": -->");
            SandboxIssue other = story.issue("The sum is wrong", "The file sum.txt says that 2 + 2 is 5.", "bug");
            story.github.takeEvents();

            Story.Ended ended = story.deliver(story.sweep());

            assertThat(ended.output("issue")).as("%s", ended).isEqualTo(Integer.toString(other.number()));
            assertThat(ended.output("outcome")).isEqualTo("advanced");
        }
    }

    @Test
    @DisplayName("REL-45: a sweep that saves one issue's end leaves the others to the next one")
    void aSweepMovesOneIssue() {
        try (var story = new Story(folder)) {
            SandboxIssue first = story.bug();
            story.rings();
            story.maintainer.closesPullRequest(story.repo.pullRequests().getFirst());
            SandboxIssue other = story.issue("The sum is wrong", "The file sum.txt says that 2 + 2 is 5.", "bug");
            story.github.takeEvents();

            List<Story.Ended> ended = List.of(story.deliver(story.sweep()), story.deliver(story.sweep()));

            assertThat(ended).extracting(e -> e.output("outcome")).containsExactly("advanced", "advanced");
            assertThat(ended)
                    .extracting(e -> e.output("issue"))
                    .containsExactlyInAnyOrder(Integer.toString(first.number()), Integer.toString(other.number()));
            assertThat(first.labels()).contains("pawl:closed-unresolved");
        }
    }

    @Test
    @DisplayName("REL-01: a run whose end was saved and not shown is shown by the next sweep")
    void anEndThatIsntShownIsShown() {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.issue("research: which sum is right", "Look at both files and compare them.");
            story.rings();
            assertThat(issue.labels()).contains("pawl:completed");
            story.maintainer.labels(issue, "pawl:planning");
            story.maintainer.unlabels(issue, "pawl:completed");
            story.github.takeEvents();

            story.deliver(story.sweep());

            assertThat(issue.labels()).contains("pawl:completed").doesNotContain("pawl:planning");
        }
    }
}
