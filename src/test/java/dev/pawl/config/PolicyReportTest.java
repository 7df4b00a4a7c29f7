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
                The policy is valid.

                start: label pawl, by accounts with permission write or more
                never: issues labelled needs-design, blocked
                type bug (label bug; title fix:): triage (a) → plan (a, approval) → implement (b, 1 attempt, 1h) → validate
                type idea (by judgement): triage (a) → research (a) → closed
                agents: a (command), b (command)
                validation: test, lint (not required)
                branches: pawl/…, from the default branch
                limits: 3 attempts per stage, 30 runs and $5.00 per issue, 20 runs per hour, $50.00 per day, 3 issues at once
                merging: by people
                suggestions: none
                """);
    }

    @Test
    void whenPawlMergesIsShown() {
        assertThat(PolicyReport.text(PolicyFile.read("merge: {enabled: true}", "p")))
                .contains(
                        "\nmerging: by squash, with 1 approval by people, required checks green, asked for by the label pawl:merge or by command\n");
        assertThat(PolicyReport.text(
                        PolicyFile.read("merge: {enabled: true, approvals: 2, checks: all, label: off}", "p")))
                .contains(
                        "\nmerging: by squash, with 2 approvals by people, all checks green, and nobody has to ask\n");
    }

    @Test
    void anAgentIsShownWithTheServersWhoseToolsItGets() {
        String policy =
                "agents: {a: {kind: model, provider: openai, model: m, mcp: {docs: {run: [d]}, desk: {run: [e]}}}}";

        assertThat(PolicyReport.text(PolicyFile.read(policy, "p")))
                .contains("\nagents: a (model, tools of docs and desk)\n");
    }

    @Test
    void theDefaultPolicyIsShownToo() {
        assertThat(PolicyReport.text(PolicyFile.read("", "p"))).isEqualTo("""
                The policy is valid.

                start: label pawl, by accounts with permission write or more
                never: issues labelled needs-design, blocked
                type bug (label bug; title fix:, bug:): triage → plan → implement → validate → review → open_pr → merge (by people)
                type feature (label enhancement, feature; title feat:, feature:): triage → clarify → plan (approval) → implement → validate → review → open_pr → merge (by people)
                type chore (title chore:): triage → implement → validate → open_pr → merge (by people)
                type docs (label documentation; title docs:): triage → implement → review → open_pr → merge (by people)
                type research (title research:): triage → research → summarize → comment_issue
                agents: none declared
                validation: no commands
                branches: pawl/…, from the default branch
                limits: 3 attempts per stage, 30 runs and $5.00 per issue, 20 runs per hour, $50.00 per day, 3 issues at once
                merging: by people
                suggestions: none
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
                {
                  "valid" : false,
                  "errors" : [ {
                    "file" : "p",
                    "line" : 1,
                    "column" : 10,
                    "key" : "limits.atempts",
                    "message" : "unknown key.",
                    "hint" : "Did you mean \\"attempts\\"?"
                  }, {
                    "file" : "p",
                    "line" : 2,
                    "column" : 8,
                    "key" : "learn",
                    "message" : "expected one of off, write, commit, found \\"on\\".",
                    "hint" : null
                  } ]
                }
                """);
    }

    @Test
    void aValidPolicyIsJsonForPrograms() {
        assertThat(PolicyReport.json(PolicyFile.read(SMALL, "p"))).isEqualTo("""
                {
                  "valid" : true,
                  "start" : {
                    "label" : "pawl",
                    "permission" : "write",
                    "exclude" : [ "needs-design", "blocked" ]
                  },
                  "types" : {
                    "bug" : {
                      "labels" : [ "bug" ],
                      "titles" : [ "fix:" ],
                      "priority" : 1
                    },
                    "idea" : {
                      "labels" : [ ],
                      "titles" : [ ],
                      "priority" : 2
                    }
                  },
                  "workflows" : {
                    "bug" : {
                      "stages" : [ {
                        "kind" : "triage",
                        "agent" : "a",
                        "attempts" : 3,
                        "timeout" : "30m",
                        "approval" : false,
                        "optional" : false
                      }, {
                        "kind" : "plan",
                        "agent" : "a",
                        "attempts" : 3,
                        "timeout" : "30m",
                        "approval" : true,
                        "optional" : false
                      }, {
                        "kind" : "implement",
                        "agent" : "b",
                        "attempts" : 1,
                        "timeout" : "1h",
                        "approval" : false,
                        "optional" : false
                      }, {
                        "kind" : "validate",
                        "attempts" : 3,
                        "timeout" : "30m",
                        "approval" : false,
                        "optional" : false
                      } ],
                      "close" : false
                    },
                    "idea" : {
                      "stages" : [ {
                        "kind" : "triage",
                        "agent" : "a",
                        "attempts" : 3,
                        "timeout" : "30m",
                        "approval" : false,
                        "optional" : false
                      }, {
                        "kind" : "research",
                        "agent" : "a",
                        "attempts" : 3,
                        "timeout" : "30m",
                        "approval" : false,
                        "optional" : false
                      } ],
                      "close" : true
                    }
                  },
                  "agents" : [ "a", "b" ],
                  "limits" : {
                    "attempts" : 3,
                    "runs_per_issue" : 30,
                    "runs_per_hour" : 20,
                    "cost_usd_per_issue" : 5,
                    "cost_usd_per_day" : 50,
                    "questions" : 3,
                    "concurrent" : 3,
                    "lease" : "45m",
                    "wait_for_forge" : "1m"
                  },
                  "suggestions" : false
                }
                """);
    }
}
