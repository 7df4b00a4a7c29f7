package dev.pawl.config;

import static dev.pawl.config.PolicyFileTest.errors;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The example of the protocol, section 9, to the letter: known as a whole. */
class SectionNineTest {
    private static final String EXAMPLE = """
            version: 1
            start: {label: pawl, permission: write, exclude: [needs-design, blocked], allow_bots: []}
            types:                                    # first match wins
              bug:      {labels: [bug], titles: ["fix:", "bug:"], priority: 1}
              feature:  {labels: [enhancement, feature], titles: ["feat:", "feature:"], priority: 2}
              chore:    {titles: ["chore:"], priority: 3}
              research: {titles: ["research:"], priority: 4}
            workflows:                                # as in stages.md
              bug: {stages: [triage, plan, {implement: {agent: claude, attempts: 3, timeout: 30m}}, validate, review, open_pr, merge]}
            agents:
              claude:  {kind: claude-code, model: claude-sonnet-4-6, env: [ANTHROPIC_API_KEY]}
              codex:   {kind: codex, env: [OPENAI_API_KEY]}
              small:   {kind: model, provider: anthropic, model: claude-haiku-4-5, env: [ANTHROPIC_API_KEY]}
              mine:    {kind: command, run: [./tools/agent]}     # a relative path is taken from the base commit, not the agent's tree
            roles: {default: claude, triage: small, review: codex}
            validation:
              commands:
                - {name: test, run: [mvn, -q, -B, verify], timeout: 20m, reports: ["target/surefire-reports/*.xml"]}
                - {name: lint, run: [mvn, -q, spotless:check], required: false}
              # or: workflow: ci.yml                   # the repository's own CI, by dispatch on the branch
            branch: {prefix: pawl, base: main}
            commit: {author: "pawl[bot] <pawl@users.noreply.github.com>"}
            pull_request: {draft: false, reviewers: [], labels: []}
            merge: {enabled: false, method: squash, approvals: 1, checks: required, label: "pawl:merge"}
            paths: {protected: [".github/**", "CODEOWNERS", AGENTS.md, CLAUDE.md, GEMINI.md, ".claude/**", ".mcp.json", ".codex/**",
                    ".gemini/**", ".opencode/**", ".cursor/**", ".gitmodules", ".gitattributes"], max_files: 100, max_bytes: 4MiB}
            limits: {attempts: 3, runs_per_issue: 30, runs_per_hour: 20, cost_usd_per_issue: 5, cost_usd_per_day: 50,
                     questions: 3, concurrent: 3, lease: 45m, wait_for_forge: 60s}
            learn: off
            """;

    @Test
    void theExampleIsTaken() {
        assertThat(errors(EXAMPLE, ".github/pawl.yml")).isEmpty();
    }
}
