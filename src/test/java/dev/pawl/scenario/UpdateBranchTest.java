package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.SandboxPullRequest;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Incoming;
import dev.pawl.sandbox.world.Settings;
import dev.pawl.sandbox.world.WebhookEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The base moves on under open pull requests: what fits is merged by git, what conflicts by an agent, the rest by people. */
@Tag(Program.TAG)
class UpdateBranchTest {
    static final String SOLVES = "echo '2 + 2 = 4, as they say' > sum.txt";

    private static final String CONFLICT = "Waiting for: a person, because the pull request conflicts with its base";

    @TempDir
    Path folder;

    private Story story() {
        return story(Story.POLICY);
    }

    private Story story(String policy) {
        var story = new Story(folder, policy).checked();
        story.agent.runs("update_branch", SOLVES);
        story.agent.answers("update_branch", "\"commit\":{\"type\":\"fix\",\"subject\":\"say it as they do\"}");
        return story;
    }

    /** The base's rules ask for branches that have all of it. */
    static void asksForUpToDate(Story story) {
        story.repo.settings(s -> s.rules(new Settings.Rules(List.of(), 0, true, false)));
    }

    private static SandboxPullRequest pull(Story story) {
        return story.repo.pullRequests().getFirst();
    }

    private static void baseMoves(Story story) {
        story.maintainer.pushes(story.repo, "main", Map.of("other.txt", "Something else.\n"));
    }

    static void baseConflicts(Story story) {
        baseConflicts(story, "2 + 2 = 5, as they say\n");
    }

    private static void baseConflicts(Story story, String sum) {
        story.maintainer.pushes(story.repo, "main", Map.of("sum.txt", sum));
    }

    private static String state(Story story, SandboxIssue issue) {
        return story.saidOn(issue).getFirst();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatIsBehindIsUpdatedByGitWhereTheRulesAskForIt(int copies) {
        try (var story = story().deliveringEach(copies)) {
            SandboxIssue issue = story.bug();
            story.rings();
            baseMoves(story);
            assertThat(Story.moves(story.rings())).as("no rule").isEmpty();

            asksForUpToDate(story);
            baseMoves(story);
            story.maintainer.pushes(story.repo, "main", Map.of("more.txt", "More.\n"));
            var ended = story.rings();

            assertThat(Story.moves(ended))
                    .as("%s", ended)
                    .containsExactly("update_branch advanced", "validate advanced");
            assertThat(ended).allSatisfy(e -> assertThat(e.requests()).isLessThanOrEqualTo(24));
            assertThat(story.agent.asked()).doesNotContain("update_branch");
            assertThat(story.repo.file(pull(story).head(), "more.txt")).contains("More.\n");
            assertThat(story.repo.file(pull(story).head(), "sum.txt")).contains("2 + 2 = 4\n");
            assertThat(pull(story).changes()).hasSize(1);
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
            assertThat(state(story, issue)).contains("| update_branch |", "people and checks on the pull request.");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aConflictIsSolvedByAnAgentThatIsToldBothSides(int copies) {
        try (var story = story().deliveringEach(copies)) {
            SandboxIssue issue = story.bug();
            story.rings();
            baseConflicts(story);
            var ended = story.rings();

            assertThat(Story.moves(ended))
                    .as("%s", ended)
                    .containsExactly("update_branch advanced", "validate advanced");
            assertThat(ended).allSatisfy(e -> assertThat(e.requests()).isLessThanOrEqualTo(24));
            assertThat(story.agent.request("update_branch"))
                    .contains("\"kind\":\"conflict\"", "\"file\":\"sum.txt\"", "2 + 2 = 4", "2 + 2 = 5, as they say");
            assertThat(pull(story).isMergeable()).isTrue();
            assertThat(story.repo.file(pull(story).head(), "sum.txt")).contains("2 + 2 = 4, as they say\n");
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
        }
    }

    @Test
    void markersThatAreLeftFailTheAttemptAndTheNextOneIsTold() {
        try (var story = story()) {
            SandboxIssue issue = story.bug();
            story.rings();
            story.agent.runs(
                    "update_branch",
                    "if grep -q 'still has markers' \"$PAWL_REQUEST\"; then " + SOLVES + "; else echo x > x.txt; fi");
            baseConflicts(story);

            assertThat(Story.moves(story.rings()))
                    .containsExactly("update_branch failed", "update_branch advanced", "validate advanced");
            assertThat(story.saidOn(issue))
                    .anySatisfy(said -> assertThat(said).contains("`sum.txt` still has markers of a conflict."));
            assertThat(pull(story).isMergeable()).isTrue();
        }
    }

    @Test
    void whatAMergeBrokeIsRepairedByAnAgent() {
        try (var story = story()) {
            asksForUpToDate(story);
            story.bug();
            story.rings();
            story.agent.runs("update_branch", "echo 'on' > switch.txt");
            String test = story.repo.file("main", "test.sh").orElseThrow();
            story.maintainer.pushes(
                    story.repo,
                    "main",
                    Map.of("switch.txt", "off\n", "test.sh", test + "grep -q on switch.txt || exit 1\n"));

            assertThat(Story.moves(story.rings()))
                    .containsExactly(
                            "update_branch advanced", "validate failed", "update_branch advanced", "validate advanced");
            assertThat(story.agent.request("update_branch")).contains("\"kind\":\"validation\"");
            assertThat(story.repo.file(pull(story).head(), "switch.txt")).contains("on\n");
        }
    }

    @Test
    void aConflictInAProtectedFileIsLeftToPeopleUntilItIsGone() {
        try (var story = story()) {
            SandboxIssue issue = story.bug();
            story.rings();
            story.maintainer.pushes(story.repo, pull(story).head(), Map.of("AGENTS.md", "Say please.\n"));
            story.maintainer.pushes(story.repo, "main", Map.of("AGENTS.md", "Say thanks.\n"));

            assertThat(Story.moves(story.rings())).containsExactly("update_branch waiting");
            assertThat(issue.labels()).contains("pawl:waiting-on-human");
            assertThat(state(story, issue))
                    .contains(CONFLICT + " (in files that an agent may not or can't solve it in): solve it on the"
                            + " branch, or `/pawl retry update_branch` tries again.");
            assertThat(story.saidOn(issue))
                    .anySatisfy(
                            said -> assertThat(said).contains("`AGENTS.md` is protected: a person has to change it."));
            assertThat(Story.moves(List.of(story.sweeps()))).isEmpty();
            assertThat(story.agent.asked()).doesNotContain("update_branch");

            story.maintainer.pushes(story.repo, pull(story).head(), Map.of("AGENTS.md", "Say thanks.\n"));
            story.sweeps();

            assertThat(issue.labels()).contains("pawl:waiting-on-review");
        }
    }

    @Test
    void whereItConflictsAgainAndAgainAPersonIsAsked() {
        String policy = Story.POLICY
                + "workflows: {bug: {stages: [triage, implement, validate, open_pr, {update_branch: {attempts: 1}}]}}\n";
        try (var story = story(policy)) {
            SandboxIssue issue = story.bug();
            story.rings();
            baseConflicts(story);
            WebhookEvent validate = story.after(story.heard().getFirst());
            baseConflicts(story, "2 + 2 = 5, as we say\n");
            story.deliver(validate);

            assertThat(Story.moves(story.rings())).isEmpty();
            assertThat(issue.labels()).contains("pawl:waiting-on-human");
            assertThat(state(story, issue)).contains(CONFLICT + " (1 times in a row, and 1 may be solved): ");

            story.maintainer.comments(issue, "/pawl retry");
            assertThat(Story.moves(story.rings())).containsExactly("update_branch advanced", "validate advanced");
            assertThat(pull(story).isMergeable()).isTrue();
        }
    }

    @Test
    void rebaseTakesTheBaseInAndSaysWhereThereIsNothingToDo() {
        try (var story = story()) {
            SandboxIssue issue = story.bug();
            story.deliver(story.next());
            story.maintainer.comments(issue, "/pawl rebase");
            story.rings();
            assertThat(story.saidOn(issue)).contains("There is no open pull request whose branch could be updated.");

            story.maintainer.comments(issue, "/pawl rebase");
            story.rings();
            assertThat(story.saidOn(issue)).contains("The pull request's branch has everything that its base has.");

            baseMoves(story);
            story.stranger.comments(issue, "/pawl rebase");
            assertThat(Story.moves(story.rings())).isEmpty();

            List<String> before = pull(story).commits();
            story.maintainer.comments(issue, "/pawl rebase");
            assertThat(Story.moves(story.rings())).containsExactly("update_branch advanced", "validate advanced");
            assertThat(story.repo.file(pull(story).head(), "other.txt")).isPresent();
            assertThat(pull(story).commits())
                    .as("nothing is rewritten")
                    .containsAll(before)
                    .hasSize(before.size() + 1);
        }
    }

    @Test
    void aPushToTheBaseMovesTheOldestAndTheClockTheOthers() {
        try (var story = story()) {
            asksForUpToDate(story);
            for (int i = 0; i < 3; i++) {
                story.bug();
                story.rings();
            }
            baseMoves(story);

            assertThat(Story.moves(story.rings())).containsExactly("update_branch advanced", "validate advanced");
            assertThat(updated(story)).containsExactly(true, false, false);
            story.sweeps();
            story.rings();
            story.sweeps();
            story.rings();
            assertThat(updated(story)).containsExactly(true, true, true);
            assertThat(Story.moves(List.of(story.sweeps()))).isEmpty();
        }
    }

    private static List<Boolean> updated(Story story) {
        return story.repo.pullRequests().stream()
                .map(p -> story.repo.file(p.head(), "other.txt").isPresent())
                .toList();
    }

    @Test
    void aPushElsewhereMovesNothing() {
        try (var story = story()) {
            asksForUpToDate(story);
            story.bug();
            story.rings();
            baseMoves(story);
            story.github.takeEvents();
            story.maintainer.pushes(story.repo, "elsewhere", Map.of("x.txt", "x\n"));
            var push = story.github.takeEvents().stream()
                    .filter(e -> e.name().equals("push"))
                    .findFirst()
                    .orElseThrow();

            var ended = story.deliver(push);

            assertThat(ended.output("outcome")).isEqualTo("nothing");
            assertThat(ended.requests())
                    .as("the policy, and where pull requests go")
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void aBaseThatMovesWhileItIsTakenInIsTakenInAgain() {
        try (var story = story()) {
            SandboxIssue issue = story.bug();
            story.rings();
            baseConflicts(story);
            WebhookEvent push = story.heard().getFirst();
            story.github.faults(new MovesTheBase(story, "/git-receive-pack", true));

            story.deliver(push);
            story.github.faults(Faults.NONE);
            assertThat(pull(story).isMergeable()).as("it moved before the push").isFalse();
            story.rings();
            story.sweeps();
            story.rings();

            assertThat(pull(story).isMergeable()).isTrue();
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
            assertThat(story.agent.asked()).filteredOn("update_branch"::equals).hasSize(2);
        }
    }

    @Test
    void aConflictThatGitHubDidNotSeeYetIsSolvedWithTheNextAttempt() {
        try (var story = story()) {
            asksForUpToDate(story);
            SandboxIssue issue = story.bug();
            story.rings();
            baseMoves(story);
            WebhookEvent push = story.heard().getFirst();
            story.github.faults(new MovesTheBase(story, "/info/refs", false));

            var first = story.deliver(push);
            story.github.faults(Faults.NONE);

            assertThat(Story.moves(List.of(first))).containsExactly("update_branch failed");
            assertThat(story.agent.asked()).doesNotContain("update_branch");
            assertThat(Story.moves(story.rings())).containsExactly("update_branch advanced", "validate advanced");
            assertThat(pull(story).isMergeable()).isTrue();
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
        }
    }

    @Test
    void whatAPersonTookInIsNotTakenInAgainAndIsBuiltUpon() throws Exception {
        try (var story = story()) {
            asksForUpToDate(story);
            story.bug();
            story.rings();
            baseMoves(story);
            clicksUpdateBranch(story);
            assertThat(Story.moves(story.rings())).isEmpty();
            assertThat(story.repo.file(pull(story).head(), "other.txt")).isPresent();

            baseConflicts(story);

            assertThat(Story.moves(story.rings())).containsExactly("update_branch advanced", "validate advanced");
            assertThat(story.repo.file(pull(story).head(), "sum.txt")).contains("2 + 2 = 4, as they say\n");
        }
    }

    private static void clicksUpdateBranch(Story story) throws Exception {
        var place = URI.create(story.github.apiUrl() + "/repos/" + story.repo.fullName() + "/pulls/"
                + pull(story).number() + "/update-branch");
        var request = HttpRequest.newBuilder(place)
                .header("Authorization", "Bearer " + story.maintainer.token())
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    /** Moves the base once, before a request with that in its path. */
    private static final class MovesTheBase implements Faults {
        private final Story story;
        private final String path;
        private final boolean asked;
        private boolean moved;

        /**
         * A base that moves.
         *
         * @param asked whether only once an agent was asked to solve a conflict
         */
        MovesTheBase(Story story, String path, boolean asked) {
            this.story = story;
            this.path = path;
            this.asked = asked;
        }

        @Override
        public synchronized Fate beforeApplied(Incoming request) {
            boolean now = !asked || story.agent.asked().contains("update_branch");
            if (!moved && now && request.path().contains(path)) {
                moved = true;
                baseConflicts(story, "2 + 2 = 5, as we say\n");
            }
            return new Fate.Proceed();
        }
    }
}
