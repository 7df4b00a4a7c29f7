package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.Person;
import dev.pawl.sandbox.SandboxJob;
import dev.pawl.sandbox.SandboxPullRequest;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Incoming;
import dev.pawl.sandbox.world.Access;
import dev.pawl.sandbox.world.Review;
import dev.pawl.sandbox.world.ReviewComment;
import dev.pawl.sandbox.world.Scope;
import dev.pawl.sandbox.world.WebhookEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A person's pull request fails its checks: its author is told how to mend it, and nothing is pushed. */
@Tag(Program.TAG)
class SuggestionsTest {
    static final String POLICY = Story.POLICY + "suggestions: on\n";
    static final String BRANCH = "change";
    private static final String LOG = "running\nsum.txt:2: 3 + 3 is 6\n";

    /** Two lines of a changed file, one that isn't there, and one without a line. */
    private static final String FINDINGS = """
            "findings":[
            {"severity":"minor","file":"sum.txt","line":1,"text":"Say it in words.","suggestion":"two and two make four"},
            {"severity":"blocking","file":"sum.txt","line":2,"text":"`build` counts up to 6.","suggestion":"3 + 3 = 6\\n"},
            {"severity":"blocking","file":"test.sh","line":1,"text":"It runs too late.","suggestion":"exit 0"},
            {"severity":"minor","text":"There are no tests."}]""";

    @TempDir
    Path folder;

    private Story story() {
        return begun(new Story(folder, POLICY).checked());
    }

    static Story begun(Story story) {
        story.agent.answers("review", FINDINGS);
        return story;
    }

    static SandboxPullRequest pull(Story story, Person by, String branch) {
        story.maintainer.pushes(story.repo, branch, Map.of("sum.txt", "2 + 2 = 4\n3 + 3 = 7\n"));
        SandboxPullRequest pull = by.opensPullRequest(story.repo, branch, "More sums", "Now with threes.");
        story.github.takeEvents();
        return pull;
    }

    static void fails(Story story, String branch) {
        story.repo.runsCi("ci.yml", branch, SandboxJob.passed("lint"), SandboxJob.failed("build", "Test", LOG));
    }

    private static List<String> outcomes(List<Story.Ended> ended) {
        return ended.stream().map(e -> e.output("outcome")).toList();
    }

    private static String reason(List<Story.Ended> ended) {
        return ended.getLast().output("reason");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aFailedCheckGetsOneReviewWithSuggestions(int copies) {
        try (var story = story().deliveringEach(copies)) {
            story.agent.runs("review", "grep -q '3 + 3 = 7' sum.txt || exit 1; echo mine > sum.txt");
            SandboxPullRequest pull = pull(story, story.maintainer, BRANCH);
            String head = pull.headSha();
            fails(story, BRANCH);

            List<Story.Ended> ended = story.rings();

            assertThat(outcomes(ended)).startsWith("advanced").hasSize(copies);
            assertThat(ended.getFirst().output("issue")).isEqualTo(Integer.toString(pull.number()));
            assertThat(reason(ended.subList(0, 1))).isEqualTo("2 suggestions on pull request #" + pull.number() + ".");
            assertThat(ended.getFirst().output("cost-usd")).isEqualTo("0.01");
            assertThat(ended)
                    .allSatisfy(e -> assertThat(e.requests()).as("%s", e).isLessThanOrEqualTo(20));
            assertThat(story.agent.asked()).containsExactly("review");
            assertThat(story.agent.request("review"))
                    .contains("\"kind\":\"ci\"", "failed in the step Test.", "3 + 3 is 6", "\"title\":\"More sums\"");
            assertThat(story.agent.request("review")).doesNotContain("lint");
            assertThat(pull.reviews()).singleElement().satisfies(review -> {
                assertThat(review.verdict()).isEqualTo(Review.Verdict.COMMENTED);
                assertThat(review.commit()).isEqualTo(head);
                assertThat(review.body())
                        .startsWith("<!-- pawl:review v1 issue=" + pull.number() + " run=none key=suggestions-");
                assertThat(review.body().lines().skip(1).collect(Collectors.joining("\n")))
                        .isEqualTo("""
                                ### 2 suggestions for the failed checks

                                `build` failed on `%s`. What is suggested here is an agent's, and nobody has tried it. \
                                Pawl pushes nothing to this branch: *Commit suggestion* takes one, *Add suggestion to batch* several, \
                                and *Resolve conversation* puts one away.

                                Also found, and not to be suggested on a line of the diff:

                                - `test.sh:1`: It runs too late.
                                - There are no tests.""".formatted(head.substring(0, 7)));
            });
            assertThat(pull.reviewComments())
                    .extracting(ReviewComment::body)
                    .containsExactly(
                            "`build` counts up to 6.\n\n```suggestion\n3 + 3 = 6\n```\n",
                            "Say it in words.\n\n```suggestion\ntwo and two make four\n```\n");
            assertThat(pull.reviewComments())
                    .extracting(c -> c.place().path() + ":" + c.place().line())
                    .containsExactly("sum.txt:2", "sum.txt:1");
            assertThat(pull.headSha()).as("nothing is pushed").isEqualTo(head);
            assertThat(story.repo.branches()).containsExactlyInAnyOrder("main", BRANCH);
            assertThat(story.repo.file(BRANCH, "sum.txt")).contains("2 + 2 = 4\n3 + 3 = 7\n");
        }
    }

    @Test
    void aCheckThatHasNotEndedIsWaitedFor() {
        try (var story = story()) {
            SandboxPullRequest pull = pull(story, story.maintainer, BRANCH);
            story.repo.reportsStatus(BRANCH, "deploy", "pending");
            fails(story, BRANCH);

            List<Story.Ended> early = story.rings();
            assertThat(reason(early)).isEqualTo("A check of the pull request hasn't ended; its end is looked at.");
            assertThat(early).allSatisfy(e -> assertThat(e.writes()).isZero());
            assertThat(pull.reviews()).isEmpty();

            story.repo.reportsStatus(BRANCH, "deploy", "success");
            story.github.takeEvents();
            story.repo.completesSuite(BRANCH, "success");
            assertThat(outcomes(story.rings())).containsExactly("advanced");
            assertThat(pull.reviews()).hasSize(1);
        }
    }

    @Test
    void eventsThatComeLateAndOutOfOrderChangeNothing() {
        try (var story = story()) {
            SandboxPullRequest pull = pull(story, story.maintainer, BRANCH);
            story.repo.reportsCheck(BRANCH, "scan", "failure");
            story.github.takeEvents();
            fails(story, BRANCH);
            story.repo.completesSuite(BRANCH, "failure");
            List<WebhookEvent> events = new ArrayList<>(story.heard());
            for (WebhookEvent event : events.reversed()) {
                story.deliver(event);
            }
            story.passes(Duration.ofHours(1));
            for (WebhookEvent event : events) {
                Story.Ended late = story.deliver(event);
                assertThat(late.output("reason"))
                        .isEqualTo("Suggestions for this commit and these checks were given before.");
                assertThat(late.writes()).isZero();
            }
            assertThat(pull.reviews()).hasSize(1);
            assertThat(pull.reviews().getFirst().body()).contains("`scan`", "`build`");
            assertThat(story.agent.asked()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void rivalsGiveOneReview(int crowd) throws Exception {
        try (var story = story()) {
            SandboxPullRequest pull = pull(story, story.maintainer, BRANCH);
            fails(story, BRANCH);
            WebhookEvent event = story.heard().getLast();
            var gate = new Gate(crowd);
            story.github.faults(gate);
            var start = new CountDownLatch(1);
            var rivals = new ArrayList<Future<Story.Ended>>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < crowd; i++) {
                    rivals.add(threads.submit(() -> {
                        try {
                            start.await();
                            return story.deliver(event);
                        } finally {
                            gate.ended();
                        }
                    }));
                }
                start.countDown();
            }
            story.github.faults(Faults.NONE);

            var outcomes = new ArrayList<String>();
            for (Future<Story.Ended> rival : rivals) {
                outcomes.add(rival.get().output("outcome"));
            }
            assertThat(outcomes).containsOnlyOnce("advanced").isSubsetOf("advanced", "busy", "nothing");
            assertThat(story.agent.asked()).hasSize(1);
            assertThat(pull.reviews()).hasSize(1);
            assertThat(pull.reviewComments()).hasSize(2);
        }
    }

    @Test
    @DisplayName("SEC-11: a fork's pull request gets none, whatever its branch is called")
    void forks() {
        try (var story = story()) {
            story.maintainer.pushes(story.repo, BRANCH, Map.of("sum.txt", "2 + 2 = 4\n3 + 3 = 7\n"));
            SandboxPullRequest fork = story.stranger.opensPullRequestFromFork(
                    story.repo, BRANCH, "Mine is better", Map.of("sum.txt", "evil\n"));
            story.github.takeEvents();
            fails(story, BRANCH);

            List<Story.Ended> ended = story.rings();

            assertThat(reason(ended))
                    .isEqualTo("No open pull request of this repository comes from the branch that the checks ran on.");
            assertThat(ended).allSatisfy(e -> assertThat(e.writes()).isZero());
            assertThat(story.agent.asked()).isEmpty();
            assertThat(fork.reviews()).isEmpty();
        }
    }

    @Test
    void whoeverMayNotStartPawlGetsNone() {
        try (var story = story()) {
            SandboxPullRequest pull = pull(story, story.author, BRANCH);
            fails(story, BRANCH);

            List<Story.Ended> ended = story.rings();

            assertThat(reason(ended)).isEqualTo("Whoever opened the pull request isn't allowed to start Pawl.");
            assertThat(ended).allSatisfy(e -> assertThat(e.writes()).isZero());
            assertThat(story.agent.asked()).isEmpty();
            assertThat(pull.reviews()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pawl:pause", "needs-design"})
    void aLabelKeepsPawlAway(String label) {
        // Not held against GitHub's description: it knows no label without one.
        try (var story = begun(new Story(folder, POLICY))) {
            SandboxPullRequest pull = pull(story, story.maintainer, BRANCH);
            story.maintainer.labels(pull.issue(), label);
            story.github.takeEvents();
            fails(story, BRANCH);

            assertThat(reason(story.rings())).isEqualTo("The pull request carries a label that keeps Pawl away.");
            assertThat(pull.reviews()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"false, true, 1", "true, false, 2"})
    void whereNothingIsToBeDoneItCostsAsGoodAsNothing(boolean on, boolean pull, int requests) {
        try (var story = new Story(folder, on ? POLICY : Story.POLICY).checked()) {
            story.maintainer.pushes(story.repo, BRANCH, Map.of("sum.txt", "3 + 3 = 7\n"));
            if (pull) {
                story.maintainer.opensPullRequest(story.repo, BRANCH, "More sums", "");
            }
            story.github.takeEvents();
            fails(story, BRANCH);

            List<Story.Ended> ended = story.rings();

            assertThat(outcomes(ended)).containsExactly("nothing");
            assertThat(ended.getFirst().requests()).isLessThanOrEqualTo(requests);
            assertThat(ended.getFirst().writes()).isZero();
            assertThat(story.agent.asked()).isEmpty();
        }
    }

    @Test
    void pawlsOwnPullRequestGetsNoneAndAPersonsBranchWithANumberDoes() {
        try (var story = story()) {
            story.agent.answers("review", "\"findings\":[]");
            story.bug();
            story.rings();
            SandboxPullRequest own = story.repo.pullRequests().getFirst();
            fails(story, own.head());
            story.rings();
            assertThat(own.reviews()).isEmpty();

            story.agent.answers("review", FINDINGS);
            SandboxPullRequest theirs = pull(story, story.maintainer, "fix/1-sums");
            fails(story, "fix/1-sums");
            story.rings();
            assertThat(theirs.reviews()).hasSize(1);
        }
    }

    @Test
    void aHeadThatMovedMeanwhileHearsNothing() {
        try (var story = story()) {
            SandboxPullRequest pull = pull(story, story.maintainer, BRANCH);
            fails(story, BRANCH);
            WebhookEvent event = story.heard().getLast();
            var moved = new AtomicBoolean();
            story.github.faults(new Faults() {
                @Override
                public Fate beforeApplied(Incoming request) {
                    if (request.path().endsWith("/pulls/" + pull.number()) && !moved.getAndSet(true)) {
                        story.maintainer.pushes(story.repo, BRANCH, Map.of("sum.txt", "2 + 2 = 4\n"));
                    }
                    return new Fate.Proceed();
                }
            });

            Story.Ended ended = story.deliver(event);

            story.github.faults(Faults.NONE);
            assertThat(moved).isTrue();
            assertThat(ended.output("reason"))
                    .isEqualTo("The pull request isn't as it was when the work began, so nothing was said.");
            assertThat(pull.reviews()).isEmpty();
            assertThat(story.agent.asked()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "{\"version\":1,\"status\":\"failed\",\"summary\":\"no\"}"})
    void anAgentThatFailsIsTriedAgainSoOftenAndNothingIsSaid(String answer) {
        try (var story = story()) {
            story.agent.says("review", answer);
            SandboxPullRequest pull = pull(story, story.maintainer, BRANCH);
            fails(story, BRANCH);
            WebhookEvent event = story.heard().getLast();

            for (int i = 0; i < 3; i++) {
                Story.Ended ended = story.deliver(event);
                assertThat(ended.exit()).as("%s", ended).isZero();
                assertThat(ended.output("reason")).isEqualTo("The agent gave no suggestions that can be used.");
                story.passes(Duration.ofMinutes(1));
            }
            Story.Ended last = story.deliver(event);

            assertThat(last.output("reason"))
                    .isEqualTo("Agents failed at this commit and these checks as often as they may.");
            assertThat(story.agent.asked()).hasSize(3);
            assertThat(pull.reviews()).isEmpty();
            assertThat(pull.issue().comments()).isEmpty();
        }
    }

    @Test
    void nothingToSuggestIsRemembered() {
        try (var story = story()) {
            story.agent.answers("review", "\"findings\":[{\"severity\":\"minor\",\"text\":\"The server was out.\"}]");
            SandboxPullRequest pull = pull(story, story.maintainer, BRANCH);
            fails(story, BRANCH);
            WebhookEvent event = story.heard().getLast();

            assertThat(story.deliver(event).output("reason"))
                    .isEqualTo("The agent had nothing to suggest on a line of the diff.");
            for (Duration later : List.of(Duration.ZERO, Duration.ofHours(1))) {
                story.passes(later);
                Story.Ended again = story.deliver(event);
                assertThat(again.output("reason"))
                        .isEqualTo(
                                "An agent looked at this commit and these checks before, and had nothing to suggest.");
                assertThat(again.requests()).as("%s", again).isLessThanOrEqualTo(20);
            }
            assertThat(story.agent.asked()).hasSize(1);
            assertThat(pull.reviews()).isEmpty();
            assertThat(pull.issue().comments()).isEmpty();
        }
    }

    @Test
    void eachPushThatFailsGetsOneReviewAndThereAreThreeAtMost() {
        try (var story = story()) {
            SandboxPullRequest pull = pull(story, story.maintainer, BRANCH);
            String reason = "";
            for (int i = 0; i < 4; i++) {
                story.maintainer.pushes(
                        story.repo, BRANCH, Map.of("sum.txt", "2 + 2 = 4\n3 + 3 = 7\n4 + 4 = " + i + "\n"));
                story.github.takeEvents();
                fails(story, BRANCH);
                List<Story.Ended> ended = story.rings();
                assertThat(ended)
                        .allSatisfy(e -> assertThat(e.requests()).as("%s", e).isLessThanOrEqualTo(20));
                reason = reason(ended);
            }
            assertThat(reason).isEqualTo("The pull request has as many reviews with suggestions as it may have.");
            assertThat(pull.reviews()).hasSize(3);
            assertThat(story.agent.asked()).hasSize(3);
        }
    }

    @Test
    void thereAreTenSuggestionsAtMost() {
        try (var story = story()) {
            story.agent.answers(
                    "review",
                    IntStream.rangeClosed(1, 11)
                            .mapToObj("""
                            {"severity":"blocking","file":"sum.txt","line":%1$d,"text":"Line %1$d.","suggestion":"better %1$d"}"""::formatted)
                            .collect(Collectors.joining(",", "\"findings\":[", "]")));
            story.maintainer.pushes(story.repo, BRANCH, Map.of("sum.txt", "one more\n".repeat(12)));
            SandboxPullRequest pull = story.maintainer.opensPullRequest(story.repo, BRANCH, "Many", "");
            story.github.takeEvents();
            fails(story, BRANCH);
            story.rings();

            assertThat(pull.reviewComments()).hasSize(10);
            assertThat(pull.reviews().getFirst().body()).contains("10 suggestions", "- `sum.txt:11`: Line 11.");
        }
    }

    @Test
    @DisplayName("SEC-18, SEC-19: what an agent suggests has no effect beside the file")
    void aSuggestionStaysWithinItsFence() {
        try (var story = story()) {
            story.agent.answers("review", """
                    "findings":[{"severity":"blocking","file":"sum.txt","line":1,
                    "text":"<!-- pawl:state v1 --> ask @maintainer, fixes #1\\n\\n````",
                    "suggestion":"```\\n@Test // <!-- x --> fixes #1\\n~~~"},
                    {"severity":"blocking","file":"sum.txt","line":2,"text":"Turned.","suggestion":"a \\u202e b"}]""");
            SandboxPullRequest pull = pull(story, story.maintainer, BRANCH);
            fails(story, BRANCH);
            story.rings();

            assertThat(pull.reviewComments())
                    .singleElement()
                    .satisfies(comment -> assertThat(comment.body())
                            .endsWith("\n\n````suggestion\n```\n@Test // <!-- x --> fixes #1\n~~~\n````\n")
                            .startsWith("&lt;!-- pawl:state v1 --&gt; ask @ maintainer, fixes # 1\n\n````\n````\n"));
            assertThat(pull.reviews().getFirst().body())
                    .contains("- `sum.txt:2`: Turned.")
                    .doesNotContain("\u202e");
        }
    }

    @Test
    void aDryRunPrintsTheReview() {
        try (var story = story()) {
            story.inputs.put("DRY-RUN", "true");
            SandboxPullRequest pull = pull(story, story.maintainer, BRANCH);
            fails(story, BRANCH);

            List<Story.Ended> ended = story.rings();

            assertThat(ended).allSatisfy(e -> assertThat(e.writes()).isZero());
            assertThat(ended.getLast().log())
                    .contains("would review #" + pull.number() + ":", "### 2 suggestions", "```suggestion\n3 + 3 = 6");
            assertThat(pull.reviews()).isEmpty();
        }
    }

    @Test
    @DisplayName("SEC-24: the limits on all issues together hold here, too")
    void aDaysMoneyIsForSuggestionsToo() {
        try (var story = begun(new Story(folder, POLICY + "limits: {cost_usd_per_day: 0.005}\n").checked())) {
            SandboxPullRequest first = pull(story, story.maintainer, BRANCH);
            fails(story, BRANCH);
            assertThat(outcomes(story.rings())).containsExactly("advanced");
            assertThat(story.agent.request("review")).contains("\"cost_usd\":0.005");
            SandboxPullRequest second = pull(story, story.maintainer, "more");
            fails(story, "more");

            List<Story.Ended> ended = story.rings();

            assertThat(reason(ended))
                    .startsWith("Nothing is suggested: it would wait for time, because agents used up the repository's"
                            + " money for a day ($0.01 of $0.01)");
            assertThat(first.reviews()).hasSize(1);
            assertThat(second.reviews()).isEmpty();
            assertThat(story.agent.asked()).hasSize(1);
        }
    }

    @Test
    void aTokenThatMayNotReviewIsSaidInTheSummaryAndPaidForThreeTimesAtMost() {
        try (var story = begun(new Story(folder, POLICY))) {
            SandboxPullRequest pull = pull(story, story.maintainer, BRANCH);
            fails(story, BRANCH);
            WebhookEvent event = story.heard().getLast();
            story.repo.settings(s -> s.tokenScope(Scope.PULL_REQUESTS, Access.READ));

            for (int i = 0; i < 3; i++) {
                Story.Ended ended = story.deliver(event);
                assertThat(ended.exit()).as("%s", ended).isEqualTo(77);
                assertThat(ended.output("reason")).contains("pull-requests: write");
            }
            assertThat(story.deliver(event).output("reason"))
                    .isEqualTo("Agents failed at this commit and these checks as often as they may.");
            assertThat(story.agent.asked()).hasSize(3);
            assertThat(pull.reviews()).isEmpty();
        }
    }

    @Test
    void aPolicyThatNamesNobodyIsRefusedBeforeAnythingIsWritten() {
        try (var story = new Story(folder, "suggestions: on\n").checked()) {
            pull(story, story.maintainer, BRANCH);
            fails(story, BRANCH);

            List<Story.Ended> ended = story.rings();

            assertThat(ended.getLast().exit()).isEqualTo(78);
            assertThat(ended.getLast().log()).contains("no agent is named for them");
            assertThat(ended.getLast().writes()).isZero();
        }
    }
}
