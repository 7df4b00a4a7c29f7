package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.world.Comment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The state comment is edited, forged, doubled, of a newer version, put back, or moved (REL-25, REL-27, REL-28). What can't
 * be believed stops the issue with one notice; what can be told from elsewhere goes on.
 */
@Tag(Program.TAG)
class AttackedStateTest {
    private static final Duration A_WHILE = Duration.ofMinutes(2);
    private static final String KEY = "a key of thirty-two characters!!";

    @TempDir
    Path folder;

    private static SandboxIssue waitingForApproval(Story story) {
        SandboxIssue issue = story.issue("feat: correct sums", "The file sum.txt should hold correct sums only.");
        assertThat(Story.moves(story.rings())).containsExactly("triage advanced", "plan waiting");
        return issue;
    }

    /** Whatever comes, nothing moves, and once all is said nothing is written any more. */
    private static void standsStill(Story story) {
        List<String> asked = story.agent.asked();
        assertThat(Story.moves(story.rings())).isEmpty();
        Story.Ended swept = story.sweeps();
        assertThat(Story.moves(List.of(swept))).isEmpty();
        assertThat(swept.writes()).isZero();
        assertThat(swept.exit()).isZero();
        assertThat(story.agent.asked()).isEqualTo(asked);
    }

    /** The run is forgotten by a maintainer, and a new one comes as far as the first. */
    private static void beginsAnew(Story story, States states) {
        RunState forgotten = states.state();
        assertThat(forgotten.state()).isEqualTo(IssueState.CLOSED_UNRESOLVED);
        story.maintainer.comments(states.issue(), "/pawl start");
        assertThat(Story.moves(story.rings())).containsExactly("triage advanced", "plan waiting");
        assertThat(states.state().id().run()).isNotEqualTo(forgotten.id().run());
        assertThat(states.state().fence().epoch())
                .isGreaterThan(forgotten.fence().epoch());
    }

    private static void goesThrough(Story story, States states) {
        assertThat(states.state().state()).isEqualTo(IssueState.WAITING_ON_REVIEW);
        assertThat(story.repo.pullRequests()).hasSize(1);
        assertThat(story.agent.asked()).filteredOn("plan"::equals).hasSize(1);
        assertThat(story.agent.asked()).filteredOn("implement"::equals).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"attempts\":1', '\"attempts\":0'",
        "'\"seq\":\\d+', '\"seq\":3000'",
        "' sig=[0-9a-f]+', ''",
        "'\"workflow\":\"feature\"', '\"workflow\":\"chore\"'"
    })
    void rel25AnEditedStateStopsWithOneNoticeUntilAMaintainerResetsIt(String pattern, String replacement) {
        try (var story = new Story(folder).checked().deliveringEach(2)) {
            story.inputs.put("STATE-KEY", KEY);
            SandboxIssue issue = waitingForApproval(story);
            var states = new States(story, issue);
            String body = states.only().body();
            states.edited(pattern, replacement);
            String edited = states.only().body();
            story.maintainer.comments(issue, "/pawl approve");
            standsStill(story);
            assertThat(states.notices("state-")).hasSize(1);
            assertThat(states.notices("state-").getFirst())
                    .startsWith("Pawl can't trust its state comment: ")
                    .contains("`/pawl reset`", "`pawl repair`");

            story.author.comments(issue, "/pawl reset");
            standsStill(story);
            assertThat(states.only().body()).isEqualTo(edited).isNotEqualTo(body);

            story.maintainer.comments(issue, "/pawl reset");
            assertThat(Story.moves(story.rings())).isEmpty();
            assertThat(states.notices("state-")).hasSize(1);
            beginsAnew(story, states);
        }
    }

    @Test
    void rel25AStateThatIsRestoredFromItsHistoryGoesOn() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = waitingForApproval(story);
            var states = new States(story, issue);
            String body = states.only().body();
            states.edited("\"seq\":", "\"seq\":\"");
            story.maintainer.comments(issue, "/pawl approve");
            standsStill(story);

            states.is(body);

            assertThat(Story.moves(story.rings())).startsWith("implement advanced");
            goesThrough(story, states);
            assertThat(states.notices("state-")).hasSize(1);
        }
    }

    @Test
    void rel25AnEditedStateThatIsDeletedIsRebuilt() {
        try (var story = new Story(folder).checked()) {
            story.inputs.put("STATE-KEY", KEY);
            SandboxIssue issue = waitingForApproval(story);
            var states = new States(story, issue);
            RunState before = states.state();
            states.edited("\"attempts\":1", "\"attempts\":0");
            // Within the second of the last save nobody can tell whether a command was answered.
            story.passes(Duration.ofSeconds(2)).maintainer.comments(issue, "/pawl approve");
            standsStill(story);

            story.passes(A_WHILE);
            states.deleted();

            assertThat(Story.moves(List.of(story.sweeps()))).containsExactly("implement advanced");
            story.rings();
            goesThrough(story, states);
            assertThat(states.state().id()).isEqualTo(before.id());
            assertThat(states.notices("rebuilt-")).hasSize(1);
        }
    }

    @Test
    void rel25AnEpochAheadOfTheLedgerIsSaidOnce() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = waitingForApproval(story);
            var states = new States(story, issue);
            states.edited("\"epoch\":\\d+", "\"epoch\":4000");
            story.maintainer.comments(issue, "/pawl approve");

            assertThat(Story.moves(story.rings())).isEmpty();
            assertThat(Story.moves(List.of(story.sweeps(), story.sweeps()))).isEmpty();

            assertThat(states.notices("state-"))
                    .singleElement()
                    .asString()
                    .contains("it claims to be newer than the ledger");
            assertThat(story.agent.asked()).doesNotContain("implement");
        }
    }

    /** Somebody reverts the comment; or a machine that slept writes late. The ledger knows better. */
    @Test
    void rel25AStateThatWasPutBackIsRebuiltAndNothingIsDoneTwice() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = waitingForApproval(story);
            var states = new States(story, issue);
            String old = states.only().body();
            story.maintainer.comments(issue, "/pawl approve");
            story.rings();
            RunState before = states.state();
            story.passes(A_WHILE);

            states.is(old);
            story.maintainer.comments(issue, "/pawl status");
            story.rings();

            goesThrough(story, states);
            assertThat(states.notices("rebuilt-"))
                    .singleElement()
                    .asString()
                    .startsWith("The state comment was put back to an older one.");
            assertThat(states.state().spending().runs())
                    .isGreaterThanOrEqualTo(before.spending().runs());
            assertThat(states.state().fence().seq())
                    .isGreaterThan(before.fence().seq());
        }
    }

    /** A copy by another account never counts, below ours or above it. */
    @Test
    void rel27AStateByAnotherAccountIsNone() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = waitingForApproval(story);
            var states = new States(story, issue);
            String forged = states.only()
                    .body()
                    .replace("\"waiting-on-human\"", "\"completed\"")
                    .replaceFirst("\"epoch\":\\d+", "\"epoch\":4000");
            Comment ours = states.only();
            story.stranger.comments(issue, forged);
            story.maintainer.comments(issue, forged);
            story.rings();
            story.passes(A_WHILE);
            story.maintainer.deletesComment(issue, ours.id());
            story.maintainer.comments(issue, "/pawl approve");

            assertThat(Story.moves(story.rings())).startsWith("implement advanced");

            List<Comment> all = states.all();
            assertThat(all).hasSize(3);
            assertThat(all.subList(0, 2)).extracting(Comment::body).containsOnly(forged);
            assertThat(states.read(all.getLast()).state()).isEqualTo(IssueState.WAITING_ON_REVIEW);
            assertThat(story.repo.pullRequests()).hasSize(1);
            assertThat(story.agent.asked()).filteredOn("plan"::equals).hasSize(1);
        }
    }

    /** Two valid states of ours: the lower id is the one; when it goes, the other is an old one. */
    @Test
    void rel27OfTwoStatesTheLowestIdWins() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = waitingForApproval(story);
            var states = new States(story, issue);
            String body = states.only().body();
            Comment first = states.only();
            story.github.actions().comments(issue, body);
            story.maintainer.comments(issue, "/pawl approve");

            assertThat(Story.moves(story.rings())).startsWith("implement advanced");

            assertThat(states.all()).hasSize(2);
            assertThat(states.all().getFirst().id()).isEqualTo(first.id());
            assertThat(states.read(states.all().getFirst()).state()).isEqualTo(IssueState.WAITING_ON_REVIEW);
            assertThat(states.all().getLast().body()).isEqualTo(body);

            story.passes(A_WHILE);
            story.maintainer.deletesComment(issue, first.id());
            story.maintainer.comments(issue, "/pawl status");
            story.rings();

            goesThrough(story, states);
            assertThat(states.notices("rebuilt-")).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"pawl:state v1 , pawl:state v2 , v2", "'\"plan-approval\"', '\"second-opinion\"', second-opinion"})
    void rel28ANewerVersionsStateIsLeftAlone(String pattern, String newer, String what) {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = waitingForApproval(story);
            var states = new States(story, issue);
            String body = states.only().body();
            states.edited(pattern.strip(), newer.strip());
            String changed = states.only().body();
            story.maintainer.comments(issue, "/pawl approve");
            story.maintainer.comments(issue, "/pawl reset");
            standsStill(story);
            assertThat(states.notices("newer-")).singleElement().asString().contains("a newer version of Pawl", what);
            assertThat(states.only().body()).isEqualTo(changed);

            story.maintainer.deletesComment(issue, issue.comments().getLast().id());
            states.is(body);
            story.rings();
            assertThat(states.state().state()).isNotEqualTo(IssueState.WAITING_ON_HUMAN);
        }
    }

    /** A state that was copied here from another issue is none; what the ledger knows of this one counts. */
    @Test
    void rel27AnotherIssuesStateIsNone() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = waitingForApproval(story);
            SandboxIssue other = story.issue("feat: more sums", "The file sum.txt should hold more sums than that.");
            story.rings();
            var states = new States(story, issue);
            story.passes(A_WHILE);
            states.is(new States(story, other).only().body());
            story.maintainer.comments(issue, "/pawl approve");

            assertThat(Story.moves(story.rings())).startsWith("implement advanced");

            assertThat(states.notices("rebuilt-")).hasSize(1);
            assertThat(states.read(states.all().getLast()).id().issue()).isEqualTo(issue.number());
            assertThat(states.read(states.all().getLast()).state()).isEqualTo(IssueState.WAITING_ON_REVIEW);
            assertThat(story.agent.asked()).filteredOn("implement"::equals).hasSize(1);
        }
    }
}
