package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.agent.model.ScriptedProvider;
import dev.pawl.agent.model.ScriptedProvider.Reply;
import dev.pawl.agent.process.Scripts;
import dev.pawl.domain.policy.ModelProvider;
import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxGitHub;
import dev.pawl.sandbox.world.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code pawl doctor} as a user meets it: what it prints, and how it exits. */
@Tag(Program.TAG)
class DoctorCommandTest {
    private static final String KEY = "sk-canary-4711-never-shown";
    private static final String VALIDATION = "validation: {commands: [{name: test, run: [./test.sh]}]}\n";

    @TempDir
    Path folder = Path.of("");

    private final Map<String, String> variables = new HashMap<>();

    private Program.Ended doctor(String... words) {
        var all = new ArrayList<>(List.of("doctor"));
        all.addAll(List.of(words));
        variables.putIfAbsent("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        variables.put("LANG", "C.UTF-8");
        variables.put("RUNNER_TEMP", folder.resolve("temp").toString());
        Program.Ended ended = Program.underTest().run(all, variables, Path.of(""));
        assertThat(ended.out() + ended.errors()).doesNotContain(KEY);
        return ended;
    }

    private String policy(String text) throws IOException {
        return Files.writeString(folder.resolve("pawl.yml"), text).toString();
    }

    /** Without the lines about this machine. */
    private String said(Program.Ended ended) {
        String out = ended.out();
        return out.substring(out.indexOf("policy\n")).replace(folder.toString(), "FOLDER");
    }

    @Test
    void whatIsWellIsSaidAndNothingHasToBeMended() throws IOException {
        var ended = doctor("--policy", policy("agents: {mine: {kind: command, run: [./mvnw]}}\n" + VALIDATION));

        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).startsWith("machine\n  ok          Linux ");
        assertThat(said(ended)).isEqualTo("""
                policy
                  ok          FOLDER/pawl.yml is valid: agents mine (command); workflows bug, chore, docs, feature, research.
                  ok          Every stage that asks an agent has one.

                Nothing has to be mended.
                """);
    }

    @Test
    void agentsAreLookedAtOneByOne() throws IOException {
        Scripts.script(folder.resolve("bin/claude"), """
                [ "$1" = --version ] && echo '2.1.329 (Claude Code)' && exit
                printf '{"type":"result","subtype":"success","is_error":false,"session_id":"s-1","num_turns":1,'
                printf '"usage":{"input_tokens":10,"output_tokens":5},"structured_output":'
                echo '{"version":1,"status":"ok","summary":"ok"}}'
                """);
        try (var provider = new ScriptedProvider().otherwise(_ -> Reply.of(401))) {
            variables.put("ANTHROPIC_API_KEY", KEY);
            var ended = doctor(
                    "--agents", "--policy", policy("""
                    agents:
                      claude: {kind: claude-code, env: [ANTHROPIC_API_KEY]}
                      codex: {kind: codex, env: [CODEX_API_KEY]}
                      mine: {kind: command, run: [./mvnw]}
                      small: {kind: model, provider: openai, model: m, base_url: "%s", env: [ANTHROPIC_API_KEY]}
                    roles: {default: claude}
                    """.formatted(provider.base(ModelProvider.OPENAI)) + VALIDATION));

            assertThat(ended.exit()).isEqualTo(78);
            assertThat(ended.out())
                    .startsWith(
                            "Each agent is asked one short question, which costs money; --no-call leaves it out.\n");
            assertThat(said(ended)
                            .replaceAll("in [0-9.]+ s", "in N s")
                            .replace(Path.of("").toAbsolutePath() + "/", "HERE/"))
                    .isEqualTo("""
                policy
                  ok          FOLDER/pawl.yml is valid: agents claude (claude-code), codex (codex), mine (command), small (model); workflows bug, chore, docs, feature, research.
                  ok          Every stage that asks an agent has one.
                agents.claude
                  ok          claude is FOLDER/bin/claude.
                  ok          Version 2.1.329, which Pawl was tried with.
                  ok          ANTHROPIC_API_KEY is set.
                  ok          It answered in N s: 10 tokens read, 5 written, no cost told.
                agents.codex
                  problem     There is no program codex on the PATH.
                              Install it: npm install -g @openai/codex@0.169.0.
                  problem     CODEX_API_KEY isn't set.
                              Give it a value: in the environment here, and in the workflow's step by env: {CODEX_API_KEY: "${{ secrets.CODEX_API_KEY }}"}.
                agents.mine
                  ok          ./mvnw is HERE/mvnw.
                  ok          A program of your own is asked nothing here.
                              To see it work, rehearse with it: pawl sandbox --agent ./mvnw.
                agents.small
                  ok          It is a part of Pawl.
                  ok          ANTHROPIC_API_KEY is set.
                  note        Pawl doesn't know the price of m: it counts as 0, and limits on money don't hold.
                              Name it in the policy's prices, or set a limit at the provider.
                  problem     The model's provider refuses the key, the account or the model (HTTP 401).
                              Look at the key's value, at the account behind it, and at the model's name.

                3 problems. Mend them, and run this again.
                """);
        }
    }

    @Test
    void programsGetOneObject() throws IOException {
        var ended = doctor("--json", "--agents", "--no-call", "mine", "other", "--policy", policy("""
                        agents:
                          mine: {kind: command, run: [./no/such/agent]}
                          more: {kind: command, run: [./mvnw]}
                        roles: {default: mine}
                        """ + VALIDATION));

        JsonNode json = new ObjectMapper().readTree(ended.out());
        assertThat(ended.exit()).isEqualTo(78);
        assertThat(json.path("exit_code").asInt()).isEqualTo(78);
        var areas = new ArrayList<String>();
        json.path("findings")
                .forEach(f -> areas.add(
                        f.path("area").asText() + " " + f.path("check").asText()));
        assertThat(areas)
                .containsExactly(
                        "machine system",
                        "machine git",
                        "machine processes",
                        "machine isolation",
                        "policy file",
                        "policy roles",
                        "agents.other name",
                        "agents.mine program");
        assertThat(json.at("/findings/4/level").asText()).isEqualTo("ok");
        assertThat(json.at("/findings/4/todo").isNull()).isTrue();
        assertThat(json.at("/findings/6/todo").asText()).isEqualTo("It has: mine, more.");
        assertThat(json.at("/findings/7/level").asText()).isEqualTo("problem");
    }

    @Test
    void aProviderThatIsOutIsNothingToMend() throws IOException {
        try (var provider = new ScriptedProvider().otherwise(_ -> Reply.of(503))) {
            variables.put("MODEL_KEY", KEY);

            var ended = doctor(
                    "--agents", "--policy", policy("""
                    agents: {small: {kind: model, provider: google, model: gemini-2.5-pro, base_url: "%s", env: [MODEL_KEY]}}
                    """.formatted(provider.base(ModelProvider.GOOGLE)) + VALIDATION));

            assertThat(ended.exit()).isEqualTo(75);
            assertThat(ended.out()).endsWith("\nNot everything could be reached. Try again later.\n");
        }
    }

    @Test
    void aPolicyThatIsWrongIsSaidLineByLine() throws IOException {
        var ended = doctor("--agents", "--policy", policy("agent: {}\nlimits: {attempts: none}\n"));

        assertThat(ended.exit()).isEqualTo(78);
        assertThat(said(ended)).isEqualTo("""
                policy
                  problem     FOLDER/pawl.yml:1:1: agent: unknown key.
                              Did you mean "agents"?
                  problem     FOLDER/pawl.yml:2:20: limits.attempts: expected a whole number from 1 to 10, found "none".
                              Correct it; docs/policy.md has every key.

                2 problems. Mend them, and run this again.
                """);
    }

    @Test
    void aPolicyWithoutAgentsIsAProblem() throws IOException {
        assertThat(said(doctor("--policy", policy("")))).isEqualTo("""
                policy
                  ok          FOLDER/pawl.yml is valid: no agents; workflows bug, chore, docs, feature, research.
                  problem     No agent is named for: clarify, implement, open_pr, plan, research, review, summarize, triage.
                              Declare one, such as agents: {claude: {kind: claude-code, env: [ANTHROPIC_API_KEY]}}; an only agent does every stage.
                  note        validation.commands is empty: nothing is tested before the review.
                              Name your test command there, such as {name: test, run: [./test.sh]}.

                1 problem. Mend it, and run this again.
                """);
    }

    @Test
    void aRepositoryIsLookedAtWithTheTokenOfTheEnvironment() throws IOException {
        String text = "agents: {mine: {kind: command, run: [./mvnw]}}\n" + VALIDATION;
        try (var github = SandboxGitHub.start(folder.resolve("github"), InstantSource.system())) {
            var repo = github.createRepository("octo/shop", Map.of("README.md", "# Shop\n", ".github/pawl.yml", text));
            variables.put("GITHUB_API_URL", github.apiUrl());
            variables.put("GH_TOKEN", github.person("octo", Role.ADMIN).token());

            var missing = doctor("--repo", "octo/shop", "--policy", policy(text + "# more\n"));

            assertThat(missing.exit()).isEqualTo(78);
            String out = missing.out().replace(folder.toString(), "FOLDER");
            assertThat(out.substring(out.indexOf("repository\n"))).isEqualTo("""
                    repository
                      ok          octo/shop is there; its default branch is main.
                      note        The token's account may push; what the token itself may write can't be seen.
                                  See that it has contents: write, issues: write and pull-requests: write.
                      ok          The token reads contents, issues, pull requests and runs.
                      problem     There is no workflow on the default branch.
                                  Copy the workflow from the README to .github/workflows/pawl.yml.
                      ok          GitHub Actions may create pull requests.
                      ok          .github/pawl.yml is on the default branch.
                    policy
                      note        FOLDER/pawl.yml isn't what the default branch has.
                                  Pawl reads the one on the default branch: commit and push yours.
                      ok          FOLDER/pawl.yml is valid: agents mine (command); workflows bug, chore, docs, feature, research.
                      ok          Every stage that asks an agent has one.

                    1 problem. Mend it, and run this again.
                    """);

            repo.seeds("main", Map.of(".github/workflows/pawl.yml", "steps:\n  - uses: pawl-dev/pawl@v0\n"));
            assertThat(doctor("--repo", "octo/shop", "--policy", policy(text)).exit())
                    .isZero();
        }
    }

    @Test
    void aForgeThatIsNotThereIsTriedAgainLater() throws IOException {
        String gone;
        try (var github = SandboxGitHub.start(folder.resolve("github"), InstantSource.system())) {
            gone = github.apiUrl();
        }
        variables.put("GITHUB_API_URL", gone);
        variables.put("GITHUB_TOKEN", KEY);

        var ended = doctor(
                "--repo",
                "octo/shop",
                "--policy",
                policy("agents: {mine: {kind: command, run: [./mvnw]}}\n" + VALIDATION));

        assertThat(ended.exit()).isEqualTo(75);
        assertThat(ended.out())
                .contains("  unreachable GitHub could not be reached: GET /repos/octo/shop, ")
                .contains("              Try again later, or look at the network.\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --policy=no/such.yml                 | There is no file no/such.yml.
        claude                               | Agents' names and --no-call go with --agents.
        --no-call                            | Agents' names and --no-call go with --agents.
        --repo=octo/shop                     | No token: set the input `github-token` in the step, or the variable GITHUB_TOKEN on a laptop.
        """)
    void whatMakesNoSenseIsSaidInOneLine(String words, String message) {
        assertThat(doctor(words.split(" "))).isEqualTo(new Program.Ended(64, "", "pawl: " + message + "\n"));
    }

    @Test
    void helpSaysWhatItCostsAndHowItExits() {
        var help = doctor("--help");

        assertThat(help.exit()).isZero();
        assertThat(help.out())
                .contains("--agents", "--no-call", "--policy", "--repo", "--json", "less than a cent", "78 something");
        assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
    }
}
