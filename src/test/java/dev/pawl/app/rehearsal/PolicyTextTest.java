package dev.pawl.app.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyTextTest {
    private static final PolicyText POLICY = new PolicyText("""
        version: 1
        start: {label: go}
        types:
          bug: {labels: [defect], titles: ["defect:"]}
          chore: {titles: ["chore:"]}
        agents:
          a: {kind: command, run: [x], env: [B_KEY, A_KEY]}
          b: {kind: command, run: [y], env: [A_KEY]}
        branch: {base: develop}
        limits: {lease: 45m}
        """);

    @Test
    void itTellsWhatTheWalkNeeds() {
        assertThat(POLICY.startLabel()).isEqualTo("go");
        assertThat(POLICY.baseBranch()).contains("develop");
        assertThat(POLICY.environment()).containsExactly("A_KEY", "B_KEY");
        assertThat(POLICY.typeLabel("bug", "fix: this")).contains("defect");
        assertThat(POLICY.typeLabel("chore", "chore: that")).isEmpty();
    }

    @Test
    void anEmptyOneHasDefaults() {
        var policy = new PolicyText("# nothing\n");

        assertThat(policy.startLabel()).isEqualTo("pawl");
        assertThat(policy.baseBranch()).isEmpty();
        assertThat(policy.withAgent(List.of("a b", "c"), List.of()).text())
                .contains("rehearsal")
                .contains("a b");
    }

    @Test
    void anAgentJoinsTheOthers() {
        PolicyText changed = POLICY.withAgent(List.of("mine", "--fast"), List.of("A_KEY"));

        assertThat(changed.startLabel()).isEqualTo("go");
        assertThat(changed.environment()).containsExactly("A_KEY", "B_KEY");
        assertThat(changed.text()).contains("rehearsal:").contains("--fast").contains("45m");
    }

    @Test
    void whatCannotBeReadIsLeftForTheEngineToRefuse() {
        for (String text : List.of("a: b: c\n  - x\n", "# mine\nagents: {a: {kind: comand, run: [x]}}\n")) {
            var broken = new PolicyText(text);

            assertThat(broken.withAgent(List.of("mine"), List.of())).isEqualTo(broken);
        }
    }
}
