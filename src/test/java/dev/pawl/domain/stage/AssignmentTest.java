package dev.pawl.domain.stage;

import static dev.pawl.domain.Examples.MAINTAINER;
import static dev.pawl.domain.Examples.NOW;
import static dev.pawl.domain.Examples.bug;
import static dev.pawl.domain.Examples.labeled;
import static dev.pawl.domain.Examples.plan;
import static dev.pawl.domain.Examples.policy;
import static dev.pawl.domain.Examples.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.decide.Runs;
import dev.pawl.domain.model.Plan;
import dev.pawl.domain.policy.AgentOptions;
import dev.pawl.domain.policy.AgentOptions.Tier;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.IsolationRule;
import dev.pawl.domain.policy.MergeRules;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.RunState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssignmentTest {
    private static final AgentSpec CLAUDE =
            agent("claude", AgentSpec.Kind.CLAUDE_CODE, Map.of(Tier.SMALL, "quick", Tier.LARGE, "strong"));
    private static final AgentSpec CODEX = agent("codex", AgentSpec.Kind.CODEX, Map.of(Tier.LARGE, "most"));
    private static final Policy POLICY = policy(policy(), CLAUDE, CODEX);

    /** Tasks are written agent/tier, the leg as done + now + later. */
    @ParameterizedTest(name = "{0} with {1} done: {2}, {3}")
    @CsvSource(delimiter = '|', textBlock = """
        -                            | 0 | claude usual  | 0 + 1 + 0
        - - -                        | 0 | claude usual  | 0 + 3 + 0
        - -/standard -               | 0 | claude usual  | 0 + 3 + 0
        claude - claude/standard     | 0 | claude usual  | 0 + 3 + 0
        nobody - Claude              | 0 | claude usual  | 0 + 3 + 0
        - codex -                    | 0 | claude usual  | 0 + 1 + 2
        - codex -                    | 1 | codex usual   | 1 + 1 + 1
        - codex -                    | 2 | claude usual  | 2 + 1 + 0
        codex codex claude           | 0 | codex usual   | 0 + 2 + 1
        codex codex claude           | 1 | codex usual   | 1 + 1 + 1
        -/small -/small -/large      | 0 | claude quick  | 0 + 2 + 1
        -/small -/small -/large      | 2 | claude strong | 2 + 1 + 0
        codex/small codex codex/huge | 0 | codex usual   | 0 + 3 + 0
        codex/large -/large          | 0 | codex most    | 0 + 1 + 1
        """)
    void tasksThatFollowEachOtherWithTheSameAgentAndModelAreOneLeg(
            String tasks, int done, String expected, String leg) {
        assertThat(describe(POLICY, plan(tasks.split(" ")), done, Optional.empty()))
                .isEqualTo(expected + ": " + leg);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        -                       | claude usual
        - codex                 | claude usual
        codex codex             | codex usual
        codex nobody            | claude usual
        codex/small codex/large | codex most
        -/small -/large -       | claude strong
        -/small codex/small     | claude quick
        """)
    void workThatCameBackIsDoneAsAWholeByWhoeverDidAllOfIt(String tasks, String expected) {
        Plan plan = plan(tasks.split(" "));
        int all = plan.tasks().size();

        assertThat(describe(POLICY, plan, all, Optional.empty())).isEqualTo(expected + ": 0 + " + all + " + 0");
        assertThat(describe(POLICY, plan, all + 1, Optional.empty())).isEqualTo(expected + ": 0 + " + all + " + 0");
    }

    /** The plan is claude/small codex/large -, or none; what it wants counts after the invocation and the workflow. */
    @ParameterizedTest(name = "input {0}, the stage''s agent {1} and model {2}, a plan: {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        -      | -      | -     | true  | claude quick: 0 + 1 + 2
        -      | claude | -     | true  | claude quick: 0 + 1 + 2
        -      | codex  | -     | true  | codex usual: 0 + 1 + 2
        -      | -      | named | true  | claude named: 0 + 3 + 0
        -      | codex  | named | true  | codex named: 0 + 3 + 0
        codex  | -      | -     | true  | codex usual: 0 + 1 + 2
        codex  | claude | -     | true  | codex usual: 0 + 1 + 2
        codex  | -      | named | true  | codex named: 0 + 3 + 0
        -      | -      | -     | false | claude usual
        -      | codex  | -     | false | codex usual
        -      | codex  | named | false | codex named
        claude | codex  | named | false | claude named
        """)
    void theInvocationGoesFirstThenTheWorkflowThenTheTaskThenTheRole(
            String input, String agent, String model, boolean planned, String expected) {
        var stage = new Stage(
                StageKind.IMPLEMENT,
                Optional.ofNullable(agent),
                Optional.ofNullable(model),
                Optional.empty(),
                Stage.DEFAULT_TIMEOUT,
                false,
                false);
        Optional<Plan> plan = planned ? Optional.of(plan("claude/small", "codex/large", "-")) : Optional.empty();

        assertThat(describe(context(StageKind.IMPLEMENT, policy(POLICY, stage), plan, 0), Optional.ofNullable(input)))
                .isEqualTo(expected);
    }

    @Test
    void otherStagesTakeNothingFromThePlan() {
        assertThat(describe(context(StageKind.REVIEW, POLICY, Optional.of(plan("codex/large")), 0), Optional.empty()))
                .isEqualTo("claude usual");
    }

    @Test
    void withoutAnAgentForTheStageThereIsNoAssignment() {
        Policy none = new Policy(
                POLICY.start(),
                POLICY.types(),
                POLICY.workflows(),
                POLICY.agents(),
                Map.of(),
                POLICY.validation(),
                POLICY.branch(),
                POLICY.author(),
                POLICY.pullRequest(),
                POLICY.paths(),
                POLICY.limits(),
                POLICY.ledgerPrefix(),
                POLICY.prices(),
                IsolationRule.BEST_EFFORT,
                MergeRules.DEFAULT,
                false);

        assertThat(Assignment.of(context(StageKind.IMPLEMENT, none, Optional.of(plan("codex")), 0), Optional.empty()))
                .isEmpty();
    }

    private static AgentSpec agent(String name, AgentSpec.Kind kind, Map<Tier, String> tiers) {
        return new AgentSpec(
                name,
                kind,
                Optional.of("usual"),
                List.of(),
                List.of(),
                new AgentOptions(Optional.empty(), Optional.empty(), tiers, 5));
    }

    private static String describe(Policy policy, Plan plan, int done, Optional<String> input) {
        return describe(context(StageKind.IMPLEMENT, policy, Optional.of(plan), done), input);
    }

    private static String describe(Context context, Optional<String> input) {
        Assignment assignment = Assignment.of(context, input).orElseThrow();
        return assignment.agent().name() + " " + assignment.agent().model().orElseThrow()
                + assignment.leg().stream()
                        .map(l -> ": " + l.before().size() + " + " + l.now().size() + " + "
                                + l.after().size())
                        .collect(Collectors.joining());
    }

    private static Context context(StageKind kind, Policy policy, Optional<Plan> plan, int done) {
        RunState begun = Runs.begin(snapshot(bug(), labeled(MAINTAINER)), policy, MAINTAINER, Optional.empty());
        RunState state = begun.with(
                begun.work().tasksDone(done, plan.map(p -> p.tasks().size()).orElse(0)));
        return new Context(
                kind,
                snapshot(state, List.of(), List.of()),
                policy,
                state,
                plan,
                List.of(),
                List.of(),
                NOW,
                1,
                Optional.empty());
    }
}
