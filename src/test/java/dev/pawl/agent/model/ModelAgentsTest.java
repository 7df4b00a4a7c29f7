package dev.pawl.agent.model;

import static java.math.BigDecimal.TEN;
import static java.math.BigDecimal.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.agent.Requests;
import dev.pawl.agent.command.BaseFiles;
import dev.pawl.agent.model.ScriptedProvider.Asked;
import dev.pawl.agent.model.ScriptedProvider.Call;
import dev.pawl.agent.model.ScriptedProvider.Reply;
import dev.pawl.agent.price.Prices;
import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.agent.prompt.Prompts;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.AgentOptions;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.ModelProvider;
import dev.pawl.domain.policy.PathRules;
import dev.pawl.domain.policy.Price;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The built-in agent against a provider on this machine: the loop, its limits, and every way in which it fails. */
class ModelAgentsTest {
    private static final String KEY = "sk-canary-4711-never-shown";
    private static final String OK = "{\"status\":\"ok\",\"summary\":\"done\"}";
    private static final String VERDICT =
            "{\"status\":\"ok\",\"summary\":\"s\",\"verdict\":{\"readiness\":\"ready\",\"reason\":\"plain\"}}";
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final ScriptedProvider provider = new ScriptedProvider();
    private final ProcessRunner runner = new ProcessRunner(InstantSource.system(), () -> "mark");
    private final Map<String, String> environment =
            new HashMap<>(Map.of("PATH", System.getenv("PATH"), "MODEL_KEY", KEY, "LANGUAGE_LEVEL", "25"));
    private final Map<String, Price> prices = new HashMap<>();
    private Path folder = Path.of("");
    private Path tree = Path.of("");

    @BeforeEach
    void aTree(@TempDir Path folder) throws IOException {
        this.folder = folder;
        tree = Files.createDirectories(folder.resolve("tree"));
        Files.writeString(tree.resolve("sum.txt"), "2 + 2 = 5\n");
    }

    @AfterEach
    void close() {
        runner.close();
        provider.close();
    }

    private AgentSpec agent(ModelProvider kind, String model, int toolCalls, String... env) {
        return new AgentSpec(
                "small",
                AgentSpec.Kind.MODEL,
                Optional.of(model),
                List.of(),
                List.of(env),
                new AgentOptions(Optional.of(kind.word()), Optional.of(provider.base(kind)), Map.of(), toolCalls));
    }

    private AgentRequest request(ModelProvider kind, StageKind stage) {
        return Requests.least(
                stage, agent(kind, "claude-haiku-4-5", 5, "MODEL_KEY", "LANGUAGE_LEVEL"), Duration.ofMinutes(30));
    }

    private AgentOutcome run(AgentRequest request) {
        return run(request, InstantSource.fixed(NOW), Duration.ofSeconds(60));
    }

    private AgentOutcome run(AgentRequest request, InstantSource clock, Duration answer) {
        var host = new ModelAgents.Host(
                environment, folder.resolve("scratch"), BaseFiles.ofWorkTree(), clock, () -> "5f0c9a", answer, answer);
        return new ModelAgents(runner, new Prompts(PathRules.DEFAULT, () -> "77aa"), new Prices(prices), host)
                .run(request, tree);
    }

    private static AgentOutcome.Failed failed(AgentOutcome outcome) {
        assertThat(outcome).isInstanceOf(AgentOutcome.Failed.class);
        return (AgentOutcome.Failed) outcome;
    }

    @ParameterizedTest
    @EnumSource(ModelProvider.class)
    void aModelReadsEditsRunsAndSubmits(ModelProvider kind) throws IOException {
        provider.then(
                new Reply.Calls(List.of(new Call("list_files", "{}"), new Call("read_file", "{\"path\":\"sum.txt\"}"))),
                Reply.call("edit_file", "{\"path\":\"sum.txt\",\"old\":\"= 5\",\"new\":\"= 4\"}"),
                Reply.call("run", "{\"argv\":[\"cat\",\"sum.txt\"]}"),
                Reply.call(
                        "submit_result",
                        "{\"status\":\"ok\",\"summary\":\"Corrected.\",\"commit\":{\"type\":\"fix\",\"subject\":\"correct it\"}}"));

        AgentOutcome outcome = run(request(kind, StageKind.IMPLEMENT));

        assertThat(outcome).isInstanceOfSatisfying(AgentOutcome.Finished.class, finished -> {
            assertThat(finished.result().status()).isEqualTo(AgentResult.Status.OK);
            assertThat(finished.result().summary()).isEqualTo(new Untrusted("Corrected."));
            assertThat(finished.result().commit().orElseThrow().type()).isEqualTo("fix");
        });
        assertThat(Files.readString(tree.resolve("sum.txt"))).isEqualTo("2 + 2 = 4\n");
        assertThat(provider.asked()).hasSize(4);
        Asked last = provider.asked().getLast();
        assertThat(last.results())
                .containsExactly(
                        "[data 5f0c9a: files of .]\nsum.txt\n[end 5f0c9a]",
                        "[data 5f0c9a: sum.txt, lines 1 to 1 of 1]\n1\t2 + 2 = 5\n[end 5f0c9a]",
                        "edited",
                        "[data 5f0c9a: exit code 0]\n2 + 2 = 4\n[end 5f0c9a]");
        assertThat(last.tools())
                .containsExactly(
                        "read_file", "list_files", "search", "edit_file", "write_file", "run", "submit_result");
        assertThat(last.prompt()).startsWith("# Work on issue #42").contains("call the tool `submit_result`");
        Usage expected = new Usage(
                Optional.of("claude-haiku-4-5"),
                4000,
                200,
                kind == ModelProvider.ANTHROPIC ? Usd.ofMicros(4 * (500 + 30 + 250 + 250)) : Usd.ZERO,
                4,
                new Usage.Cache(1200, kind == ModelProvider.ANTHROPIC ? 800 : 0),
                kind == ModelProvider.ANTHROPIC);
        assertThat(outcome.usage()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(ModelProvider.class)
    void whatTheModelSaidGoesBackAsItCame(ModelProvider kind) {
        provider.then(Reply.call("list_files", "{}"), Reply.call("submit_result", VERDICT));

        run(request(kind, StageKind.TRIAGE));

        assertThat(provider.asked().getLast().body().toString())
                .contains(
                        switch (kind) {
                            case ANTHROPIC -> "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"c2lnbmVk\"}";
                            case OPENAI -> "\"reasoning_content\":\"hm\"";
                            case GOOGLE -> "\"thoughtSignature\":\"c2lnbmVk\"";
                        })
                .doesNotContain("annotations", "refusal");
    }

    static Stream<StageKind> readingStages() {
        return Stream.of(StageKind.values()).filter(s -> s.available() && s.usesAgent() && !s.changesFiles());
    }

    @ParameterizedTest
    @MethodSource("readingStages")
    void aStageThatReadsHasNoToolsThatWrite(StageKind stage) throws IOException {
        provider.then(
                new Reply.Calls(List.of(
                        new Call("write_file", "{\"path\":\"x\",\"content\":\"x\"}"),
                        new Call("edit_file", "{\"path\":\"sum.txt\",\"old\":\"5\",\"new\":\"4\"}"),
                        new Call("run", "{\"argv\":[\"touch\",\"x\"]}"))),
                Reply.call("submit_result", "{\"status\":\"failed\",\"summary\":\"no\"}"));

        assertThat(failed(run(request(ModelProvider.OPENAI, stage))).kind()).isEqualTo(FailureKind.AGENT_RESULT);

        assertThat(provider.asked().getFirst().tools())
                .containsExactly("read_file", "list_files", "search", "submit_result");
        assertThat(provider.asked().getLast().results())
                .hasSize(3)
                .allSatisfy(result -> assertThat(result).startsWith("Refused: there is no such tool here"));
        assertThat(Files.readString(tree.resolve("sum.txt"))).isEqualTo("2 + 2 = 5\n");
        assertThat(tree.resolve("x")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(ModelProvider.class)
    void aBadResultIsSaidAndMayBeCorrectedOnce(ModelProvider kind) {
        provider.then(
                Reply.call("submit_result", "{\"status\":\"ok\",\"summary\":\"s\"}"),
                Reply.call("submit_result", VERDICT));

        assertThat(run(request(kind, StageKind.TRIAGE))).isInstanceOf(AgentOutcome.Finished.class);
        assertThat(provider.asked().getLast().results())
                .containsExactly("Refused: the result isn't what was asked for:\n/verdict: expected, but missing");
    }

    @Test
    void aSecondBadResultEndsIt() {
        provider.then(Reply.call("submit_result", OK), Reply.call("submit_result", "not JSON"));

        var failed = failed(run(request(ModelProvider.OPENAI, StageKind.TRIAGE)));

        assertThat(failed.kind()).isEqualTo(FailureKind.AGENT_RESULT);
        assertThat(failed.reason()).isEqualTo("The agent's result isn't what was asked for.");
        assertThat(failed.details()).containsExactly("/: expected one JSON object");
        assertThat(failed.usage().turns()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(ModelProvider.class)
    void aModelThatStopsIsRemindedOnce(ModelProvider kind) {
        provider.then(new Reply.Says("All done!"), Reply.call("submit_result", VERDICT));
        assertThat(run(request(kind, StageKind.TRIAGE))).isInstanceOf(AgentOutcome.Finished.class);
        assertThat(provider.asked().getLast().body().toString()).contains("You called no tool.");

        provider.then(new Reply.Silence(), new Reply.Silence());
        var failed = failed(run(request(kind, StageKind.TRIAGE)));
        assertThat(failed.kind()).isEqualTo(FailureKind.AGENT_RESULT);
        assertThat(failed.reason()).isEqualTo("The model stopped without a result.");
        assertThat(provider.asked().getLast().body().toString()).contains("(nothing)");
    }

    @ParameterizedTest
    @EnumSource(ModelProvider.class)
    void callsThatMakeNoSenseAreAnswered(ModelProvider kind) {
        provider.then(
                new Reply.Calls(List.of(
                        new Call("delete_everything", "{}"),
                        new Call("read_file", "this is no JSON"),
                        new Call("read_file", "{\"path\":7,\"mode\":\"x\"}"),
                        new Call("read_file", "{\"path\":\"absent\"}"))),
                Reply.call("submit_result", VERDICT));

        assertThat(run(request(kind, StageKind.TRIAGE))).isInstanceOf(AgentOutcome.Finished.class);
        assertThat(provider.asked().getLast().results())
                .containsExactly(
                        "Refused: there is no such tool here; there are read_file, list_files, search and submit_result",
                        "Refused: the arguments are no JSON object",
                        "Refused: /path: expected a string\n/: unknown field mode, expected only from, path, to",
                        "Refused: there is no such file");
    }

    @ParameterizedTest
    @EnumSource(ModelProvider.class)
    void aRefusalAndAnAnswerThatIsCutOffAreBadResults(ModelProvider kind) {
        provider.then(new Reply.Refuses(), new Reply.TooLong());

        assertThat(failed(run(request(kind, StageKind.TRIAGE))).reason()).isEqualTo("The model refused the work.");
        var cut = failed(run(request(kind, StageKind.TRIAGE)));
        assertThat(cut.kind()).isEqualTo(FailureKind.AGENT_RESULT);
        assertThat(cut.reason()).isEqualTo("The model's answer was cut off at its longest.");
        assertThat(cut.usage().inputTokens()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({"401", "402", "403", "404"})
    void aRefusedKeyIsAMatterOfAccess(int status) {
        provider.then(Reply.of(status));

        var failed = failed(run(request(ModelProvider.ANTHROPIC, StageKind.TRIAGE)));

        assertThat(failed.kind()).isEqualTo(FailureKind.ACCESS);
        assertThat(failed.reason())
                .isEqualTo("The model's provider refuses the key, the account or the model (HTTP " + status + ").");
        assertThat(provider.asked()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(ModelProvider.class)
    void aLimitSaysWhenItIsOver(ModelProvider kind) {
        provider.then(new Reply.Status(429, Map.of("Retry-After", "90"), "{}"));

        var failed = failed(run(request(kind, StageKind.TRIAGE)));

        assertThat(failed.kind()).isEqualTo(FailureKind.PROVIDER_LIMIT);
        assertThat(failed.retryAt()).contains(NOW.plusSeconds(90));
        assertThat(provider.asked()).hasSize(1);
    }

    @Test
    void anEmptyAccountIsNoLimitThatPasses() {
        provider.then(new Reply.Status(429, Map.of(), "{\"error\":{\"code\":\"insufficient_quota\"}}"));

        assertThat(failed(run(request(ModelProvider.OPENAI, StageKind.TRIAGE))).kind())
                .isEqualTo(FailureKind.ACCESS);
    }

    static Stream<Reply> outages() {
        return Stream.of(
                Reply.of(500),
                Reply.of(502),
                Reply.of(529),
                new Reply.Cut(),
                new Reply.Half(),
                new Reply.Status(200, Map.of(), "<html>"),
                new Reply.Status(200, Map.of(), "{\"surprise\":1}"),
                new Reply.Status(200, Map.of(), ""));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void anOutageIsAskedOnceMoreAndThenSaid(Reply outage) {
        for (ModelProvider kind : ModelProvider.values()) {
            int before = provider.asked().size();
            provider.then(outage, outage);

            assertThat(failed(run(request(kind, StageKind.TRIAGE))).kind()).isEqualTo(FailureKind.PROVIDER_OUTAGE);
            assertThat(provider.asked()).hasSize(before + 2);

            provider.then(outage, Reply.call("submit_result", VERDICT));
            assertThat(run(request(kind, StageKind.TRIAGE))).isInstanceOf(AgentOutcome.Finished.class);
        }
    }

    @Test
    void anAnswerThatNeverEndsIsAnOutage() {
        provider.then(new Reply.Stalls(), new Reply.Stalls());

        var outcome = run(
                request(ModelProvider.ANTHROPIC, StageKind.TRIAGE), InstantSource.fixed(NOW), Duration.ofMillis(100));

        assertThat(failed(outcome).kind()).isEqualTo(FailureKind.PROVIDER_OUTAGE);
    }

    @Test
    void theStagesTimeEndsAnAnswerThatDoesNotCome() {
        provider.then(new Reply.Stalls());
        var request = Requests.least(
                StageKind.TRIAGE, agent(ModelProvider.OPENAI, "m", 5, "MODEL_KEY"), Duration.ofMillis(300));

        var failed = failed(run(request, InstantSource.system(), Duration.ofMinutes(10)));

        assertThat(failed.kind()).isEqualTo(FailureKind.AGENT_TIMEOUT);
        assertThat(provider.asked()).hasSize(1);
    }

    @Test
    void theStagesTimeEndsALoopAndAProgram() {
        var request = Requests.least(
                StageKind.IMPLEMENT, agent(ModelProvider.OPENAI, "m", 5, "MODEL_KEY"), Duration.ofSeconds(1));
        provider.then(Reply.call("run", "{\"argv\":[\"sleep\",\"600\"],\"seconds\":600}"));

        assertThat(failed(run(request, InstantSource.system(), Duration.ofMinutes(10)))
                        .kind())
                .isEqualTo(FailureKind.AGENT_TIMEOUT);
        assertThat(provider.asked()).hasSize(1);
    }

    @Test
    void toolCallsAreCountedAndTheLastWordIsTheResults() {
        provider.otherwise(asked -> Reply.call("list_files", "{}"));

        var failed = failed(run(request(ModelProvider.GOOGLE, StageKind.TRIAGE)));

        assertThat(failed.kind()).isEqualTo(FailureKind.TURN_LIMIT);
        assertThat(failed.reason()).isEqualTo("The agent used up its 5 tool calls.");
        assertThat(provider.asked()).hasSize(7);
        assertThat(provider.asked().getLast().results().getLast())
                .isEqualTo("Refused: no tool call is left; call submit_result now with what there is");

        provider.otherwise(asked ->
                asked.results().size() < 6 ? Reply.call("list_files", "{}") : Reply.call("submit_result", VERDICT));
        assertThat(run(request(ModelProvider.GOOGLE, StageKind.TRIAGE))).isInstanceOf(AgentOutcome.Finished.class);
    }

    @Test
    void thePolicysPriceIsCountedAndLimits() {
        provider.otherwise(asked -> Reply.call("list_files", "{}"));
        prices.put("claude-haiku-4-5", new Price(TEN, ZERO, ZERO, ZERO));

        var money = failed(run(
                bounded(request(ModelProvider.OPENAI, StageKind.TRIAGE), OptionalInt.empty(), Usd.ofMicros(10_000))));

        assertThat(money.kind()).isEqualTo(FailureKind.TURN_LIMIT);
        assertThat(money.usage().cost()).isEqualTo(Usd.ofMicros(2 * 7000));
        assertThat(money.usage().priced()).isTrue();
    }

    @Test
    void turnsAndMoneyAreLimits() {
        provider.otherwise(asked -> Reply.call("list_files", "{}"));
        var request = request(ModelProvider.ANTHROPIC, StageKind.TRIAGE);

        var turns = failed(run(bounded(request, OptionalInt.of(3), Usd.ofMicros(1_000_000))));
        var money = failed(run(bounded(request, OptionalInt.empty(), Usd.ofMicros(2000))));

        assertThat(turns.kind()).isEqualTo(FailureKind.TURN_LIMIT);
        assertThat(turns.reason()).isEqualTo("The agent used up its 3 turns.");
        assertThat(turns.usage().turns()).isEqualTo(3);
        assertThat(money.kind()).isEqualTo(FailureKind.TURN_LIMIT);
        assertThat(money.reason()).isEqualTo("The agent used up the $0.01 that the issue had left.");
        assertThat(money.usage().cost()).isEqualTo(Usd.ofMicros(2060));
    }

    private static AgentRequest bounded(AgentRequest request, OptionalInt turns, Usd cost) {
        return new AgentRequest(
                request.agent(),
                request.stage(),
                request.leg(),
                request.issue(),
                request.plan(),
                request.feedback(),
                request.base(),
                new AgentRequest.Bounds(request.limits().time(), turns, cost),
                request.conversation(),
                request.diff());
    }

    @ParameterizedTest
    @EnumSource(ModelProvider.class)
    void aConversationThatIsTooLongIsCutOnce(ModelProvider kind) throws IOException {
        Files.writeString(tree.resolve("long.txt"), "word ".repeat(300) + "\n");
        provider.then(
                Reply.call("read_file", "{\"path\":\"long.txt\"}"),
                Reply.call("list_files", "{}"),
                Reply.of(400),
                Reply.call("submit_result", VERDICT));

        assertThat(run(request(kind, StageKind.TRIAGE))).isInstanceOf(AgentOutcome.Finished.class);

        assertThat(provider.asked().get(2).results().getFirst()).contains("word word");
        assertThat(provider.asked().getLast().results().getFirst())
                .matches("\\(15\\d\\d characters were here; they were left out to make room.*");
        assertThat(provider.asked().getLast().results().getLast()).contains("sum.txt");

        provider.then(Reply.call("list_files", "{}"), Reply.of(400));
        assertThat(failed(run(request(kind, StageKind.TRIAGE))).kind())
                .as("nothing to cut")
                .isEqualTo(FailureKind.AGENT_RESULT);
        provider.then(Reply.of(413));
        assertThat(failed(run(request(kind, StageKind.TRIAGE))).kind())
                .as("not even the first one is taken")
                .isEqualTo(FailureKind.ACCESS);
    }

    @Test
    void theOldestOutputsMakeRoomForNewOnes() throws IOException {
        Files.writeString(tree.resolve("long.txt"), ("x".repeat(99) + "\n").repeat(1000));
        provider.otherwise(asked -> asked.results().size() < 12
                ? new Reply.Calls(List.of(
                        new Call("read_file", "{\"path\":\"long.txt\"}"),
                        new Call("read_file", "{\"path\":\"long.txt\"}")))
                : Reply.call("submit_result", VERDICT));
        var request = Requests.least(
                StageKind.TRIAGE, agent(ModelProvider.OPENAI, "m", 20, "MODEL_KEY"), Duration.ofMinutes(30));

        assertThat(run(request)).isInstanceOf(AgentOutcome.Finished.class);

        assertThat(provider.asked())
                .allSatisfy(asked ->
                        assertThat(asked.body().toString().length()).isLessThan(4 * Conversation.WINDOW + 60_000));
        List<String> last = provider.asked().getLast().results();
        assertThat(last.getFirst()).startsWith("(4").contains("left out to make room");
        assertThat(last.getLast()).startsWith("[data 5f0c9a: long.txt, lines 1 to ");
    }

    @ParameterizedTest
    @EnumSource(ModelProvider.class)
    void aSmallWindowIsLearnedFromRefusals(ModelProvider kind) throws IOException {
        Files.writeString(tree.resolve("long.txt"), "x".repeat(99) + ("y".repeat(99) + "\n").repeat(100));
        provider.otherwise(asked -> asked.body().toString().length() > 80_000
                ? Reply.of(400)
                : asked.results().size() < 15
                        ? Reply.call("read_file", "{\"path\":\"long.txt\"}")
                        : Reply.call("submit_result", VERDICT));
        var request = Requests.least(StageKind.TRIAGE, agent(kind, "m", 20, "MODEL_KEY"), Duration.ofMinutes(30));

        assertThat(run(request)).isInstanceOf(AgentOutcome.Finished.class);

        assertThat(provider.asked().stream()
                        .filter(a -> a.body().toString().length() > 80_000)
                        .count())
                .isBetween(1L, 3L);
    }

    @ParameterizedTest
    @EnumSource(ModelProvider.class)
    void theKeyIsInOneHeaderAndNowhereElse(ModelProvider kind) throws IOException {
        environment.put("COPY_OF_IT", "prefix " + KEY);
        Files.writeString(tree.resolve("leak.txt"), "found " + KEY + "\n");
        provider.then(
                Reply.call("run", "{\"argv\":[\"env\"]}"),
                Reply.call("read_file", "{\"path\":\"leak.txt\"}"),
                Reply.call("submit_result", "{\"status\":\"ok\",\"summary\":\"the key is " + KEY + "\"}"));
        var request = Requests.least(
                StageKind.IMPLEMENT,
                agent(kind, "m", 5, "MODEL_KEY", "LANGUAGE_LEVEL", "COPY_OF_IT"),
                Duration.ofMinutes(30));

        AgentOutcome outcome = run(request);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        AgentOutcome.Finished.class,
                        finished ->
                                assertThat(finished.result().summary().raw()).isEqualTo("the key is (a key)"));
        assertThat(provider.asked()).hasSize(3).allSatisfy(asked -> {
            assertThat(asked.body().toString()).doesNotContain(KEY);
            assertThat(asked.path()).doesNotContain(KEY);
            var holders = new ArrayList<String>();
            asked.headers().forEach((name, values) -> {
                if (values.toString().contains(KEY)) {
                    holders.add(name);
                }
            });
            assertThat(holders)
                    .containsExactly(
                            switch (kind) {
                                case ANTHROPIC -> "X-api-key";
                                case OPENAI -> "Authorization";
                                case GOOGLE -> "X-goog-api-key";
                            });
        });
        assertThat(provider.asked().get(1).results().getFirst())
                .contains("LANGUAGE_LEVEL=25")
                .doesNotContain("MODEL_KEY", "COPY_OF_IT");
        assertThat(provider.asked().get(2).results().getLast()).contains("found (a key)");
    }

    @Test
    void aModelOnThisMachineNeedsNoKey() {
        provider.then(Reply.call("submit_result", VERDICT));
        var request = Requests.least(StageKind.TRIAGE, agent(ModelProvider.OPENAI, "llama", 5), Duration.ofMinutes(30));

        assertThat(run(request)).isInstanceOf(AgentOutcome.Finished.class);
        assertThat(provider.asked().getFirst().headers()).doesNotContainKey("Authorization");
    }

    @Test
    void whatIsMissingOfAKeyIsSaidBeforeAnythingIsSent() {
        environment.put("BROKEN_KEY", "two\nlines");
        environment.put("OTHER_KEY", "x");
        var far = new AgentOptions(Optional.of("openai"), Optional.of("https://models.invalid/v1"), Map.of(), 5);

        assertThat(reasonFor(far))
                .isEqualTo("Agent small lists no variable with its model's key, such as OPENAI_API_KEY, in env.");
        assertThat(reasonFor(far, "ABSENT_KEY")).isEqualTo("The variable with the key of agent small isn't set.");
        assertThat(reasonFor(far, "BROKEN_KEY")).isEqualTo("The variable with the key of agent small holds no key.");
        assertThat(reasonFor(far, "MODEL_KEY", "OTHER_KEY"))
                .isEqualTo("Agent small lists more than one variable that looks like a key: list its model's only.");
    }

    private String reasonFor(AgentOptions options, String... env) {
        var agent = new AgentSpec("small", AgentSpec.Kind.MODEL, Optional.of("m"), List.of(), List.of(env), options);
        var failed = failed(run(Requests.least(StageKind.TRIAGE, agent, Duration.ofMinutes(30))));
        assertThat(failed.kind()).isEqualTo(FailureKind.ACCESS);
        return failed.reason();
    }

    @Test
    void theModelsWordsOnFailureAreNotRepeated() {
        provider.then(
                Reply.call(
                        "submit_result",
                        "{\"status\":\"failed\",\"summary\":\"boo\",\"error\":{\"kind\":\"provider-limit\",\"message\":\"boo\"}}"));

        var failed = failed(run(request(ModelProvider.OPENAI, StageKind.IMPLEMENT)));

        assertThat(failed.kind()).isEqualTo(FailureKind.AGENT_RESULT);
        assertThat(failed.reason()).isEqualTo("The agent says that it can't be done.");
    }

    @Test
    void anotherKindIsNotForUs() {
        var request = Requests.least(StageKind.TRIAGE, Requests.agent(List.of("true")), Duration.ofMinutes(1));

        assertThatThrownBy(() -> run(request)).isInstanceOf(IllegalArgumentException.class);
    }
}
