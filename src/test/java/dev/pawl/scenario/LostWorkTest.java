package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger, the branch or the pull request goes, or a person ends what Pawl began (REL-26, REL-32). */
@Tag(Program.TAG)
class LostWorkTest {
    private static final Duration A_WHILE = Duration.ofMinutes(2);
    private static final String BRANCH = "pawl/1-the-sum-is-wrong";
    private static final String LEDGER = "pawl-ledger/issues/1";

    /** A ledger that a person can delete. */
    private static final String POLICY = Story.POLICY + "ledger: {prefix: refs/heads/pawl-ledger}\n";

    @TempDir
    Path folder;

    private static void implemented(Story story) {
        story.inputs.put("CONTINUE", "none");
        story.bug();
        story.rings();
        story.sweeps();
        assertThat(story.sweeps().output("stage")).isEqualTo("implement");
        story.inputs.remove("CONTINUE");
    }

    /** GitHub closes a pull request whose branch is deleted; both are a person's way to say no. */
    @Test
    void rel32APullRequestThatAPersonClosesEndsTheRun() {
        try (var story = new Story(folder).checked().deliveringEach(2)) {
            SandboxIssue issue = story.bug();
            story.rings();
            List<String> asked = story.agent.asked();

            story.maintainer.closesPullRequest(story.repo.pullRequests().getFirst());
            story.maintainer.deletesBranch(story.repo, BRANCH);
            story.rings();

            RunState state = new States(story, issue).state();
            assertThat(state.state()).isEqualTo(IssueState.CLOSED_UNRESOLVED);
            assertThat(issue.labels()).contains("pawl:closed-unresolved").doesNotContain("pawl:waiting-on-review");
            assertThat(issue.isOpen()).isTrue();
            assertThat(story.sweeps().writes()).isZero();
            assertThat(story.repo.pullRequests()).hasSize(1);
            assertThat(story.repo.branches()).containsExactly("main");
            assertThat(story.agent.asked()).isEqualTo(asked);
        }
    }

    @Test
    void rel32APullRequestThatAPersonMergesCompletesTheRunAlsoWhenItsEventIsLost() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = story.bug();
            story.rings();
            story.maintainer.mergesPullRequest(story.repo.pullRequests().getFirst());
            story.maintainer.deletesBranch(story.repo, BRANCH);
            story.github.takeEvents();
            story.maintainer.comments(issue, "Thanks!");

            story.rings();

            assertThat(new States(story, issue).state().state()).isEqualTo(IssueState.COMPLETED);
            assertThat(issue.labels()).contains("pawl:completed");
            assertThat(story.repo.pullRequests()).hasSize(1);
        }
    }

    /** State and pull request both went through people's hands: a run that is over isn't begun again. */
    @Test
    void rel26AMergedRunWhoseStateIsDeletedIsStillOver() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = story.bug();
            story.rings();
            List<String> asked = story.agent.asked();
            story.maintainer.mergesPullRequest(story.repo.pullRequests().getFirst());
            story.rings();
            story.passes(A_WHILE);
            new States(story, issue).deleted();

            story.maintainer.reopens(issue);
            story.github.takeEvents();
            assertThat(Story.moves(List.of(story.sweeps()))).isEmpty();

            assertThat(story.agent.asked()).isEqualTo(asked);
            assertThat(story.repo.pullRequests()).hasSize(1);
        }
    }

    @Test
    void rel26WithoutStateAndLedgerAPersonIsAskedOnce() {
        try (var story = new Story(folder, POLICY).checked().deliveringEach(2)) {
            SandboxIssue issue = story.bug();
            story.rings();
            var states = new States(story, issue);
            List<String> asked = story.agent.asked();
            story.passes(A_WHILE);
            states.deleted();
            story.maintainer.deletesBranch(story.repo, LEDGER);
            story.maintainer.comments(issue, "Where are we?");

            assertThat(Story.moves(story.rings())).isEmpty();

            assertThat(states.notices("lost-"))
                    .singleElement()
                    .asString()
                    .contains("the ledger, which says how far the run was, is gone, too", "`/pawl reset`");
            assertThat(story.sweeps().writes()).isZero();
            assertThat(story.agent.asked()).isEqualTo(asked);

            story.maintainer.comments(issue, "/pawl reset");
            story.rings();
            assertThat(states.state().state()).isEqualTo(IssueState.CLOSED_UNRESOLVED);
            story.maintainer.comments(issue, "/pawl start");
            assertThat(Story.moves(story.rings())).startsWith("triage advanced", "plan advanced");
            assertThat(story.repo.pullRequests()).hasSize(1);
        }
    }

    /** The state alone says enough: a new ledger begins where it says. */
    @Test
    void rel26ADeletedLedgerIsBegunAnew() {
        try (var story = new Story(folder, POLICY).checked()) {
            implemented(story);
            var states = new States(story, story.repo.issue(1));
            RunState before = states.state();
            story.maintainer.deletesBranch(story.repo, LEDGER);
            story.github.takeEvents();

            assertThat(story.sweeps().output("stage")).isEqualTo("validate");
            story.rings();

            assertThat(states.state().state()).isEqualTo(IssueState.WAITING_ON_REVIEW);
            assertThat(states.state().fence().epoch())
                    .isGreaterThan(before.fence().epoch());
            assertThat(story.agent.asked()).filteredOn("implement"::equals).hasSize(1);
        }
    }
}
