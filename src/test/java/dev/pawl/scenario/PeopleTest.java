package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.world.Access;
import dev.pawl.sandbox.world.Role;
import dev.pawl.sandbox.world.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do besides the walk: pausing, reopening, taking labels off, losing a permission, forging. */
@Tag(Program.TAG)
class PeopleTest {
    @TempDir
    Path folder;

    private static SandboxIssue waitingForApproval(Story story) {
        SandboxIssue issue = story.issue("feat: correct sums", "The file sum.txt should hold correct sums only.");
        assertThat(Story.moves(story.rings())).containsExactly("triage advanced", "plan waiting");
        return issue;
    }

    @Test
    void nothingRunsWhileThePauseLabelIsThere() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = waitingForApproval(story);
            story.maintainer.labels(issue, "pawl:pause");
            story.maintainer.comments(issue, "/pawl approve");

            assertThat(Story.moves(story.rings())).isEmpty();

            story.maintainer.unlabels(issue, "pawl:pause");
            assertThat(Story.moves(story.rings())).startsWith("implement advanced");
        }
    }

    @Test
    void aReopenedIssueStartsANewRunThatBuildsOnTheBranch() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = story.bug();
            story.rings();
            story.maintainer.closes(issue);
            story.rings();
            assertThat(issue.labels()).contains("pawl:closed-unresolved");
            story.agent.runs("implement", "echo '2 + 2 = 4, surely' > sum.txt");

            story.maintainer.reopens(issue);

            assertThat(Story.moves(story.rings())).contains("implement advanced", "open_pr advanced");
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
            assertThat(story.repo.pullRequests()).hasSize(1);
        }
    }

    @Test
    @DisplayName("SEC-27 a squatted branch blocks until somebody who may says retry")
    void aSquattedBranchBlocksUntilSomebodyWhoMaySaysRetry() {
        try (var story = new Story(folder).checked()) {
            story.maintainer.pushes(story.repo, "pawl/1-the-sum-is-wrong", Map.of("other.txt", "mine\n"));
            SandboxIssue issue = story.bug();

            assertThat(Story.moves(story.rings())).endsWith("implement blocked");
            assertThat(story.repo.file("pawl/1-the-sum-is-wrong", "other.txt")).isPresent();
            assertThat(story.saidOn(issue).getFirst()).contains("the branch isn't as Pawl left it");

            story.maintainer.comments(issue, "/pawl retry");
            assertThat(Story.moves(story.rings())).startsWith("implement advanced", "validate advanced");
        }
    }

    @Test
    void aStateLabelThatSomebodyTookOffComesBack() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = waitingForApproval(story);
            story.maintainer.unlabels(issue, "pawl:waiting-on-human");

            story.rings();

            assertThat(issue.labels()).contains("pawl:waiting-on-human");
        }
    }

    @Test
    void whoeverRetriesLeadsTheRun() {
        try (var story = new Story(folder).checked()) {
            story.agent.says("plan", "{}");
            SandboxIssue issue = story.bug();
            story.rings();
            var admin = story.github.person("admin", Role.ADMIN);
            story.repo.grants(admin, Role.ADMIN);
            story.repo.grants(story.maintainer, Role.READ);
            story.agent.answers("plan", """
                    "plan":{"approach":"A.","tasks":[{"id":"T1","title":"T","kind":"implement"}],"criteria":["C."]}""");

            admin.comments(issue, "/pawl retry");

            assertThat(Story.moves(story.rings())).startsWith("plan advanced", "implement advanced");
        }
    }

    @Test
    @DisplayName("SEC-05 a state that claims to be ahead of the ledger is forged")
    void aStateThatClaimsToBeAheadOfTheLedgerIsForged() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = waitingForApproval(story);
            var state = issue.comments().stream()
                    .filter(c -> c.body().startsWith("<!-- pawl:state"))
                    .findFirst()
                    .orElseThrow();
            story.maintainer.editsComment(
                    issue, state.id(), state.body().replaceFirst("\"epoch\":\\d+", "\"epoch\":99"));
            story.maintainer.comments(issue, "/pawl approve");

            List<Story.Ended> ended = story.rings();

            assertThat(Story.moves(ended)).isEmpty();
            assertThat(story.saidOn(issue).getLast()).contains("Pawl can't trust its state comment");
        }
    }

    @Test
    void aRunStartedByACommandIsFoundByTheSweep() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = story.author.opensIssue(story.repo, "fix: sums", "The file sum.txt is wrong by one.");
            story.inputs.put("CONTINUE", "none");
            story.maintainer.comments(issue, "/pawl start");
            assertThat(Story.moves(story.rings())).containsExactly("triage advanced");

            story.repo.scheduleEvent("0 * * * *", "pawl.yml");

            assertThat(Story.moves(story.rings())).containsExactly("plan advanced");
        }
    }

    @Test
    void triagesVerdictIsSaidWithItsReason() {
        try (var story = new Story(folder).checked()) {
            story.agent.answers("triage", """
                    "verdict":{"readiness":"duplicate","reason":"The same as the older one, @maintainer."}""");
            SandboxIssue issue = story.issue("Sums look odd", "They have looked odd to me for a while now.");

            assertThat(Story.moves(story.rings())).containsExactly("triage waiting");

            assertThat(issue.labels()).contains("pawl:waiting-on-human");
            assertThat(story.saidOn(issue).getLast())
                    .isEqualTo("### Triage: duplicate\n\nThe same as the older one, @ maintainer.");
        }
    }

    @Test
    void aMissingPermissionIsSaidOnTheIssueWhereThatIsPossible() {
        try (var story = new Story(folder).checked()) {
            story.repo.settings(s -> s.tokenScope(Scope.CONTENTS, Access.READ));
            SandboxIssue issue = story.bug();

            var ended = story.rings();

            assertThat(ended.getLast().exit()).isZero();
            assertThat(ended.getLast().output("outcome")).isEqualTo("blocked");
            assertThat(story.saidOn(issue).getLast()).startsWith("Pawl can't work on this issue: ");
        }
    }

    @Test
    void anOptionalStagesFailureIsPassedOver() {
        try (var story = new Story(folder, Story.POLICY + """
                workflows:
                  bug: {stages: [triage, plan, implement, {validate: {optional: true}}, {review: {optional: true}}, open_pr]}
                """).checked()) {
            story.agent.runs("implement", "echo '2 + 2 = 3' > sum.txt").says("review", "{}");
            SandboxIssue issue = story.bug();

            assertThat(Story.moves(story.rings()))
                    .containsExactly(
                            "triage advanced",
                            "plan advanced",
                            "implement advanced",
                            "validate advanced",
                            "review failed",
                            "review failed",
                            "review advanced",
                            "open_pr advanced");
            assertThat(story.saidOn(issue).getFirst())
                    .contains("| validate | skipped: 0 of 1 passed, and optional |", "| review | skipped: it failed");
        }
    }
}
