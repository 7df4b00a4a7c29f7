package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.Security;
import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An agent that came by a secret, and tries to get it out through what Pawl pushes and publishes. */
@Tag(Program.TAG)
@DisplayName("SEC-12")
@Security
class SecretsStoryTest {
    private static final String CANARY = "c4nary-Of-The-Model-0815";
    private static final String IN_BASE64 = Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    private final List<String> sent = new CopyOnWriteArrayList<>();

    private Story story() {
        var story = new Story(folder).checked();
        story.variables.put("MODEL_API_KEY", CANARY);
        story.github.observe(exchange -> sent.add(exchange.requestBody()));
        return story;
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        content   | echo CANARY > note.txt
        base64    | echo BASE64 > note.txt
        image     | printf '\\211PNG\\r\\n\\032\\ntEXtCANARY' > a.png
        spaced    | echo CANARY > a; sed 's/./& /g' a > note.txt; rm a
        name      | echo hi > CANARY.txt
        link      | ln -s CANARY note.txt
        """, delimiter = '|')
    void nothingIsPushedWithASecretInIt(String way, String script) {
        try (var story = story()) {
            story.agent.runs(
                    "implement",
                    "echo '2 + 2 = 4' > sum.txt; "
                            + script.replace("CANARY", CANARY).replace("BASE64", IN_BASE64));
            SandboxIssue issue = story.bug();

            assertThat(Story.moves(story.rings()))
                    .as(way)
                    .contains("implement failed")
                    .doesNotContain("open_pr advanced");

            assertThat(story.repo.pullRequests()).isEmpty();
            assertThat(story.saidOn(issue)).anyMatch(said -> said.contains("the value of MODEL_API_KEY"));
            assertNothingGotOut();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        plan      | "plan":{"approach":"Use CANARY.","tasks":[{"id":"T1","title":"Correct it","kind":"implement"}],"criteria":["It passes."]}
        plan      | "plan":{"approach":"Use \\u00634nary-Of-The-Model-0815.","tasks":[{"id":"T1","title":"Correct it","kind":"implement"}],"criteria":["It passes."]}
        implement | "commit":{"type":"fix","subject":"CANARY"}
        open_pr   | "pull_request":{"title":"Correct the sum","body":"See BASE64","risk":"low"}
        """, delimiter = '|', quoteCharacter = '\u0001')
    void anAnswerWithASecretInItIsRefused(String stage, String fields) {
        try (var story = story()) {
            story.agent.answers(stage, fields.replace("CANARY", CANARY).replace("BASE64", IN_BASE64));
            story.bug();

            List<Story.Ended> ended = story.rings();

            assertThat(Story.moves(ended)).contains(stage + " failed");
            assertThat(ended).noneMatch(e -> e.toString().contains(CANARY));
            assertNothingGotOut();
        }
    }

    @Test
    void theOutputOfTheRepositorysProgramsIsPublishedWithoutThem() {
        try (var story = story()) {
            story.agent.runs(
                    "implement",
                    "echo '2 + 2 = 4' > sum.txt; echo 'x=" + CANARY.substring(9) + "; echo " + CANARY.substring(0, 9)
                            + "$x; exit 1' > test.sh");
            story.bug();

            assertThat(Story.moves(story.rings())).contains("validate failed");
            assertNothingGotOut();
        }
    }

    private void assertNothingGotOut() {
        assertThat(sent).isNotEmpty().noneMatch(body -> body.contains(CANARY) || body.contains(IN_BASE64));
    }
}
