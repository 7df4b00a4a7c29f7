package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan whose tasks go to two agents. */
@Tag(Program.TAG)
class LegsTest {
    /** A second agent, which is the first one with a word that tells them apart. */
    static final String POLICY =
            Story.POLICY.replace("roles:", "  second: {kind: command, run: [sh, AGENT, second]}\nroles:");

    /** Signs its work, and keeps the request. It is right once validation has said so. */
    private static final String SIGNING = """
            cp "$PAWL_REQUEST" "DIR/leg-$(grep -c '^implement$' DIR/log).json"
            echo "${1:-scripted}" >> steps.txt
            """ + WalkTest.SECOND_TRY;

    @TempDir
    Path folder;

    /** The tasks are given as the agents that they name, {@code -} for none. */
    static String plan(String... agents) {
        var tasks = new StringBuilder();
        for (int i = 0; i < agents.length; i++) {
            tasks.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"T%d\",\"title\":\"Step %d\",\"kind\":\"implement\"".formatted(i + 1, i + 1))
                    .append(agents[i].equals("-") ? "}" : ",\"agent\":\"" + agents[i] + "\"}");
        }
        return "\"plan\":{\"approach\":\"In steps.\",\"tasks\":[" + tasks + "],\"criteria\":[\"The test passes.\"]}";
    }

    private Story story(String... agents) {
        var story = new Story(folder, POLICY).checked();
        story.agent
                .answers("plan", plan(agents))
                .runs(
                        "implement",
                        SIGNING.replace("DIR", folder.resolve("agent").toString()));
        return story;
    }

    private String leg(int number) throws IOException {
        return Files.readString(folder.resolve("agent/leg-" + number + ".json"));
    }

    private static List<String> reasons(List<Story.Ended> ended) {
        return ended.stream()
                .filter(e -> e.output("stage").equals("implement"))
                .map(e -> e.output("reason") + "; next: " + e.output("next"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void threeTasksOfTwoAgentsAreThreeAttemptsAndThreeCommits(int copies) throws IOException {
        try (var story = story("-", "second", "nobody").deliveringEach(copies)) {
            SandboxIssue issue = story.bug();

            var ended = story.rings();

            assertThat(Story.moves(ended))
                    .as("%s", ended)
                    .containsExactly(
                            "triage advanced",
                            "plan advanced",
                            "implement advanced",
                            "implement advanced",
                            "implement advanced",
                            "validate failed",
                            "implement advanced",
                            "validate advanced",
                            "review advanced",
                            "open_pr advanced");
            assertThat(reasons(ended).subList(0, 2))
                    .containsExactly(
                            "implement: tasks 1 of 3; next: implement", "implement: tasks 2 of 3; next: implement");
            assertThat(reasons(ended).subList(2, 4)).allMatch(r -> r.matches("implement: [0-9a-f]{7}; next: validate"));
            assertThat(story.repo.file("pawl/1-the-sum-is-wrong", "steps.txt"))
                    .as("an agent that the policy doesn't have is ignored, and the whole goes to the role's agent")
                    .contains("scripted\nsecond\nscripted\nscripted\n");
            assertThat(story.repo.pullRequests())
                    .singleElement()
                    .satisfies(pull -> assertThat(pull.commits()).hasSize(4));
            assertThat(story.saidOn(issue))
                    .anySatisfy(said -> assertThat(said)
                            .contains(
                                    "2. Step 2  \n   Agent: `second`\n",
                                    "3. Step 3  \n   Agent: `nobody` (not followed: the policy has no such agent)\n"));
            assertThat(story.github.describe(text -> text))
                    .contains("Pawl-Attempt: 1", "Pawl-Tasks: 1", "Pawl-Attempt: 2", "Pawl-Tasks: 2", "Pawl-Attempt: 4")
                    .doesNotContain("Pawl-Tasks: 3");
        }
        assertThat(leg(1)).contains("\"task\":{\"id\":\"T1\"", "later]\\nT2: Step 2\\nT3: Step 3\\n");
        assertThat(leg(2)).contains("\"task\":{\"id\":\"T2\"", "done]\\nT1: Step 1\\n", "later]\\nT3: Step 3\\n");
        assertThat(leg(3)).contains("\"task\":{\"id\":\"T3\"", "done]\\nT1: Step 1\\nT2: Step 2\\n");
        assertThat(leg(4))
                .contains("\"kind\":\"validation\"", "\"id\":\"T3\"")
                .doesNotContain("\"task\":{", "Done already");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"- - -, 1", "second second second, 1", "- second second, 2", "scripted - second, 2"})
    void tasksOfOneAgentAreOneAttempt(String agents, int attempts) throws IOException {
        try (var story = story(agents.split(" "))) {
            story.agent.runs("implement", "echo \"${1:-scripted}\" >> steps.txt; echo '2 + 2 = 4' > sum.txt");
            story.bug();

            assertThat(Story.moves(story.rings()).stream().filter("implement advanced"::equals))
                    .hasSize(attempts);
            assertThat(story.repo
                            .file("pawl/1-the-sum-is-wrong", "steps.txt")
                            .orElseThrow()
                            .lines())
                    .hasSize(attempts)
                    .last()
                    .isEqualTo(agents.contains("second") ? "second" : "scripted");
        }
    }

    @Test
    void whoDidAllOfItDoesWhatCameBack() {
        try (var story = story("second", "second")) {
            story.bug();

            assertThat(Story.moves(story.rings()))
                    .contains("implement advanced", "validate failed", "validate advanced", "open_pr advanced");
            assertThat(story.repo.file("pawl/1-the-sum-is-wrong", "steps.txt")).contains("second\nsecond\n");
        }
    }

    @Test
    void whatAnEarlierAttemptDidAlreadyNeedNotBeChangedAgain() {
        try (var story = story("-", "second", "-")) {
            story.agent.runs(
                    "implement", "[ -n \"${1-}\" ] || { echo step >> steps.txt; echo '2 + 2 = 4' > sum.txt; }");
            story.bug();

            assertThat(Story.moves(story.rings()))
                    .containsExactly(
                            "triage advanced",
                            "plan advanced",
                            "implement advanced",
                            "implement advanced",
                            "implement advanced",
                            "validate advanced",
                            "review advanced",
                            "open_pr advanced");
            assertThat(story.repo.pullRequests())
                    .singleElement()
                    .satisfies(pull -> assertThat(pull.commits()).hasSize(2));
        }
    }

    @Test
    void everyLegIsAnAgentStartAndTheLimitOnThoseHolds() {
        try (var story = new Story(folder, POLICY + "limits: {runs_per_issue: 3}\n").checked()) {
            story.agent
                    .answers("plan", plan("-", "second", "-"))
                    .runs("implement", "echo \"${1:-scripted}\" >> steps.txt");
            SandboxIssue issue = story.bug();
            assertThat(Story.moves(story.rings()))
                    .containsExactly("triage advanced", "plan advanced", "implement advanced", "implement advanced");

            story.repo.scheduleEvent("0 * * * *", "pawl.yml");
            story.rings();

            assertThat(issue.labels()).contains("pawl:blocked");
            assertThat(story.saidOn(issue).getFirst())
                    .contains("tasks 2 of 3 · run", "used up its agent starts (3 of 3): `/pawl retry`");
        }
    }

    /** One invocation for each event, so people come between two legs. */
    @Test
    void peopleAskAndSteerBetweenTheLegs() throws IOException {
        try (var story = story("-", "second", "-")) {
            story.inputs.put("CONTINUE", "none");
            SandboxIssue issue = story.bug();
            story.rings();
            story.maintainer.comments(issue, "/pawl retry");
            story.rings();
            story.maintainer.comments(issue, "/pawl retry");
            assertThat(Story.moves(story.rings())).containsExactly("implement advanced");

            story.maintainer.comments(issue, "/pawl explain");
            story.rings();
            assertThat(story.saidOn(issue).getLast())
                    .isEqualTo("It waits for nothing; the next run moves it on. Of the plan's 3 tasks, 1 is done.");
            story.maintainer.comments(issue, "/pawl skip");
            story.rings();
            assertThat(story.saidOn(issue).getLast()).isEqualTo("The stage that is due can't be skipped.");

            story.inputs.put("AGENT", "scripted");
            story.maintainer.comments(issue, "/pawl retry implement");
            assertThat(reasons(story.rings()))
                    .as("an agent for the invocation does all that is left")
                    .singleElement()
                    .asString()
                    .endsWith("next: validate");
            assertThat(story.repo.file("pawl/1-the-sum-is-wrong", "steps.txt")).contains("scripted\nscripted\n");
        }
        assertThat(leg(2)).contains("done]\\nT1: Step 1\\n", "tasks to do]\\nT2: Step 2\\nT3: Step 3\\n");
    }

    @Test
    void aNewPlanBeginsAtItsFirstTaskOnTopOfWhatIsThere() throws IOException {
        try (var story = story("-", "second")) {
            story.inputs.put("CONTINUE", "none");
            SandboxIssue issue = story.bug();
            story.rings();
            for (String command : List.of("/pawl retry", "/pawl retry", "/pawl retry plan")) {
                story.maintainer.comments(issue, command);
                story.rings();
            }

            story.maintainer.comments(issue, "/pawl retry");
            assertThat(reasons(story.rings())).containsExactly("implement: tasks 1 of 2; next: implement");

            assertThat(story.repo.file("pawl/1-the-sum-is-wrong", "steps.txt")).contains("scripted\nscripted\n");
        }
        assertThat(leg(2)).contains("\"task\":{\"id\":\"T1\"");
    }
}
