package dev.pawl.agent.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.domain.policy.StageKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProviderSchemasTest {
    static Set<StageKind> stages() {
        return ResultSchemas.stages();
    }

    @ParameterizedTest
    @MethodSource("stages")
    void toolsHaveNoConditionsAtTheTop(StageKind stage) {
        assertThat(ProviderSchemas.forTools(stage).has("allOf")).isFalse();
        assertThat(ProviderSchemas.forTools(stage).path("type").asText()).isEqualTo("object");
    }

    @ParameterizedTest
    @MethodSource("stages")
    void strictModeRequiresEveryFieldAndAllowsNoOther(StageKind stage) {
        for (JsonNode object : objects(ProviderSchemas.strict(stage), new ArrayList<>())) {
            var names = new ArrayList<String>();
            object.path("properties").fieldNames().forEachRemaining(names::add);
            var required = new ArrayList<String>();
            object.path("required").forEach(r -> required.add(r.asText()));
            assertThat(required).containsExactlyInAnyOrderElementsOf(names);
            assertThat(object.path("additionalProperties").isBoolean()).isTrue();
            assertThat(object.path("additionalProperties").asBoolean()).isFalse();
        }
        assertThat(ProviderSchemas.strict(stage).toString())
                .doesNotContain("\"not\":", "\"if\":", "\"allOf\":", "\"const\":", "Length\":");
    }

    @Test
    void whatWasOptionalMayBeNull() {
        ObjectNode schema = ProviderSchemas.strict(StageKind.IMPLEMENT);

        assertThat(schema.at("/properties/commit/anyOf/1/type").asText()).isEqualTo("null");
        assertThat(schema.at("/properties/commit/anyOf/0/properties/scope/anyOf/1/type")
                        .asText())
                .isEqualTo("null");
        assertThat(schema.at("/properties/commit/anyOf/0/properties/subject/type")
                        .asText())
                .isEqualTo("string");
        assertThat(schema.at("/properties/version/enum/0").asInt()).isEqualTo(1);
    }

    @Test
    void anAnswerWithNullsIsTheResultWithoutThem() throws Exception {
        JsonNode answer = StrictJson.mapper().readTree("""
                {"version":1,"status":"ok","summary":"done","questions":null,"learned":null,"error":null,
                 "commit":{"type":"fix","scope":null,"subject":"correct the sum","body":null}}""");

        String result = ProviderSchemas.withoutNulls(answer).toString();

        assertThat(result)
                .isEqualTo("{\"version\":1,\"status\":\"ok\",\"summary\":\"done\","
                        + "\"commit\":{\"type\":\"fix\",\"subject\":\"correct the sum\"}}");
        assertThat(ResultReader.read(result, StageKind.IMPLEMENT)).isInstanceOf(ResultReader.Reading.WellFormed.class);
    }

    private static List<JsonNode> objects(JsonNode node, List<JsonNode> found) {
        if (node.path("properties").isObject()) {
            found.add(node);
        }
        node.forEach(child -> objects(child, found));
        return found;
    }
}
