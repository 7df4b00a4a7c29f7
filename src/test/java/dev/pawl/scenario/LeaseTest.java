package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.app.Surroundings;
import dev.pawl.forge.github.http.Timeouts;
import dev.pawl.forge.github.http.Transport;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.Snapshot;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.world.WebhookEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holders that die, and machines whose clocks are wrong. Time and death are played, so that it is this process's program. */
class LeaseTest {
    private static final Duration LEASE = Duration.ofMinutes(45);

    private static final List<String> STAGES = List.of("triage", "plan", "implement", "validate", "review");

    @TempDir
    Path folder;

    /** A machine whose clock is wrong by that much. */
    private static Surroundings machine(Story story, Duration wrong) {
        return new Surroundings(
                new Transport.World(
                        () -> story.hours.instant().plus(wrong), new Random(1), story.hours::pass, Timeouts.DEFAULT),
                Timeouts.DEFAULT.answer());
    }

    @Test
    @DisplayName("REL-11: machines whose clocks are ten minutes off, either way, walk the same way")
    void clocksThatAreWrongChangeNothing() {
        try (var story = new Story(folder)) {
            story.bug();
            Snapshot before = story.github.snapshot();
            story.rings();
            String right = Worlds.describe(story.github);
            story.github.restore(before);
            var moves = new ArrayList<String>();
            Duration wrong = Duration.ofMinutes(10);
            for (List<WebhookEvent> events = story.heard(); !events.isEmpty(); events = story.heard()) {
                wrong = wrong.negated();
                story.in(machine(story, wrong));
                moves.addAll(Story.moves(events.stream().map(story::deliver).toList()));
            }
            assertThat(moves).hasSize(6).allMatch(m -> m.endsWith(" advanced"));
            assertThat(Worlds.describe(story.github)).isEqualTo(right);
        }
    }

    @ParameterizedTest
    @CsvSource({"-10, 10", "10, -10", "0, 10", "0, -10", "-10, 0", "10, 0"})
    @DisplayName("REL-11: a lease ends by the forge's clock, whatever those of its holder and of its rival say")
    void aLeaseEndsByTheForgesClock(long holder, long rival) {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            WebhookEvent plan = story.after(story.heard().getFirst());
            assertThat(dies(story.in(machine(story, Duration.ofMinutes(holder))), plan))
                    .isTrue();
            story.in(machine(story, Duration.ofMinutes(rival)));

            story.hours.pass(LEASE.minusMinutes(1));
            Story.Ended early = story.deliver(plan);
            assertThat(early.output("outcome")).as("%s", early).isEqualTo("busy");
            assertThat(early.writes()).isZero();
            story.hours.pass(Duration.ofMinutes(2));
            Story.Ended late = story.deliver(plan);
            assertThat(late.output("outcome")).as("%s", late).isEqualTo("advanced");
            story.rings();
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
            Invariants.hold(story, "at the end");
        }
    }

    /** While its agent or its commands are at work; its run never ends, as far as GitHub knows. Whether it came to that. */
    private static boolean dies(Story story, WebhookEvent event) {
        int worked = worked(story);
        Dead dead = Dead.when(() -> worked(story) > worked);
        story.github.faults(dead);
        story.deliver(event, story.repo.startsRun("pawl.yml", event.name()), 1);
        story.github.faults(Faults.NONE);
        return dead.died();
    }

    private static int worked(Story story) {
        return story.agent.asked().size() + story.agent.allies();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "implement", "validate", "review"})
    @DisplayName(
            "REL-12: whoever dies at work is succeeded when the lease is over, as often as attempts allow; then it is blocked")
    void deadHoldersAreSucceededAndCounted(String stage) {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            WebhookEvent event = story.heard().getFirst();
            for (String _ : STAGES.subList(0, STAGES.indexOf(stage))) {
                event = story.after(event);
            }
            int deaths = 0;
            while (dies(story, event)) {
                assertThat(++deaths).as("deaths").isLessThanOrEqualTo(4);
                assertThat(story.deliver(event).output("outcome")).isEqualTo("busy");
                story.hours.pass(LEASE);
            }

            assertThat(deaths)
                    .as("the first, and as many successors as attempts")
                    .isEqualTo(4);
            assertThat(issue.labels()).contains("pawl:blocked");
            assertThat(story.saidOn(issue))
                    .anySatisfy(said -> assertThat(said).contains("it was tried again and again without any progress"));
            assertThat(story.deliver(story.sweep()).writes()).as("said once").isZero();

            story.maintainer.comments(issue, "/pawl retry");
            assertThat(Story.moves(story.rings()))
                    .startsWith(stage + " advanced")
                    .endsWith("open_pr advanced");
            Invariants.hold(story, "at the end");
        }
    }
}
