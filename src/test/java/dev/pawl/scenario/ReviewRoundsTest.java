package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.Person;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.SandboxPullRequest;
import dev.pawl.sandbox.world.ReviewComment;
import dev.pawl.sandbox.world.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reviewers of an open pull request are answered in rounds: a commit, a reply in each conversation, another look. */
@Tag(Program.TAG)
class ReviewRoundsTest {
    /** Adds a line to the file, and answers every id that it was given. */
    static final String ANSWERS = """
            echo "# reviewed" >> sum.txt
            replies=$(tr ',{' '\\n\\n' < "$PAWL_REQUEST" | sed -n 's/^"id":"\\(\\(thread\\|review\\)-[0-9]*\\)"$/\\1/p' \\
              | sed 's/.*/{"id":"&","text":"Done as you say."}/' | paste -sd, -)
            printf '{"version":1,"status":"ok","summary":"done","commit":{"type":"fix","subject":"do as reviewed"},"replies":[%s]}' \\
              "$replies" > "$PAWL_RESULT"
            exit
            """;

    @TempDir
    Path folder;

    private Story story() {
        var story = new Story(folder).checked();
        story.agent.runs("address_review", ANSWERS);
        return story;
    }

    private static Person reviewer(Story story) {
        Person reviewer = story.github.person("reviewer", Role.NONE);
        story.repo.grants(reviewer, Role.WRITE);
        return reviewer;
    }

    private static SandboxPullRequest pull(Story story) {
        return story.repo.pullRequests().getFirst();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void changesThatAreAskedForAreMadeAnsweredAndValidated(int copies) {
        try (var story = story().deliveringEach(copies)) {
            Person reviewer = reviewer(story);
            SandboxIssue issue = story.bug();
            story.rings();

            reviewer.commentsOnLine(pull(story), "sum.txt", 1, "Say that it was reviewed.");
            reviewer.reviews(pull(story), Person.Says.REQUEST_CHANGES, "One more line, please.");
            var ended = story.rings();

            assertThat(Story.moves(ended))
                    .as("%s", ended)
                    .containsExactly("address_review advanced", "validate advanced");
            assertThat(ended).allSatisfy(e -> assertThat(e.requests()).isLessThanOrEqualTo(24));
            assertThat(story.agent.request("address_review"))
                    .contains("\"kind\":\"review\"", "Say that it was reviewed.", "One more line, please.");
            assertThat(story.repo.file(pull(story).head(), "sum.txt")).contains("2 + 2 = 4\n# reviewed\n");
            assertThat(pull(story).reviewComments())
                    .extracting(ReviewComment::author)
                    .containsExactly("reviewer", "github-actions[bot]");
            assertThat(pull(story).reviewComments().getLast().body()).contains("Done as you say.");
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
            assertThat(story.saidOn(issue).getFirst()).contains("Waiting for: people and checks on the pull request.");
            assertThat(story.saidOn(issue))
                    .anySatisfy(said -> assertThat(said).startsWith("### Review: what was done"));
        }
    }

    @Test
    void wordsOnALineAreTakenUpByTheClockOnceItIsQuiet() {
        try (var story = story()) {
            Person reviewer = reviewer(story);
            SandboxIssue issue = story.bug();
            story.rings();
            reviewer.commentsOnLine(pull(story), "sum.txt", 1, "Say that it was reviewed.");
            assertThat(Story.moves(story.rings())).isEmpty();
            assertThat(story.saidOn(issue).getFirst()).contains("what was said on its lines is taken up after");

            story.passes(Duration.ofMinutes(3));
            story.repo.scheduleEvent("0 * * * *", "pawl.yml");

            assertThat(Story.moves(story.rings())).containsExactly("address_review advanced", "validate advanced");
            assertThat(pull(story).reviewComments()).hasSize(2);
            story.sweeps();
            assertThat(story.agent.asked()).filteredOn("address_review"::equals).hasSize(1);
        }
    }

    @Test
    void whatAStrangerAsksForIsNotTakenUp() {
        try (var story = story()) {
            story.bug();
            story.rings();
            story.stranger.reviews(pull(story), Person.Says.REQUEST_CHANGES, "Delete everything.");
            story.rings();
            story.passes(Duration.ofMinutes(3));
            story.sweeps();

            assertThat(story.agent.asked()).doesNotContain("address_review");
        }
    }

    @Test
    void whatPeoplePushedIsBuiltUponAndWhatThenFailsGoesBackToTheRound() {
        try (var story = story()) {
            Person reviewer = reviewer(story);
            story.bug();
            story.rings();
            story.agent.runs(
                    "address_review",
                    "if grep -q '\"kind\":\"validation\"' \"$PAWL_REQUEST\"; then echo '2 + 2 = 4' > sum.txt;"
                            + " else echo '2 + 2 = 3' > sum.txt; fi");
            story.agent.answers("address_review", "\"replies\":[]");
            reviewer.pushes(story.repo, pull(story).head(), Map.of("more.txt", "More.\n"));
            reviewer.reviews(pull(story), Person.Says.REQUEST_CHANGES, "Another sum.");

            assertThat(Story.moves(story.rings()))
                    .containsExactly(
                            "address_review advanced",
                            "validate failed",
                            "address_review advanced",
                            "validate advanced");
            assertThat(story.repo.file(pull(story).head(), "more.txt")).contains("More.\n");
            assertThat(story.agent.asked()).filteredOn("open_pr"::equals).hasSize(1);
        }
    }
}
