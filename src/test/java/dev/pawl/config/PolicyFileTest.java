package dev.pawl.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.domain.model.Permission;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.DefaultWorkflows;
import dev.pawl.domain.policy.IssueType;
import dev.pawl.domain.policy.Limits;
import dev.pawl.domain.policy.McpServer;
import dev.pawl.domain.policy.PathRules;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.Price;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.policy.ValidationRules.Command;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFileTest {
    static List<Corpus.Sample> valid() {
        return Corpus.in("valid");
    }

    static List<Corpus.Sample> wrong() {
        return Stream.concat(Corpus.in("invalid").stream(), Corpus.in("refused").stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidFileIsRead(Corpus.Sample sample) {
        assertThat(PolicyFile.read(sample.text(), sample.name())).isInstanceOf(PolicyReading.Valid.class);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongFileGetsAllItsErrorsInOneGo(Corpus.Sample sample) {
        assertThat(errors(sample.text(), sample.name()))
                .isNotEmpty()
                .containsExactlyElementsOf(sample.expectedErrors());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "# nothing\n",
                "---\n",
                "---\n...\n",
                "null\n",
                "~",
                "{}",
                "\uFEFFversion: 1\n",
                "%YAML 1.2\n---\n"
            })
    void aFileThatSaysNothingGivesTheDefaults(String text) {
        assertThat(read(text)).isEqualTo(Policy.DEFAULT);
    }

    @Test
    void aSectionThatIsPartlyGivenKeepsTheOtherDefaults() {
        Policy policy = read("""
                start: {permission: admin}
                limits: {attempts: 5, cost_usd_per_issue: 0.25}
                branch: {base: develop}
                paths: {max_bytes: 512KiB}
                """);

        assertThat(policy.start())
                .isEqualTo(new Policy.Start("pawl", Permission.ADMIN, List.of("needs-design", "blocked"), List.of()));
        assertThat(policy.limits().attempts()).isEqualTo(5);
        assertThat(policy.limits().costPerIssue()).isEqualTo(Usd.ofMicros(250_000));
        assertThat(policy.limits().lease()).isEqualTo(Duration.ofMinutes(45));
        assertThat(policy.branch()).isEqualTo(new Policy.Branch("pawl", Optional.of("develop")));
        assertThat(policy.paths().maxBytes()).isEqualTo(512 << 10);
        assertThat(policy.paths().protectedPaths())
                .isEqualTo(Policy.DEFAULT.paths().protectedPaths());
    }

    @Test
    void everyKeyReachesThePolicy() {
        Policy policy = read("""
                start: {label: go, permission: triage, exclude: [no], allow_bots: [7]}
                types: {bug: {labels: [defect], titles: ["fix:"], priority: 9}}
                workflows:
                  bug:
                    stages:
                      - triage: {agent: b, model: m-1, attempts: 2, timeout: 1h30m5s}
                      - plan: {approval: required}
                      - implement
                      - review: {optional: true}
                    close: true
                agents:
                  a: {kind: command, run: [./a, 1, true, 0.5, "x y"], env: [KEY_A]}
                  b: {kind: command, run: [b], model: small}
                roles: {default: a, plan: b}
                validation: {commands: [{name: test, run: [make], timeout: 90s, required: false, reports: ["out/*.xml"]}]}
                branch: {prefix: bot, base: main}
                commit: {author: A B <a@b.example>}
                pull_request: {draft: true, reviewers: [octocat], labels: [auto]}
                paths: {protected: [x/**], max_files: 3, max_bytes: 1024}
                limits: {attempts: 1, runs_per_issue: 2, runs_per_hour: 3, cost_usd_per_issue: 4, cost_usd_per_day: 5.000001,
                         questions: 6, concurrent: 7, lease: 8m, wait_for_forge: 9s}
                ledger: {prefix: refs/other}
                prices: {m-1: {input: 1.5, output: 2, cache_read: 0.1, cache_write: 3}, own/M: {input: 0, output: 1e1}}
                """);

        assertThat(policy.start()).isEqualTo(new Policy.Start("go", Permission.TRIAGE, List.of("no"), List.of(7L)));
        assertThat(policy.types()).containsExactly(new IssueType("bug", List.of("defect"), List.of("fix:"), 9));
        assertThat(policy.workflows()).containsOnlyKeys("bug");
        assertThat(at(policy.workflows(), "bug").close()).isTrue();
        assertThat(at(policy.workflows(), "bug").stages())
                .containsExactly(
                        new Stage(
                                StageKind.TRIAGE,
                                Optional.of("b"),
                                Optional.of("m-1"),
                                Optional.of(2),
                                Duration.ofSeconds(5405),
                                false,
                                false),
                        Stage.of(StageKind.PLAN).withApproval(),
                        Stage.of(StageKind.IMPLEMENT),
                        new Stage(
                                StageKind.REVIEW,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Stage.DEFAULT_TIMEOUT,
                                false,
                                true));
        assertThat(policy.agents().get("a"))
                .isEqualTo(new AgentSpec(
                        "a",
                        AgentSpec.Kind.COMMAND,
                        Optional.empty(),
                        List.of("./a", "1", "true", "0.5", "x y"),
                        List.of("KEY_A")));
        assertThat(at(policy.agents(), "b").model()).contains("small");
        assertThat(policy.roles()).containsOnly(Map.entry("default", "a"), Map.entry("plan", "b"));
        assertThat(policy.validation().commands())
                .containsExactly(
                        new Command("test", List.of("make"), Duration.ofSeconds(90), false, List.of("out/*.xml")));
        assertThat(policy.branch()).isEqualTo(new Policy.Branch("bot", Optional.of("main")));
        assertThat(policy.author()).isEqualTo(new Policy.Author("A B", "a@b.example"));
        assertThat(policy.pullRequest()).isEqualTo(new Policy.PullRequests(true, List.of("octocat"), List.of("auto")));
        assertThat(policy.paths()).isEqualTo(new PathRules(List.of("x/**"), 3, 1024));
        assertThat(policy.limits())
                .isEqualTo(new Limits(
                        1,
                        2,
                        3,
                        Usd.ofMicros(4_000_000),
                        Usd.ofMicros(5_000_001),
                        6,
                        7,
                        Duration.ofMinutes(8),
                        Duration.ofSeconds(9)));
        assertThat(policy.ledgerPrefix()).isEqualTo("refs/other");
        assertThat(policy.prices())
                .containsOnly(
                        Map.entry("m-1", price("1.5", "0.1", "3", "2")),
                        Map.entry("own/M", price("0", "0", "0", "1E+1")));
    }

    @Test
    void serversOfToolsReachTheirAgent() {
        Policy policy = read("""
                agents:
                  a:
                    kind: model
                    provider: openai
                    model: m
                    mcp:
                      docs: {run: [./docs, 1], env: [DOCS_TOKEN], tools: [find, read], read_only: [find]}
                      far: {url: "https://example.com/mcp?x=1", token: FAR_TOKEN}
                """);

        assertThat(at(policy.agents(), "a").options().mcp())
                .containsExactly(
                        new McpServer(
                                "docs",
                                new McpServer.Place.Program(List.of("./docs", "1"), List.of("DOCS_TOKEN")),
                                Optional.of(List.of("find", "read")),
                                List.of("find")),
                        new McpServer(
                                "far",
                                new McpServer.Place.Address("https://example.com/mcp?x=1", Optional.of("FAR_TOKEN")),
                                Optional.empty(),
                                List.of()));
    }

    @Test
    void givenWorkflowsStandBeforeTheDefaultOnes() {
        Policy policy = read("workflows: {bug: {stages: [triage, implement, open_pr]}, research: {close: true}}");

        assertThat(policy.types()).isEqualTo(DefaultWorkflows.types());
        assertThat(kinds(policy, "bug")).containsExactly(StageKind.TRIAGE, StageKind.IMPLEMENT, StageKind.OPEN_PR);
        assertThat(at(policy.workflows(), "research").close()).isTrue();
        assertThat(at(policy.workflows(), "research").stages())
                .isEqualTo(at(DefaultWorkflows.workflows(), "research").stages());
        assertThat(policy.workflows().get("docs"))
                .isEqualTo(DefaultWorkflows.workflows().get("docs"));
    }

    @Test
    void givenTypesReplaceTheDefaultOnesAndKeepWorkflowsOfTheSameName() {
        Policy policy = read("""
                types:
                  security: {labels: [security]}
                  chore:
                workflows: {security: {stages: [triage]}}
                """);

        assertThat(policy.types())
                .containsExactly(
                        new IssueType("security", List.of("security"), List.of(), 1),
                        new IssueType("chore", List.of(), List.of(), 2));
        assertThat(policy.workflows()).containsOnlyKeys("security", "chore");
        assertThat(policy.workflows().get("chore"))
                .isEqualTo(DefaultWorkflows.workflows().get("chore"));
    }

    @Test
    void theErrorsComeInTheOrderOfTheFile() {
        assertThat(errors("""
                roles: {default: nobody}
                limits: {atempts: 3, lease: 5}
                start: {label: 7}
                """, "p"))
                .containsExactly(
                        "p:1:18: roles.default: no agent is called \"nobody\". Declare it below agents.",
                        "p:2:10: limits.atempts: unknown key. Did you mean \"attempts\"?",
                        "p:2:29: limits.lease: expected a duration from 1s to 24h, such as 90s, 30m or 1h30m,"
                                + " found the number 5. Write its unit: 5s or 5m.",
                        "p:3:16: start.label: expected a label of at most 50 characters, found the number 7."
                                + " Put it in quotes.");
    }

    private static Price price(String input, String read, String write, String output) {
        return new Price(new BigDecimal(input), new BigDecimal(read), new BigDecimal(write), new BigDecimal(output));
    }

    private static List<StageKind> kinds(Policy policy, String workflow) {
        return at(policy.workflows(), workflow).stages().stream()
                .map(Stage::kind)
                .toList();
    }

    private static <T> T at(Map<String, T> map, String key) {
        return Optional.ofNullable(map.get(key)).orElseThrow();
    }

    private static Policy read(String text) {
        return switch (PolicyFile.read(text, "p")) {
            case PolicyReading.Valid valid -> valid.policy();
            case PolicyReading.Invalid invalid -> throw new AssertionError(invalid.errors());
        };
    }

    static List<String> errors(String text, String file) {
        return switch (PolicyFile.read(text, file)) {
            case PolicyReading.Valid valid -> List.of();
            case PolicyReading.Invalid invalid ->
                invalid.errors().stream().map(PolicyError::message).toList();
        };
    }
}
