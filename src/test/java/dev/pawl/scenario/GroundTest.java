package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.world.WebhookEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ground moves under a run: its branch, the base, and which branch the base is. */
@Tag(Program.TAG)
class GroundTest {
    private static final String BRANCH = "pawl/1-the-sum-is-wrong";

    @TempDir
    Path folder;

    /** The event that validates what is implemented. */
    private static WebhookEvent implemented(Story story) {
        WebhookEvent label = story.heard().getFirst();
        WebhookEvent validate = story.after(story.after(story.after(label)));
        assertThat(story.repo.branches()).contains(BRANCH);
        return validate;
    }

    @Test
    @DisplayName("REL-31: a branch that a person rewrote is left alone, and built on once somebody who may says so")
    void aRewrittenBranchIsLeftAlone() {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            WebhookEvent validate = implemented(story);
            story.maintainer.deletesBranch(story.repo, BRANCH);
            String theirs = story.maintainer.pushes(story.repo, BRANCH, Map.of("sum.txt", "2 + 2 = 4, of course\n"));
            story.github.takeEvents();

            Story.Ended stopped = story.deliver(validate);

            assertThat(stopped.output("outcome")).as("%s", stopped).isEqualTo("blocked");
            assertThat(story.repo.ref("refs/heads/" + BRANCH)).contains(theirs);
            assertThat(story.saidOn(issue))
                    .anySatisfy(said ->
                            assertThat(said).contains("the branch isn't as Pawl left it", "which isn't Pawl's work"));
            assertThat(story.deliver(story.sweep()).writes()).isZero();

            story.maintainer.comments(issue, "/pawl retry");
            assertThat(Story.moves(story.rings()))
                    .startsWith("validate advanced")
                    .endsWith("open_pr advanced");
            assertThat(story.repo.pullRequests().getFirst().headSha()).isEqualTo(theirs);
        }
    }

    @Test
    @DisplayName("REL-31: a person's commit on top of ours is kept and built on")
    void aPersonsCommitOnTopIsBuiltOn() {
        try (var story = new Story(folder)) {
            story.bug();
            WebhookEvent validate = implemented(story);
            story.maintainer.pushes(story.repo, BRANCH, Map.of("notes.txt", "Checked by hand.\n"));
            story.github.takeEvents();

            story.deliver(validate);
            story.rings();

            assertThat(story.repo.pullRequests()).hasSize(1);
            assertThat(story.repo.file(BRANCH, "notes.txt")).contains("Checked by hand.\n");
        }
    }

    @Test
    @DisplayName("REL-32: a branch that was deleted before there is a pull request is built anew")
    void aDeletedBranchIsBuiltAnew() {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            WebhookEvent validate = implemented(story);
            story.maintainer.deletesBranch(story.repo, BRANCH);
            story.github.takeEvents();

            Story.Ended noticed = story.deliver(validate);

            assertThat(noticed.output("outcome")).as("%s", noticed).isEqualTo("failed");
            assertThat(noticed.output("reason")).contains("the branch was deleted, and the work begins anew");
            assertThat(Story.moves(story.rings()))
                    .containsExactly("implement advanced", "validate advanced", "review advanced", "open_pr advanced");
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
            assertThat(story.repo.pullRequests()).hasSize(1);
        }
    }

    @Test
    @DisplayName("REL-33: a base that moved without a conflict stops nobody")
    void aBaseThatMovedStopsNobody() {
        try (var story = new Story(folder)) {
            story.bug();
            WebhookEvent validate = implemented(story);
            story.maintainer.pushes(story.repo, "main", Map.of("other.txt", "Something else.\n"));
            story.github.takeEvents();

            story.deliver(validate);
            story.rings();

            assertThat(story.repo.pullRequests()).singleElement().satisfies(pull -> {
                assertThat(pull.isMergeable()).isTrue();
                assertThat(pull.changes()).hasSize(1);
            });
        }
    }

    @Test
    @DisplayName("REL-34: a run keeps the base that it began on, however often the policy changes its mind")
    void theBaseIsPinned() {
        try (var story = new Story(folder)) {
            story.repo.seeds("next", Map.of("sum.txt", "3 + 3 = 7\n"));
            String policy = story.repo.file("main", ".github/pawl.yml").orElseThrow();
            story.bug();
            WebhookEvent event = implemented(story);
            boolean away = true;
            for (int stage = 0; stage < 2; stage++) {
                story.repo.seeds("main", Map.of(".github/pawl.yml", away ? policy + "branch: {base: next}\n" : policy));
                away = !away;
                event = story.after(event);
            }
            story.repo.seeds("main", Map.of(".github/pawl.yml", policy + "branch: {base: next}\n"));
            assertThat(Story.moves(List.of(story.deliver(event)))).containsExactly("open_pr advanced");

            assertThat(story.repo.pullRequests())
                    .singleElement()
                    .satisfies(pull -> assertThat(pull.base()).isEqualTo("main"));
        }
    }

    @Test
    @DisplayName("REL-34: a base that is gone is asked about, and a retry takes the one that the policy names now")
    void aBaseThatIsGoneIsAskedAbout() {
        try (var story = new Story(folder)) {
            story.repo.seeds("next", Map.of("notes.txt", "For the next version.\n"));
            String policy = story.repo.file("main", ".github/pawl.yml").orElseThrow();
            story.repo.seeds("main", Map.of(".github/pawl.yml", policy + "branch: {base: next}\n"));
            SandboxIssue issue = story.bug();
            WebhookEvent implement = story.after(story.after(story.heard().getFirst()));
            story.maintainer.deletesBranch(story.repo, "next");
            story.github.takeEvents();

            Story.Ended asked = story.deliver(implement);

            assertThat(asked.output("outcome")).as("%s", asked).isEqualTo("blocked");
            assertThat(asked.output("reason")).contains("next");
            story.repo.seeds("main", Map.of(".github/pawl.yml", policy));
            assertThat(story.deliver(story.sweep()).writes()).isZero();
            story.maintainer.comments(issue, "/pawl retry");
            assertThat(Story.moves(story.rings()))
                    .startsWith("implement advanced")
                    .endsWith("open_pr advanced");
            assertThat(story.repo.pullRequests())
                    .singleElement()
                    .satisfies(pull -> assertThat(pull.base()).isEqualTo("main"));
        }
    }
}
