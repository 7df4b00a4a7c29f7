package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.world.Comment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pawl repair}: what it says of a state, and what it writes (REL-25 to REL-28). */
@Tag(Program.TAG)
class RepairTest {
    private static final Duration A_WHILE = Duration.ofMinutes(2);
    private static final String KEY = "a key of thirty-two characters!!";

    @TempDir
    Path folder;

    private SandboxIssue inReview(Story story) {
        SandboxIssue issue = story.bug();
        story.rings();
        story.passes(A_WHILE);
        return issue;
    }

    private Program.Ended repairBy(Story story, String token, String... more) {
        var words = new ArrayList<>(List.of("repair", "--repo", "octo/shop", "--issue", "1"));
        words.addAll(List.of(more));
        var env = new HashMap<String, String>();
        env.put("PATH", System.getenv("PATH"));
        env.put("LANG", "C.UTF-8");
        env.put("HOME", folder.toString());
        env.put("RUNNER_TEMP", folder.resolve("temp").toString());
        env.put("GITHUB_API_URL", story.github.apiUrl());
        env.put("GITHUB_SERVER_URL", story.github.serverUrl());
        env.put("GITHUB_TOKEN", token);
        Optional.ofNullable(story.inputs.get("STATE-KEY")).ifPresent(key -> env.put("INPUT_STATE-KEY", key));
        return Program.underTest().run(words, env, folder);
    }

    private Program.Ended repair(Story story, String... more) {
        return repairBy(story, story.github.actionsToken(), more);
    }

    @Test
    void aStateThatIsAsItShouldBeIsLeftAlone() {
        try (var story = new Story(folder).checked()) {
            inReview(story);
            var before = story.github.requests();

            Program.Ended ended = repair(story, "--write");

            assertThat(ended)
                    .isEqualTo(new Program.Ended(
                            0,
                            "#1: the state comment can be believed.\nIts run: all stages are done, and it waits for people and"
                                    + " checks on the pull request.\n",
                            ended.errors()));
            assertThat(story.github.requests().since(before).writes()).isZero();
        }
    }

    @Test
    void anIssueThatNobodyStartedHasNone() {
        try (var story = new Story(folder).checked()) {
            story.author.opensIssue(story.repo, "fix: sums", "The file sum.txt is wrong by one.");
            Program.Ended ended = repair(story, "--write");
            assertThat(ended.exit()).isZero();
            assertThat(ended.out()).isEqualTo("#1: there is no state, and no sign that there ever was one.\n");
        }
    }

    @Test
    void rel25AStateThatCantBeBelievedIsWrittenAnewByHand() throws Exception {
        try (var story = new Story(folder).checked()) {
            story.inputs.put("STATE-KEY", KEY);
            SandboxIssue issue = inReview(story);
            var states = new States(story, issue);
            RunState before = states.state();
            Comment comment = states.only();
            states.edited("\"runs\":\\d+", "\"runs\":0");
            story.maintainer.comments(issue, "/pawl status");
            story.rings();
            assertThat(states.notices("state-")).hasSize(1);
            var requests = story.github.requests();

            Program.Ended looked = repair(story);
            assertThat(looked.exit()).isEqualTo(78);
            assertThat(looked.out())
                    .contains("#1: the state comment can't be trusted: ")
                    .contains("What is left of its run: all stages are done")
                    .endsWith("pawl repair --write writes the state anew from there. `/pawl reset` on the issue forgets"
                            + " the run.\n");
            assertThat(story.github.requests().since(requests).writes()).isZero();

            JsonNode written = new ObjectMapper()
                    .readTree(repair(story, "--write", "--json").out());
            assertThat(written.path("found").asText()).isEqualTo("broken");
            assertThat(written.path("written").asBoolean()).isTrue();
            assertThat(written.path("run").asText()).isEqualTo(before.id().run());

            RunState after = states.state();
            assertThat(states.only().id()).isEqualTo(comment.id());
            assertThat(after.state()).isEqualTo(IssueState.WAITING_ON_REVIEW);
            assertThat(after.work().pull()).isEqualTo(before.work().pull());
            assertThat(after.spending().runs())
                    .isGreaterThanOrEqualTo(before.spending().runs());
            assertThat(states.notices("rebuilt-")).hasSize(1);
            assertThat(repair(story).exit()).isZero();

            story.maintainer.mergesPullRequest(story.repo.pullRequests().getFirst());
            story.rings();
            assertThat(issue.labels()).contains("pawl:completed");
            assertThat(story.agent.asked()).filteredOn("implement"::equals).hasSize(1);
        }
    }

    @Test
    void rel26AStateThatIsGoneIsWrittenAnewByHand() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = inReview(story);
            var states = new States(story, issue);
            RunState before = states.state();
            states.deleted();

            Program.Ended ended = repair(story, "--write");

            assertThat(ended.exit()).isZero();
            assertThat(ended.out())
                    .startsWith("#1: the state comment is gone.\n")
                    .endsWith("The next event or sweep goes on.\n");
            assertThat(states.state().id()).isEqualTo(before.id());
            assertThat(states.state().state()).isEqualTo(IssueState.WAITING_ON_REVIEW);
        }
    }

    @Test
    void rel27DoublesAreDeletedByHand() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = inReview(story);
            var states = new States(story, issue);
            Comment first = states.only();
            long second = story.github.actions().comments(issue, first.body());

            Program.Ended looked = repair(story);
            assertThat(looked.exit()).isZero();
            assertThat(looked.out()).contains("claim to be the state: " + second + ".");
            assertThat(repair(story, "--write").out()).contains("and were deleted: " + second + ".");

            assertThat(states.only()).isEqualTo(first);
        }
    }

    @Test
    void rel28ANewerVersionsStateIsNeverWrittenOver() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = inReview(story);
            var states = new States(story, issue);
            states.edited("pawl:state v1 ", "pawl:state v7 ");
            String newer = states.only().body();

            Program.Ended ended = repair(story, "--write");

            assertThat(ended.exit()).isEqualTo(78);
            assertThat(ended.out())
                    .isEqualTo("#1: the state was written by a newer version of Pawl (v7).\n"
                            + "Use that version: this one changes nothing.\n");
            assertThat(states.only().body()).isEqualTo(newer);
        }
    }

    /** A person's own token can look, with the account named, and isn't let write what nobody would believe. */
    @Test
    void aPersonsTokenOnlyLooks() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = inReview(story);
            var states = new States(story, issue);
            String bot = Long.toString(story.github.actions().id());
            String token = story.maintainer.token();

            assertThat(repairBy(story, token).out())
                    .contains("github-actions[bot] claim to be the state", "--bot-id " + bot);
            assertThat(repairBy(story, token, "--bot-id", bot).out())
                    .startsWith("#1: the state comment can be believed.");
            states.deleted();
            for (List<String> more : List.of(List.of("--write"), List.of("--write", "--bot-id", bot))) {
                Program.Ended refused = repairBy(story, token, more.toArray(String[]::new));
                assertThat(refused.exit()).isEqualTo(64);
                assertThat(refused.errors()).contains("--write needs the token of the account that Pawl runs under");
            }
            assertThat(states.all()).isEmpty();
        }
    }

    /** Without the key, a signed state would be replaced by one that the next run doesn't believe. */
    @Test
    void aSignedStateIsOnlyWrittenWithTheKey() {
        try (var story = new Story(folder).checked()) {
            story.inputs.put("STATE-KEY", KEY);
            SandboxIssue issue = inReview(story);
            var states = new States(story, issue);
            states.edited("\"runs\":\\d+", "\"runs\":\"none\"");
            String broken = states.only().body();
            story.inputs.remove("STATE-KEY");

            Program.Ended ended = repair(story, "--write");

            assertThat(ended.exit()).isEqualTo(78);
            assertThat(ended.out()).contains("give the key as INPUT_STATE-KEY");
            assertThat(states.only().body()).isEqualTo(broken);
        }
    }

    @Test
    void aWrongNumberIsSaidInOneLine() {
        var ended = Program.underTest()
                .run(List.of("repair", "--repo", "octo/shop", "--issue", "none"), java.util.Map.of(), Path.of(""));
        assertThat(ended)
                .isEqualTo(new Program.Ended(64, "", "pawl: --issue is an issue's number, such as --issue 42.\n"));
    }
}
