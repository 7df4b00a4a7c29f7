package dev.pawl.domain.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.model.Plan;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.AgentOptions;
import dev.pawl.domain.policy.AgentOptions.Tier;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.StageKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssignmentTest {
    private static final AgentSpec AGENT = new AgentSpec(
            "claude",
            AgentSpec.Kind.CLAUDE_CODE,
            Optional.of("usual"),
            List.of(),
            List.of(),
            new AgentOptions(Optional.empty(), Optional.empty(), Map.of(Tier.SMALL, "quick", Tier.LARGE, "strong"), 5));

    @ParameterizedTest(name = "{0} with tasks {2} and the stage''s model {1}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
        implement |       |              | usual
        implement |       | small        | quick
        implement |       | small large  | strong
        implement |       | large small  | strong
        implement |       | small -      | usual
        implement |       | small huge   | usual
        implement |       | standard     | usual
        implement | named | large        | named
        review    |       | large        | usual
        review    | named | large        | named
        """)
    void theStagesModelGoesFirstThenTheLargestTasks(String kind, String model, String tiers, String expected) {
        var stage = new Stage(
                StageKind.parse(kind).orElseThrow(),
                Optional.empty(),
                Optional.ofNullable(model),
                Optional.empty(),
                Duration.ofMinutes(1),
                false,
                false);

        assertThat(Assignment.of(AGENT, stage, Optional.ofNullable(tiers).map(AssignmentTest::plan))
                        .model())
                .contains(expected);
    }

    private static Plan plan(String tiers) {
        var tasks = List.of(tiers.split(" ")).stream()
                .map(tier -> new Plan.Task(
                        "T",
                        Untrusted.EMPTY,
                        "implement",
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(tier).filter(t -> !t.equals("-"))))
                .toList();
        return new Plan(Untrusted.EMPTY, tasks, List.of(), List.of());
    }
}
