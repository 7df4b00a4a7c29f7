package dev.pawl.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.agent.result.ResultReader;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.sandbox.SandboxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample project and its scripted agent, by a real {@code sh}. */
class SampleProjectTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder = Path.of("");

    private Path project = Path.of("");

    @BeforeEach
    void place() {
        project = folder.resolve("project");
    }

    private void lay(Scenario scenario) throws IOException {
        for (SandboxFile file : Sample.files(scenario)) {
            Path path = project.resolve(file.path());
            Files.createDirectories(path.resolveSibling("."));
            Files.write(path, file.content().get());
            assertThat(path.toFile().setExecutable(file.kind() == SandboxFile.Kind.EXECUTABLE))
                    .isTrue();
        }
    }

    private int run(String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("PAWL_REQUEST", folder.resolve("request.json").toString());
        builder.environment().put("PAWL_RESULT", folder.resolve("result.json").toString());
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private JsonNode asked(String stage, String type, String feedback) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("request.json"), """
            {"version":1,"stage":"%s","prompt":"\\"stage\\":\\"x\\" \\"kind\\":\\"validation\\"",\
            "issue":{"number":1,"title":"Prices look wrong","body":"","type":"%s"},"feedback":[%s],\
            "result_schema":{"type":"object"}}\
            """.formatted(stage, type, feedback));
        assertThat(run("./tools/agent")).isZero();
        String result = Files.readString(folder.resolve("result.json"));
        assertThat(ResultReader.read(result, StageKind.parse(stage).orElseThrow()))
                .isInstanceOf(ResultReader.Reading.WellFormed.class);
        return JSON.readTree(result);
    }

    private static String feedback(String kind) {
        return "{\"id\":\"1\",\"kind\":\"" + kind + "\",\"text\":\"\"}";
    }

    @Test
    void theBugFailsTheChecksAndTheReportSaysSo() throws Exception {
        lay(Scenario.BUG);

        assertThat(run("./test.sh")).isEqualTo(1);
        assertThat(project.resolve("reports/junit.xml"))
                .content()
                .contains("tests=\"4\" failures=\"2\"")
                .contains("expected 1.00 but was 0.50");
    }

    @ParameterizedTest
    @EnumSource(
            value = Scenario.class,
            names = {"FEATURE", "RESEARCH", "CHORE", "DOCS"})
    void elsewhereTheChecksPass(Scenario scenario) throws Exception {
        lay(scenario);

        assertThat(run("./test.sh")).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Scenario.class,
            names = {"BUG", "FEATURE"})
    void theFirstAttemptFailsAndTheSecondPasses(Scenario scenario) throws Exception {
        lay(scenario);

        JsonNode first = asked("implement", scenario.word(), "");
        assertThat(run("./test.sh")).isEqualTo(1);
        JsonNode second = asked("implement", scenario.word(), feedback("validation"));
        assertThat(run("./test.sh")).isZero();

        assertThat(second.path("commit")).isNotEqualTo(first.path("commit"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chore", "docs"})
    void otherWorkPassesAtOnceAndTwiceIsOnce(String type) throws Exception {
        lay(Scenario.DOCS);

        asked("implement", type, "");
        String once = Files.readString(project.resolve("README.md"));
        asked("implement", type, "");

        assertThat(project.resolve("README.md")).hasContent(once);
        assertThat(run("./test.sh")).isZero();
    }

    @Test
    void itAsksOnceAndIsContentWithAnAnswer() throws Exception {
        lay(Scenario.VAGUE);

        JsonNode first = asked("clarify", "bug", "");
        assertThat(first.path("status").asText()).isEqualTo("needs_input");
        assertThat(first.path("questions")).hasSize(2);
        JsonNode second = asked("clarify", "bug", feedback("answer"));
        assertThat(second.path("status").asText()).isEqualTo("ok");
        JsonNode verdict = asked("triage", "", "").path("verdict");
        assertThat(verdict.path("readiness").asText()).isEqualTo("needs-clarification");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "review", "open_pr", "research", "summarize"})
    void everyStageHasAnAnswerWithItsPrice(String stage) throws Exception {
        lay(Scenario.FEATURE);

        JsonNode result = asked(stage, "feature", "");

        assertThat(result.path("status").asText()).isEqualTo("ok");
        assertThat(result.path("usage").path("cost_usd").isNumber()).isTrue();
    }

    @Test
    void inAProjectThatItDoesNotKnowItLeavesANote() throws Exception {
        Files.createDirectories(project.resolve("tools"));
        Path agent = project.resolve("tools/agent");
        Files.writeString(agent, Sample.agent());
        assertThat(agent.toFile().setExecutable(true)).isTrue();

        asked("implement", "bug", "");

        assertThat(project.resolve("PAWL-REHEARSAL.md")).content().contains("scripted agent");
    }
}
