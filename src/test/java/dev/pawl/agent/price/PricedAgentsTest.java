package dev.pawl.agent.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.agent.Requests;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.Price;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the runs of agents cost that don't say it. */
class PricedAgentsTest {
    private static final Prices PRICES = new Prices(Map.of(
            "known", price(2, 1, 4, 10),
            "free", price(0, 0, 0, 0)));

    private static Price price(int input, int read, int write, int output) {
        return new Price(
                BigDecimal.valueOf(input),
                BigDecimal.valueOf(read),
                BigDecimal.valueOf(write),
                BigDecimal.valueOf(output));
    }

    private static Usage used(Optional<String> said, Usd cost, Usage.Cache cache) {
        return new Usage(said, 1000, 100, cost, 3, cache, true);
    }

    private static Usage run(AgentSpec.Kind kind, String model, Usage usage) {
        var agent =
                new AgentSpec("mine", kind, Optional.of(model).filter(m -> !m.isEmpty()), List.of("./a"), List.of());
        var failed = new AgentOutcome.Failed(
                FailureKind.AGENT_CRASH, "why", List.of("d"), Optional.of(Instant.EPOCH), usage);
        var outcome = new PricedAgents((_, _) -> failed, PRICES)
                .run(Requests.least(StageKind.PLAN, agent, Duration.ofMinutes(1)), Path.of("tree"));
        assertThat(outcome)
                .isEqualTo(new AgentOutcome.Failed(
                        FailureKind.AGENT_CRASH, "why", List.of("d"), Optional.of(Instant.EPOCH), outcome.usage()));
        return outcome.usage();
    }

    @ParameterizedTest
    @EnumSource(
            value = AgentSpec.Kind.class,
            names = {"COMMAND", "MODEL"},
            mode = EnumSource.Mode.EXCLUDE)
    void tokensCostWhatTheirModelCosts(AgentSpec.Kind kind) {
        Usage plain = run(kind, "known", used(Optional.empty(), Usd.ZERO, Usage.Cache.NONE));
        assertThat(plain.cost()).isEqualTo(Usd.ofMicros(2 * 1000 + 10 * 100));
        assertThat(plain.priced()).isTrue();

        Usage cached = run(kind, "known", used(Optional.empty(), Usd.ZERO, new Usage.Cache(600, 300)));
        assertThat(cached.cost()).isEqualTo(Usd.ofMicros(2 * 100 + 600 + 4 * 300 + 10 * 100));
    }

    @Test
    void theModelThatWasUsedCountsBeforeTheOneThatWasAskedFor() {
        assertThat(run(AgentSpec.Kind.QWEN, "free", used(Optional.of("known"), Usd.ZERO, Usage.Cache.NONE))
                        .cost())
                .isEqualTo(Usd.ofMicros(3000));
        assertThat(run(AgentSpec.Kind.QWEN, "known", used(Optional.of("an alias"), Usd.ZERO, Usage.Cache.NONE))
                        .cost())
                .isEqualTo(Usd.ofMicros(3000));
    }

    @Test
    void whoSaysMoneyIsBelieved() {
        Usage said = used(Optional.of("known"), Usd.ofMicros(7), Usage.Cache.NONE);

        assertThat(run(AgentSpec.Kind.OPENCODE, "known", said)).isEqualTo(said);
    }

    @Test
    void whatHasNoPriceIsUnknownAndWhatCostsNothingIsNot() {
        Usage unknown = run(AgentSpec.Kind.CODEX, "", used(Optional.empty(), Usd.ZERO, Usage.Cache.NONE));
        assertThat(unknown.cost()).isEqualTo(Usd.ZERO);
        assertThat(unknown.unpricedTokens()).isEqualTo(1100);

        Usage free = run(AgentSpec.Kind.CODEX, "free", used(Optional.empty(), Usd.ZERO, Usage.Cache.NONE));
        assertThat(free.cost()).isEqualTo(Usd.ZERO);
        assertThat(free.unpricedTokens()).isZero();

        assertThat(run(AgentSpec.Kind.CODEX, "", Usage.NONE)).isEqualTo(Usage.NONE);
    }

    @Test
    void moreCachedThanReadIsNoGain() {
        Usage odd = run(AgentSpec.Kind.COPILOT, "known", used(Optional.empty(), Usd.ZERO, new Usage.Cache(5000, 5000)));

        assertThat(odd.cost()).isEqualTo(Usd.ofMicros(1000 + 10 * 100));
    }

    @ParameterizedTest
    @EnumSource(
            value = AgentSpec.Kind.class,
            names = {"COMMAND", "MODEL"})
    void whoCountsItselfIsLeftAlone(AgentSpec.Kind kind) {
        Usage said = used(Optional.of("known"), Usd.ZERO, Usage.Cache.NONE);

        assertThat(run(kind, "known", said)).isEqualTo(said);
    }
}
