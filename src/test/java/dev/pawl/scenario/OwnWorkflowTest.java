package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.SandboxJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work is validated by one of the repository's own workflows, which is started on the branch and waited for. */
@Tag(Program.TAG)
class OwnWorkflowTest {
    static final String POLICY = """
            agents:
              scripted: {kind: command, run: [sh, AGENT]}
            roles: {default: scripted}
            validation: {workflow: ci.yml}
            """;

    @TempDir
    Path folder;

    private Story story(String policy) {
        var story = new Story(folder, policy).checked();
        hasWorkflow(story);
        return story;
    }

    /** The repository has a workflow that can be started by hand. */
    static void hasWorkflow(Story story) {
        story.maintainer.pushes(
                story.repo, "main", Map.of(".github/workflows/ci.yml", "on: {push: {}, workflow_dispatch: {}}\n"));
        story.github.takeEvents();
    }

    /** The workflow's newest run ends, with these jobs; its event is workflow_run. */
    static void ends(Story story, String conclusion, SandboxJob... jobs) {
        long run = story.repo.runs("ci.yml").getLast();
        for (SandboxJob job : jobs) {
            var unused = story.repo.reportsJob(run, job);
        }
        story.repo.completesRun(run, conclusion);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void itIsStartedOnceWaitedForAndSendsTheWorkBackWithItsLog(int copies) {
        try (var story = story(POLICY).deliveringEach(copies)) {
            SandboxIssue issue = story.bug();
            var begun = story.rings();

            assertThat(Story.moves(begun))
                    .as("%s", begun)
                    .containsExactly("triage advanced", "plan advanced", "implement advanced", "validate waiting");
            assertThat(story.repo.runs("ci.yml")).hasSize(1);
            assertThat(story.saidOn(issue).getFirst())
                    .contains("Waiting for: the repository's own workflow (ci.yml), which validates the work");
            assertThat(issue.labels()).contains("pawl:in-progress");
            story.sweeps();
            assertThat(story.repo.runs("ci.yml")).hasSize(1);

            story.agent.runs("implement", "echo '2 + 2 = 4' > sum.txt; echo '# again' >> sum.txt");
            ends(story, "failure", SandboxJob.failed("lint", "Run lint", FixCiTest.LOG));
            var failed = story.rings();

            assertThat(Story.moves(failed))
                    .as("%s", failed)
                    .containsExactly("validate failed", "implement advanced", "validate waiting");
            assertThat(story.agent.request("implement"))
                    .contains("\"kind\":\"validation\"", "sum.txt:1: error: a comment is missing");
            assertThat(story.saidOn(issue)).anySatisfy(said -> assertThat(said).contains("| ci.yml / lint | failed |"));
            assertThat(story.repo.runs("ci.yml")).hasSize(2);

            ends(story, "success", SandboxJob.passed("lint"));
            var ended = story.rings();
            assertThat(Story.moves(ended))
                    .as("%s", ended)
                    .containsExactly("validate advanced", "review advanced", "open_pr advanced");
            assertThat(ended).allSatisfy(e -> assertThat(e.requests()).isLessThanOrEqualTo(20));
        }
    }

    @Test
    void theClockGoesOnWhereNoEventTells() {
        try (var story = story(POLICY)) {
            story.bug();
            story.rings();
            ends(story, "success", SandboxJob.passed("lint"));
            story.heard();

            assertThat(story.sweeps().output("stage")).isEqualTo("validate");
        }
    }

    @Test
    void aRunThatCouldNotBeginSendsTheWorkBackToo() {
        try (var story = story(POLICY)) {
            story.bug();
            story.rings();
            story.agent.runs("implement", "echo '# again' >> sum.txt");

            ends(story, "startup_failure");

            assertThat(Story.moves(story.rings()))
                    .containsExactly("validate failed", "implement advanced", "validate waiting");
            assertThat(story.agent.request("implement"))
                    .contains("The run couldn't be started, and no job of it says why.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancelled", "action_required", "skipped"})
    void aRunThatSaysNothingIsNoVerdictAndAnotherIsAskedFor(String conclusion) {
        try (var story = story(POLICY)) {
            story.bug();
            story.rings();
            ends(story, conclusion);
            assertThat(Story.moves(story.rings())).isEmpty();

            story.passes(Duration.ofMinutes(11));
            story.sweeps();

            assertThat(story.repo.runs("ci.yml")).hasSize(2);
            ends(story, "success", SandboxJob.passed("lint"));
            assertThat(Story.moves(story.rings())).startsWith("validate advanced");
        }
    }

    @Test
    void whatSomebodyPushesMeanwhileIsValidated() {
        try (var story = story(POLICY)) {
            story.bug();
            story.rings();
            String branch = story.repo.branches().stream()
                    .filter(name -> name.startsWith("pawl/1-"))
                    .findFirst()
                    .orElseThrow();
            story.maintainer.pushes(story.repo, branch, Map.of("more.txt", "More.\n"));
            ends(story, "success", SandboxJob.passed("lint"));
            assertThat(Story.moves(story.rings())).containsExactly("validate waiting");
            assertThat(story.repo.runs("ci.yml")).hasSize(2);

            ends(story, "success", SandboxJob.passed("lint"));
            assertThat(Story.moves(story.rings())).startsWith("validate advanced", "review advanced");
        }
    }

    @Test
    void aRunThatNeverShowsIsAskedForAgain() {
        try (var story = story(POLICY)) {
            story.bug();
            story.rings();
            List<Long> first = story.repo.runs("ci.yml");
            story.repo.forgetsRun(first.getLast());
            story.sweeps();
            assertThat(story.repo.runs("ci.yml")).isEmpty();

            story.passes(Duration.ofMinutes(11));
            story.sweeps();

            assertThat(story.repo.runs("ci.yml")).hasSize(1);
        }
    }

    @Test
    void aWorkflowThatCantBeStartedStopsTheRunAndSaysWhy() {
        try (var story = story(POLICY.replace("ci.yml", "none.yml"))) {
            SandboxIssue issue = story.bug();
            story.rings();

            assertThat(issue.labels()).contains("pawl:blocked");
            assertThat(story.saidOn(issue).getFirst()).contains("none.yml can't be started");
        }
    }
}
