package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.sandbox.SandboxPullRequest;
import dev.pawl.sandbox.Snapshot;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Incoming;
import dev.pawl.sandbox.world.WebhookEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An invocation that suggests dies before or behind each of its writes, and the same event comes once more. */
class SuggestionsCrashTest {
    private static final List<CrashPoint.Phase> PHASES = List.of(CrashPoint.Phase.BEFORE, CrashPoint.Phase.APPLIED);

    @TempDir
    Path folder;

    /** Which requests are writes. */
    private static final class Writes implements Faults {
        private final List<Integer> numbers = new ArrayList<>();
        private int seen;

        @Override
        public synchronized Fate beforeApplied(Incoming request) {
            seen++;
            if (request.isWrite()) {
                numbers.add(seen);
            }
            return new Fate.Proceed();
        }

        synchronized List<Integer> numbers() {
            return List.copyOf(numbers);
        }
    }

    @Test
    void whereverItDiesThereIsOneReviewInTheEnd() {
        try (var story = SuggestionsTest.begun(new Story(folder, SuggestionsTest.POLICY))) {
            SandboxPullRequest pull = SuggestionsTest.pull(story, story.maintainer, SuggestionsTest.BRANCH);
            SuggestionsTest.fails(story, SuggestionsTest.BRANCH);
            WebhookEvent event = story.heard().getLast();
            Snapshot before = story.github.snapshot();
            var writes = new Writes();
            story.github.faults(writes);
            story.deliver(event);
            assertThat(writes.numbers().size()).as("writes").isGreaterThan(6);

            int asked = story.agent.asked().size();
            for (int number : writes.numbers()) {
                for (CrashPoint.Phase phase : PHASES) {
                    String where = phase + " of request " + number;
                    story.github.restore(before);
                    var dead = Dead.at(new CrashPoint.AtRequest(number, phase));
                    story.github.faults(dead);
                    story.deliver(event);
                    assertThat(dead.died()).as(where).isTrue();
                    story.github.faults(Faults.NONE);

                    Story.Ended again = story.deliver(event);
                    assertThat(again.exit()).as("%s: %s", where, again).isZero();
                    story.passes(Duration.ofHours(2));
                    Story.Ended last = story.deliver(event);

                    assertThat(last.output("outcome")).as("%s: %s", where, last).isEqualTo("nothing");
                    assertThat(pull.reviews()).as(where).hasSize(1);
                    assertThat(pull.reviewComments()).as(where).hasSize(2);
                    int now = story.agent.asked().size();
                    assertThat(now - asked).as("agents asked, " + where).isBetween(1, 2);
                    asked = now;
                }
            }
        }
    }
}
