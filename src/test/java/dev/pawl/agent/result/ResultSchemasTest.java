package dev.pawl.agent.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.pawl.domain.policy.StageKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schemas. {@code ./mvnw -Pformat test -Dtest=ResultSchemasTest} writes the copies in {@code docs}. */
class ResultSchemasTest {
    private static final Path DOCS = Path.of("docs/schemas");

    static Set<StageKind> stages() {
        return ResultSchemas.stages();
    }

    @Test
    void everyStageOfThisVersionWithAnAgentHasASchema() {
        assertThat(ResultSchemas.stages())
                .containsExactly(
                        StageKind.TRIAGE,
                        StageKind.CLARIFY,
                        StageKind.PLAN,
                        StageKind.IMPLEMENT,
                        StageKind.REVIEW,
                        StageKind.OPEN_PR,
                        StageKind.RESEARCH,
                        StageKind.SUMMARIZE,
                        StageKind.ADDRESS_REVIEW,
                        StageKind.FIX_CI,
                        StageKind.UPDATE_BRANCH);
        for (StageKind stage : StageKind.values()) {
            if (stage.available() && stage.usesAgent()) {
                assertThat(ResultSchemas.stages()).contains(stage);
            }
        }
        assertThatThrownBy(() -> ResultSchemas.of(StageKind.VALIDATE)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void whatIsPublishedIsWhatIsEnforced(StageKind stage) throws IOException {
        published("agent-result-" + stage.word() + "-v1.schema.json", ResultSchemas.of(stage));
    }

    @Test
    void theRequestsSchemaIsPublished() throws IOException {
        published(
                "agent-request-v1.schema.json", StrictJson.resource("/dev/pawl/schemas/agent-request-v1.schema.json"));
    }

    @ParameterizedTest
    @MethodSource("stages")
    void thePromptsExampleIsValid(StageKind stage) {
        JsonNode example = StrictJson.resource("/dev/pawl/prompts/examples/" + stage.word() + ".json");
        var factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

        assertThat(factory.getSchema(ResultSchemas.forPrompt(stage)).validate(example))
                .isEmpty();
        assertThat(ResultReader.read(example.toString(), stage)).isInstanceOf(ResultReader.Reading.WellFormed.class);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void aSchemaIsASchema(StageKind stage) {
        var meta = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(meta.validate(ResultSchemas.of(stage))).isEmpty();
        assertThat(meta.validate(ResultSchemas.forPrompt(stage))).isEmpty();
    }

    private static void published(String name, JsonNode schema) throws IOException {
        String text = StrictJson.pretty(schema) + "\n";
        Path copy = DOCS.resolve(name);
        if ("write".equals(System.getProperty("pawl.format"))) {
            Files.createDirectories(DOCS);
            Files.writeString(copy, text);
        }
        assertThat(Files.readString(copy)).isEqualTo(text);
    }
}
