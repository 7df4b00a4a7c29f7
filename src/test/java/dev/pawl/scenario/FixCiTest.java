package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.Person;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.SandboxJob;
import dev.pawl.sandbox.SandboxPullRequest;
import dev.pawl.sandbox.world.Access;
import dev.pawl.sandbox.world.Role;
import dev.pawl.sandbox.world.Scope;
import dev.pawl.sandbox.world.Settings;
import dev.pawl.sandbox.world.WebhookEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failing checks of an open pull request are repaired by their logs, and people hear of it where that is no use. */
@Tag(Program.TAG)
class FixCiTest {
    static final String LOG = """
            2026-11-01T10:00:00.0000000Z ##[group]Run ./lint.sh
            2026-11-01T10:00:00.1000000Z shell: /usr/bin/bash -e {0}
            2026-11-01T10:00:00.2000000Z ##[endgroup]
            2026-11-01T10:00:01.0000000Z sum.txt:1: error: a comment is missing
            2026-11-01T10:00:01.1000000Z ##[error]Process completed with exit code 1.
            """;

    @TempDir
    Path folder;

    private Story story(String more) {
        var story = new Story(folder, Story.POLICY + more).checked();
        story.agent.runs("fix_ci", "echo \"# repaired\" >> sum.txt");
        return story;
    }

    private static SandboxPullRequest pull(Story story) {
        return story.repo.pullRequests().getFirst();
    }

    private static long fails(Story story) {
        return story.repo.runsCi(
                "ci.yml", pull(story).head(), SandboxJob.passed("test"), SandboxJob.failed("lint", "Run lint", LOG));
    }

    private static void passes(Story story) {
        story.repo.runsCi("ci.yml", pull(story).head(), SandboxJob.passed("test"), SandboxJob.passed("lint"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aFailingCheckIsRepairedByItsLogAndTheWorkIsValidatedAgain(int copies) {
        try (var story = story("").deliveringEach(copies)) {
            SandboxIssue issue = story.bug();
            story.rings();

            fails(story);
            var ended = story.rings();

            assertThat(Story.moves(ended)).as("%s", ended).containsExactly("fix_ci advanced", "validate advanced");
            assertThat(ended).allSatisfy(e -> assertThat(e.requests()).isLessThanOrEqualTo(24));
            assertThat(story.agent.request("fix_ci"))
                    .contains("\"kind\":\"ci\"", "The check \\\"lint\\\" failed in the step Run lint.")
                    .contains("$ ./lint.sh\\nsum.txt:1: error: a comment is missing")
                    .doesNotContain("/usr/bin/bash", "2026-11-01T10:00");
            assertThat(story.repo.file(pull(story).head(), "sum.txt")).contains("2 + 2 = 4\n# repaired\n");
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
            passes(story);
            assertThat(Story.moves(story.rings())).isEmpty();
            assertThat(story.agent.asked()).filteredOn("fix_ci"::equals).hasSize(1);
        }
    }

    @Test
    void anotherAppsCheckIsRepairedWithoutItsLog() {
        try (var story = story("")) {
            story.bug();
            story.rings();

            story.repo.reportsCheck(pull(story).head(), "licences", "failure");

            assertThat(Story.moves(story.rings())).containsExactly("fix_ci advanced", "validate advanced");
            assertThat(story.agent.request("fix_ci"))
                    .contains("The check \\\"licences\\\" failed. Its log can't be read here.");
        }
    }

    @Test
    void aFailingStatusIsACheckToo() {
        try (var story = story("")) {
            story.bug();
            story.rings();

            story.repo.reportsStatus(pull(story).head(), "ci/elsewhere", "failure");

            assertThat(Story.moves(story.rings())).containsExactly("fix_ci advanced", "validate advanced");
        }
    }

    @Test
    void checksThatNameNoBranchAreFoundByTheirCommit() {
        try (var story = story("")) {
            story.bug();
            story.rings();
            story.repo.reportsStatus(pull(story).head(), "ci/elsewhere", "failure");
            WebhookEvent event = story.heard().getLast();
            var bare = new WebhookEvent(
                    event.name(),
                    event.repository(),
                    event.sender(),
                    event.payload().replaceAll("\"branches\":\\[[^]]*]", "\"branches\":[]"));

            assertThat(story.deliver(bare).output("stage")).isEqualTo("fix_ci");
        }
    }

    @Test
    void whatAsksForNothingIsLeftAloneWhereTheBasesRulesAskForSomethingElse() {
        try (var story = story("")) {
            story.repo.settings(s -> s.rules(new Settings.Rules(List.of("test"), 0, false, false)));
            story.bug();
            story.rings();

            fails(story);

            assertThat(Story.moves(story.rings())).isEmpty();
        }
    }

    @Test
    void anEventOfAnOlderHeadChangesNothing() {
        try (var story = story("")) {
            Person colleague = story.github.person("colleague", Role.NONE);
            story.repo.grants(colleague, Role.WRITE);
            story.bug();
            story.rings();
            fails(story);
            colleague.pushes(story.repo, pull(story).head(), Map.of("more.txt", "More.\n"));

            assertThat(Story.moves(story.rings())).isEmpty();
            fails(story);
            assertThat(Story.moves(story.rings())).containsExactly("fix_ci advanced", "validate advanced");
            assertThat(story.repo.file(pull(story).head(), "more.txt")).contains("More.\n");
        }
    }

    @Test
    void allThatBeganIsWaitedForSoThatOneRoundRepairsAllOfIt() {
        try (var story = story("")) {
            story.bug();
            story.rings();
            story.repo.reportsStatus(pull(story).head(), "ci/elsewhere", "pending");

            fails(story);
            assertThat(Story.moves(story.rings())).isEmpty();

            story.repo.reportsStatus(pull(story).head(), "ci/elsewhere", "success");
            assertThat(Story.moves(story.rings())).containsExactly("fix_ci advanced", "validate advanced");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aFailureThatAnAgentLeavesAsItIsGoesToAPerson(int copies) {
        try (var story = story("").deliveringEach(copies)) {
            story.agent.runs("fix_ci", "true");
            SandboxIssue issue = story.bug();
            story.rings();

            fails(story);
            assertThat(Story.moves(story.rings())).containsExactly("fix_ci waiting");
            story.sweeps();

            assertThat(story.agent.asked()).filteredOn("fix_ci"::equals).hasSize(1);
            assertThat(issue.labels()).contains("pawl:waiting-on-human");
            assertThat(story.saidOn(issue).getFirst())
                    .contains(
                            "checks of the pull request fail (an agent looked at them and changed nothing): it goes on when"
                                    + " they are green or the branch moves; `/pawl retry` repairs them again.");
            assertThat(story.saidOn(issue))
                    .anySatisfy(said -> assertThat(said).startsWith("### Checks: nothing was changed"));

            story.agent.runs("fix_ci", "echo \"# repaired\" >> sum.txt");
            story.maintainer.comments(issue, "/pawl retry");
            assertThat(Story.moves(story.rings())).containsExactly("fix_ci advanced", "validate advanced");
        }
    }

    @Test
    void aPersonWhoRepairsItGetsTheRunGoing() {
        try (var story = story("")) {
            story.agent.runs("fix_ci", "true");
            SandboxIssue issue = story.bug();
            story.rings();
            long run = fails(story);
            story.rings();
            assertThat(issue.labels()).contains("pawl:waiting-on-human");

            story.repo.repeatsRun(run);
            var unused = story.repo.reportsJob(run, SandboxJob.passed("lint"));
            story.repo.completesRun(run, "success");
            story.rings();

            assertThat(issue.labels()).contains("pawl:waiting-on-review");
        }
    }

    @Test
    void repairsThatDontHelpComeToAnEnd() {
        try (var story = story("limits: {attempts: 2}\n")) {
            SandboxIssue issue = story.bug();
            story.rings();
            for (int i = 0; i < 4; i++) {
                fails(story);
                story.rings();
            }

            assertThat(story.agent.asked()).filteredOn("fix_ci"::equals).hasSize(2);
            assertThat(story.saidOn(issue).getFirst()).contains("checks of the pull request fail (2 of 2)");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatFailedRunsOnceMoreFirstWhereThePolicySaysSo(int copies) {
        try (var story = story("pull_request: {rerun_checks: true}\n").deliveringEach(copies)) {
            story.bug();
            story.rings();

            long run = fails(story);
            assertThat(Story.moves(story.rings())).containsExactly("fix_ci advanced");
            assertThat(story.repo.runState(run)).isNotEqualTo("failure");
            assertThat(story.agent.asked()).doesNotContain("fix_ci");

            story.repo.reportsJob(run, SandboxJob.failed("lint", "Run lint", LOG));
            story.repo.completesRun(run, "failure");
            assertThat(Story.moves(story.rings())).containsExactly("fix_ci advanced", "validate advanced");
            assertThat(story.agent.asked()).filteredOn("fix_ci"::equals).hasSize(1);
        }
    }

    @Test
    void whereTheTokenMayNotRepeatRunsItSaysSoAndGoesOnOnceItMay() {
        try (var story = story("pull_request: {rerun_checks: true}\n")) {
            SandboxIssue issue = story.bug();
            story.rings();
            story.repo.settings(s -> s.tokenScope(Scope.ACTIONS, Access.READ));
            fails(story);
            assertThat(Story.moves(story.rings())).isEmpty();
            assertThat(issue.labels()).contains("pawl:blocked");

            story.repo.settings(s -> s.tokenScope(Scope.ACTIONS, Access.WRITE));
            story.maintainer.comments(issue, "/pawl retry");

            assertThat(Story.moves(story.rings())).containsExactly("fix_ci advanced");
        }
    }

    @Test
    void ofSeveralFailuresThoseThatStayAreRepairedAndNotRunAThirdTime() {
        try (var story = story("pull_request: {rerun_checks: true}\n")) {
            story.bug();
            story.rings();
            long run = story.repo.runsCi(
                    "ci.yml",
                    pull(story).head(),
                    SandboxJob.failed("test", "Run test", LOG),
                    SandboxJob.failed("lint", "Run lint", LOG));
            story.rings();
            var unused = story.repo.reportsJob(run, SandboxJob.passed("test"));
            unused = story.repo.reportsJob(run, SandboxJob.failed("lint", "Run lint", LOG));
            story.repo.completesRun(run, "failure");

            assertThat(Story.moves(story.rings())).containsExactly("fix_ci advanced", "validate advanced");
            assertThat(story.agent.asked()).filteredOn("fix_ci"::equals).hasSize(1);
        }
    }

    @Test
    void whatValidationThenFindsGoesBackToTheRepair() {
        try (var story = story("")) {
            story.agent.runs(
                    "fix_ci",
                    "if grep -q '\"kind\":\"validation\"' \"$PAWL_REQUEST\"; then echo '2 + 2 = 4' > sum.txt;"
                            + " else echo '2 + 2 = 3' > sum.txt; fi");
            story.bug();
            story.rings();
            fails(story);

            assertThat(Story.moves(story.rings()))
                    .containsExactly("fix_ci advanced", "validate failed", "fix_ci advanced", "validate advanced");
        }
    }

    @Test
    void aChecksRunByPawlItselfIsNoCheck() {
        try (var story = story("")) {
            story.variables.put(
                    "GITHUB_WORKFLOW_REF", story.repo.fullName() + "/.github/workflows/pawl.yml@refs/heads/main");
            story.bug();
            story.rings();

            story.repo.runsCi("pawl.yml", pull(story).head(), SandboxJob.failed("pawl", "Run pawl", LOG));

            assertThat(Story.moves(story.rings())).isEmpty();
        }
    }

    @Test
    void aMergeWaitsForChecksThatNothingStartsAndSaysHowTheyStart() {
        try (var story = story("merge: {enabled: true, approvals: 0}\n")) {
            story.inputs.put("STATE-KEY", MergeTest.KEY);
            story.repo.settings(s -> s.rules(new Settings.Rules(List.of("lint"), 0, false, false)));
            SandboxIssue issue = story.bug();
            story.rings();

            assertThat(story.saidOn(issue).getFirst())
                    .contains("checks that nothing started, because what `GITHUB_TOKEN` pushes starts no workflow");

            passes(story);
            story.maintainer.comments(issue, "/pawl merge");
            assertThat(Story.moves(story.rings())).containsExactly("merge advanced");
        }
    }
}
