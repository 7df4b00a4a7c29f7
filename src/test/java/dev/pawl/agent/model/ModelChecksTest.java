package dev.pawl.agent.model;

import static dev.pawl.domain.report.Finding.Level.PROBLEM;
import static dev.pawl.domain.report.Finding.Level.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.agent.model.ScriptedProvider.Reply;
import dev.pawl.agent.price.Prices;
import dev.pawl.domain.Collected;
import dev.pawl.domain.policy.AgentOptions;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.ModelProvider;
import dev.pawl.domain.report.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is found of the built-in agent, with a provider on this machine. */
class ModelChecksTest {
    private static final String KEY = "sk-canary-4711";

    private final ScriptedProvider provider = new ScriptedProvider().otherwise(_ -> new Reply.Says("ok"));

    @AfterEach
    void close() {
        provider.close();
    }

    @ParameterizedTest
    @EnumSource(ModelProvider.class)
    void oneRequestForOneTokenIsSent(ModelProvider kind) {
        Collected seen = look(agent(kind, "claude-haiku-4-5", "MODEL_KEY"), Map.of("MODEL_KEY", KEY), true);

        assertThat(seen.of("call").says()).startsWith("It answered in 0.0 s: 1000 tokens read, 50 written, ");
        assertThat(provider.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.provider()).isEqualTo(kind);
            assertThat(asked.tools()).containsExactly("done");
            assertThat(asked.body().toString()).hasSizeLessThan(600);
            switch (kind) {
                case ANTHROPIC ->
                    assertThat(asked.body().path("max_tokens").asInt()).isEqualTo(1);
                case GOOGLE ->
                    assertThat(asked.body()
                                    .at("/generationConfig/maxOutputTokens")
                                    .asInt())
                            .isEqualTo(1);
                case OPENAI ->
                    assertThat(asked.body().has("max_tokens"))
                            .as("its name differs")
                            .isFalse();
            }
        });
    }

    @Test
    void anAgentThatWorksIsFoundWellInEachPart() {
        assertThat(look(agent(ModelProvider.ANTHROPIC, "claude-haiku-4-5", "MODEL_KEY"), Map.of("MODEL_KEY", KEY), true)
                        .findings())
                .containsExactly(
                        Finding.ok("agents.small", "program", "It is a part of Pawl."),
                        Finding.ok("agents.small", "key", "MODEL_KEY is set."),
                        Finding.ok(
                                "agents.small", "call", "It answered in 0.0 s: 1000 tokens read, 50 written, $0.01."));
    }

    @Test
    void anAnswerThatIsCutOffIsAnAnswer() {
        provider.then(new Reply.TooLong());

        assertThat(look(agent(ModelProvider.GOOGLE, "gemini-2.5-pro", "MODEL_KEY"), Map.of("MODEL_KEY", KEY), true)
                        .of("call")
                        .level())
                .isEqualTo(Finding.Level.OK);
    }

    @Test
    void withoutACallNothingIsSent() {
        assertThat(look(
                                agent(ModelProvider.ANTHROPIC, "claude-haiku-4-5", "MODEL_KEY"),
                                Map.of("MODEL_KEY", KEY),
                                false)
                        .findings())
                .extracting(Finding::check)
                .containsExactly("program", "key");
        assertThat(provider.asked()).isEmpty();
    }

    @Test
    void aModelWithoutAPriceIsNoted() {
        assertThat(look(agent(ModelProvider.OPENAI, "my-model", "MODEL_KEY"), Map.of("MODEL_KEY", KEY), false)
                        .of("price"))
                .isEqualTo(Finding.note(
                        "agents.small",
                        "price",
                        "Pawl doesn't know the price of my-model: it counts as 0, and limits on money don't hold.",
                        "Name it in the policy's prices, or set a limit at the provider."));
    }

    @Test
    void aMissingKeyIsSaidWithWhatToDoAndNothingIsSent() {
        var far = new AgentOptions(Optional.of("anthropic"), Optional.of("https://models.invalid"), Map.of(), 300);
        var agent = new AgentSpec(
                "small", AgentSpec.Kind.MODEL, Optional.of("claude-haiku-4-5"), List.of(), List.of("MODEL_KEY"), far);

        assertThat(look(agent, Map.of(), true).findings())
                .containsExactly(
                        Finding.ok("agents.small", "program", "It is a part of Pawl."),
                        Finding.problem(
                                "agents.small",
                                "key",
                                "The variable with the key of agent small isn't set.",
                                "Give MODEL_KEY a value: in the environment here, and in the workflow's step by env:"
                                        + " {MODEL_KEY: \"${{ secrets.MODEL_KEY }}\"}."));
    }

    @ParameterizedTest
    @CsvSource({
        "401, PROBLEM, 'The model''s provider refuses the key, the account or the model (HTTP 401).'",
        "404, PROBLEM, 'The model''s provider refuses the key, the account or the model (HTTP 404).'",
        "400, PROBLEM, The model's provider doesn't take the request (HTTP 400).",
        "429, UNREACHABLE, The model's provider limits us (HTTP 429). It named 2026-11-21T10:00:30Z.",
        "503, UNREACHABLE, The model's provider doesn't answer (HTTP 503)."
    })
    void whatAProviderAnswersIsToldApart(int status, Finding.Level level, String says) {
        provider.then(new Reply.Status(status, status == 429 ? Map.of("retry-after", "30") : Map.of(), "{}"));

        Finding call = look(
                        agent(ModelProvider.ANTHROPIC, "claude-haiku-4-5", "MODEL_KEY"), Map.of("MODEL_KEY", KEY), true)
                .of("call");

        assertThat(call.level()).isEqualTo(level);
        assertThat(call.says()).isEqualTo(says);
        assertThat(provider.asked()).hasSize(1);
    }

    @Test
    void aProviderThatStallsIsUnreachable() {
        provider.then(new Reply.Stalls());

        var agent = agent(ModelProvider.OPENAI, "m", "MODEL_KEY");

        assertThat(look(agent, Map.of("MODEL_KEY", KEY), true, Duration.ofSeconds(2))
                        .of("call")
                        .level())
                .isEqualTo(UNREACHABLE);
    }

    @Test
    void twoKeysAreOneTooMany() {
        var agent = agent(ModelProvider.OPENAI, "m", "A_KEY", "B_TOKEN");

        assertThat(look(agent, Map.of("A_KEY", KEY), true).of("key").level()).isEqualTo(PROBLEM);
    }

    private AgentSpec agent(ModelProvider kind, String model, String... env) {
        var options = new AgentOptions(Optional.of(kind.word()), Optional.of(provider.base(kind)), Map.of(), 300);
        return new AgentSpec("small", AgentSpec.Kind.MODEL, Optional.of(model), List.of(), List.of(env), options);
    }

    private static Collected look(AgentSpec agent, Map<String, String> environment, boolean call) {
        return look(agent, environment, call, Duration.ofMinutes(1));
    }

    private static Collected look(AgentSpec agent, Map<String, String> environment, boolean call, Duration patience) {
        var clock = InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));
        var collected = new Collected();
        new ModelChecks(environment, clock, patience, new Prices(Map.of())).look(agent, call, collected);
        assertThat(collected.findings().toString()).doesNotContain(KEY);
        return collected;
    }
}
