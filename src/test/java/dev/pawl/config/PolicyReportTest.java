package dev.pawl.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PolicyReportTest {
    private static final String SMALL = """
            types: {bug: {labels: [bug], titles: ["fix:"]}, idea:}
            workflows:
              bug: {stages: [triage, {plan: {approval: required}}, {implement: {agent: b, attempts: 1, timeout: 1h}}, validate]}
              idea: {stages: [triage, research], close: true}
            agents: {a: {kind: command, run: [a]}, b: {kind: command, run: [b]}}
            roles: {default: a}
            validation: {commands: [{name: test, run: [make]}, {name: lint, run: [lint], required: false}]}
            """;

    @Test
    void aValidPolicyIsShownInAFewLines() {
        assertThat(PolicyReport.text(PolicyFile.read(SMALL, "p"))).isEqualTo("""
                ?
                """);
    }

    @Test
    void theDefaultPolicyIsShownToo() {
        assertThat(PolicyReport.text(PolicyFile.read("", "p"))).isEqualTo("""
                ?
                """);
    }

    @Test
    void errorsAreShownLineByLine() {
        assertThat(PolicyReport.text(PolicyFile.read("limits: {atempts: 1}\nlearn: on\n", "p")))
                .isEqualTo("""
                p:1:10: limits.atempts: unknown key. Did you mean "attempts"?
                p:2:8: learn: expected one of off, write, commit, found "on".
                2 errors. Nothing is done until they are corrected.
                """);
        assertThat(PolicyReport.text(PolicyFile.read("learn: on\n", "p"))).isEqualTo("""
                p:1:8: learn: expected one of off, write, commit, found "on".
                1 error. Nothing is done until it is corrected.
                """);
    }

    @Test
    void errorsAreJsonForPrograms() {
        assertThat(PolicyReport.json(PolicyFile.read("limits: {atempts: 1}\nlearn: on\n", "p")))
                .isEqualTo("""
                ?
                """);
    }

    @Test
    void aValidPolicyIsJsonForPrograms() {
        assertThat(PolicyReport.json(PolicyFile.read(SMALL, "p"))).isEqualTo("""
                ?
                """);
    }
}
