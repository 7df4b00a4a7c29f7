package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.world.Role;
import dev.pawl.sandbox.world.WebhookEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stories of the default workflows, each with every event delivered once and twice. */
@Tag(Program.TAG)
class WalkTest {
    /** Wrong at first, right once validation has said so. */
    static final String SECOND_TRY = "if grep -q '\"kind\":\"validation\"' \"$PAWL_REQUEST\"; then"
            + " echo '2 + 2 = 4' > sum.txt; else echo '2 + 2 = 3' > sum.txt; fi";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aBugBecomesAPullRequestOneStageAtATime(int copies) {
        try (var story = new Story(folder).checked().deliveringEach(copies)) {
            story.agent.runs("implement", SECOND_TRY);
            SandboxIssue issue = story.bug();

            var ended = story.rings();

            assertThat(Story.moves(ended))
                    .as("%s", ended)
                    .containsExactly(
                            "triage advanced",
                            "plan advanced",
                            "implement advanced",
                            "validate failed",
                            "implement advanced",
                            "validate advanced",
                            "review advanced",
                            "open_pr advanced");
            assertThat(issue.labels()).containsExactlyInAnyOrder("bug", "pawl", "pawl:waiting-on-review");
            assertThat(story.repo.pullRequests()).singleElement().satisfies(pull -> {
                assertThat(pull.head()).isEqualTo("pawl/1-the-sum-is-wrong");
                assertThat(pull.issue().title()).isEqualTo("Correct the sum");
                assertThat(pull.issue().body()).startsWith("Closes #1.");
                assertThat(pull.commits()).hasSize(2);
            });
            assertThat(story.repo.file("pawl/1-the-sum-is-wrong", "sum.txt")).contains("2 + 2 = 4\n");
            assertThat(story.saidOn(issue)).hasSize(4);
            assertThat(story.agent.asked()).containsExactly("plan", "implement", "implement", "review", "open_pr");
        }
    }

    @Test
    void requestsStayWithinTheBudget() {
        try (var story = new Story(folder).checked()) {
            story.bug();

            var ended = story.rings();

            assertThat(requests(ended, "triage")).isLessThanOrEqualTo(12);
            assertThat(requests(ended, "open_pr")).isLessThanOrEqualTo(15);
            assertThat(ended).allSatisfy(e -> assertThat(e.requests()).isLessThanOrEqualTo(21));
        }
    }

    private static long requests(List<Story.Ended> ended, String stage) {
        return ended.stream()
                .filter(e -> e.output("stage").equals(stage))
                .mapToLong(Story.Ended::requests)
                .max()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aFeatureWaitsForApprovalOfItsPlan(int copies) {
        try (var story = new Story(folder).checked().deliveringEach(copies)) {
            SandboxIssue issue = story.issue("feat: correct sums", "The file sum.txt should hold correct sums only.");

            assertThat(Story.moves(story.rings())).containsExactly("triage advanced", "plan waiting");
            assertThat(issue.labels()).contains("pawl:waiting-on-human");
            assertThat(story.rings()).isEmpty();

            story.author.comments(issue, "/pawl approve");
            assertThat(Story.moves(story.rings())).as("the author may not").isEmpty();
            assertThat(story.saidOn(issue).getLast()).startsWith("Pawl does this for people with write permission.");

            story.maintainer.comments(issue, "Looks good.\n\n/pawl approve");
            assertThat(Story.moves(story.rings()))
                    .containsExactly("implement advanced", "validate advanced", "review advanced", "open_pr advanced");
            assertThat(story.repo.pullRequests()).hasSize(1);
        }
    }

    @Test
    void anApprovalOfAnOlderPlanIsStale() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = story.issue("feat: correct sums", "The file sum.txt should hold correct sums only.");
            story.rings();
            long plan = issue.comments().stream()
                    .filter(c -> c.body().startsWith("<!-- pawl:plan"))
                    .findFirst()
                    .orElseThrow()
                    .id();
            story.maintainer.editsComment(issue, plan, "Something else entirely.");

            story.maintainer.comments(issue, "/pawl approve");
            story.rings();

            assertThat(story.saidOn(issue).getLast())
                    .isEqualTo("The plan changed after it was shown to you. Please read it again and repeat"
                            + " `/pawl approve`.");
            assertThat(issue.labels()).contains("pawl:waiting-on-human");
        }
    }

    @Test
    void aRevisedPlanIsWrittenAnew() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = story.issue("feat: correct sums", "The file sum.txt should hold correct sums only.");
            story.rings();

            story.maintainer.comments(issue, "/pawl revise Use words\nnot digits.");
            assertThat(Story.moves(story.rings())).containsExactly("plan waiting");

            assertThat(story.agent.request("plan")).contains("\"kind\":\"revise\"", "Use words", "not digits.");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aResearchIssueEndsInAComment(int copies) {
        try (var story = new Story(folder).checked().deliveringEach(copies)) {
            SandboxIssue issue = story.issue("research: which sum is right", "Look at both files and compare them.");

            assertThat(Story.moves(story.rings()))
                    .containsExactly(
                            "triage advanced", "research advanced", "summarize advanced", "comment_issue advanced");

            assertThat(story.saidOn(issue).getLast()).isEqualTo("## Report\n\nTake the first one.");
            assertThat(issue.labels()).contains("pawl:completed");
            assertThat(issue.isOpen()).isTrue();
            assertThat(story.repo.pullRequests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aVagueIssueGetsQuestionsAndGoesOnAfterTheAnswer(int copies) {
        try (var story = new Story(folder).checked().deliveringEach(copies)) {
            story.agent.says("clarify", """
                    {"version":1,"status":"needs_input","summary":"unclear",
                    "questions":[{"text":"Which sum?","about":"scope"}]}""");
            SandboxIssue issue = story.issue("It is wrong", "", "bug");

            assertThat(Story.moves(story.rings())).containsExactly("triage advanced", "clarify waiting");
            assertThat(issue.labels()).contains("pawl:needs-clarification");
            assertThat(story.saidOn(issue).getLast()).contains("1. *scope:* Which sum?");

            story.stranger.comments(issue, "Mine too!");
            assertThat(Story.moves(story.rings()))
                    .as("a stranger's comment is no answer")
                    .isEmpty();

            story.agent.answers("clarify", "");
            story.author.comments(issue, "The one in sum.txt.");
            assertThat(Story.moves(story.rings()))
                    .startsWith("clarify advanced", "plan advanced", "implement advanced");
            assertThat(story.agent.request("clarify")).contains("\"kind\":\"answer\"", "The one in sum.txt.");
        }
    }

    @Test
    void aStrangersLabelIsRefusedOnceAndNothingElseIsWritten() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = story.author.opensIssue(story.repo, "The sum is wrong", "Five, not four.");
            story.repo.grants(story.stranger, Role.TRIAGE);
            story.github.takeEvents();
            story.stranger.labels(issue, "pawl");

            var first = story.rings();

            assertThat(first).singleElement().satisfies(e -> {
                assertThat(e.output("outcome")).isEqualTo("denied");
                assertThat(e.writes()).isEqualTo(1);
            });
            story.stranger.unlabels(issue, "pawl");
            story.stranger.labels(issue, "pawl");
            assertThat(story.rings()).allSatisfy(e -> assertThat(e.writes()).isZero());
            assertThat(story.agent.asked()).isEmpty();
        }
    }

    @Test
    void aDryRunWritesNothing() {
        try (var story = new Story(folder).checked()) {
            story.inputs.put("DRY-RUN", "true");
            story.bug();

            var ended = story.rings();

            assertThat(ended).singleElement().satisfies(e -> {
                assertThat(e.writes()).isZero();
                assertThat(e.log()).contains("would claim issue 1 for triage", "would label the issue pawl:ready");
            });
        }
    }

    @Test
    void anEventThatIsNotOursCostsOneRequestAtMost() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = story.author.opensIssue(story.repo, "A question", "How do sums work?");
            story.stranger.comments(issue, "I wonder, too.");
            story.maintainer.labels(issue, "help wanted");
            story.maintainer.closes(issue);
            var events = story.github.takeEvents();

            for (WebhookEvent event : events) {
                Story.Ended ended = story.deliver(event);
                assertThat(ended.requests()).as("%s", ended).isLessThanOrEqualTo(1);
                assertThat(ended.writes()).isZero();
                assertThat(ended.output("outcome")).isEqualTo("nothing");
            }
            assertThat(events).hasSizeGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void aSweepCatchesUpWithLostEvents() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = story.bug();
            story.github.takeEvents();
            story.repo.scheduleEvent("0 * * * *", "pawl.yml");

            assertThat(Story.moves(story.rings())).startsWith("triage advanced", "plan advanced");
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
        }
    }

    @Test
    void anInvalidPolicyIsRefusedBeforeAnyWrite() {
        try (var story = new Story(folder, "limits: {atempts: 3}\n").checked()) {
            story.bug();

            var ended = story.rings();

            assertThat(ended).singleElement().satisfies(e -> {
                assertThat(e.exit()).isEqualTo(78);
                assertThat(e.writes()).isZero();
                assertThat(e.output("reason")).contains(".github/pawl.yml:1:10", "Did you mean \"attempts\"?");
            });
        }
    }

    @Test
    void aRefusedChangeIsSaidAndTriedAgainWithTheReason() {
        try (var story = new Story(folder).checked()) {
            story.agent.runs(
                    "implement",
                    "if grep -q '\"kind\":\"rejected\"' \"$PAWL_REQUEST\"; then echo '2 + 2 = 4' > sum.txt;"
                            + " else mkdir -p .github/workflows; echo x > .github/workflows/x.yml; fi");
            SandboxIssue issue = story.bug();

            assertThat(Story.moves(story.rings()))
                    .contains("implement failed", "implement advanced", "open_pr advanced");
            assertThat(story.saidOn(issue))
                    .anySatisfy(said -> assertThat(said)
                            .contains("Attempt 1 of *implement* wasn't accepted", ".github/workflows/x.yml"));
        }
    }

    @Test
    void aStageThatAlwaysFailsBlocksAndRetryTriesAgain() {
        try (var story = new Story(folder).checked()) {
            story.agent.says("plan", "{}");
            SandboxIssue issue = story.bug();

            assertThat(Story.moves(story.rings()))
                    .containsExactly("triage advanced", "plan failed", "plan failed", "plan blocked");
            assertThat(issue.labels()).contains("pawl:blocked");
            assertThat(story.rings()).isEmpty();

            story.agent.answers("plan", """
                    "plan":{"approach":"A.","tasks":[{"id":"T1","title":"T","kind":"implement"}],"criteria":["C."]}""");
            story.maintainer.comments(issue, "/pawl retry");
            assertThat(Story.moves(story.rings())).startsWith("plan advanced", "implement advanced");
        }
    }

    @Test
    void closingTheIssueEndsTheRun() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = story.issue("feat: correct sums", "The file sum.txt should hold correct sums only.");
            story.rings();

            story.author.closes(issue);
            story.rings();

            assertThat(issue.labels()).contains("pawl:closed-unresolved");
        }
    }

    @Test
    void mergingThePullRequestCompletesTheRun() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = story.bug();
            story.rings();

            story.maintainer.mergesPullRequest(story.repo.pullRequests().getFirst());
            story.rings();

            assertThat(issue.labels()).contains("pawl:completed");
            assertThat(issue.isOpen()).isFalse();
        }
    }

    @Test
    void signedStatesAreBelievedAndForgedOnesAreNot() {
        try (var story = new Story(folder).checked()) {
            story.inputs.putAll(Map.of("STATE-KEY", "a key of thirty-two characters!!"));
            SandboxIssue issue = story.issue("feat: correct sums", "The file sum.txt should hold correct sums only.");
            assertThat(Story.moves(story.rings())).containsExactly("triage advanced", "plan waiting");
            var state = issue.comments().stream()
                    .filter(c -> c.body().startsWith("<!-- pawl:state"))
                    .findFirst()
                    .orElseThrow();
            assertThat(state.body()).contains(" sig=");

            story.maintainer.editsComment(issue, state.id(), state.body().replace("\"attempts\":1", "\"attempts\":0"));
            story.maintainer.comments(issue, "/pawl approve");
            var ended = story.rings();

            assertThat(Story.moves(ended)).isEmpty();
            assertThat(ended.getLast().output("outcome")).isEqualTo("blocked");
            assertThat(story.saidOn(issue).getLast()).contains("Pawl can't trust its state comment");
        }
    }
}
