package dev.pawl.agent.price;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.agent.result.StrictJson;
import dev.pawl.domain.policy.ModelProvider;
import dev.pawl.domain.policy.Price;
import dev.pawl.domain.policy.Usd;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PricesTest {
    private static final Price OURS = new Price(BigDecimal.ONE, BigDecimal.TWO, BigDecimal.TEN, BigDecimal.valueOf(4));
    private final Prices table = new Prices(Map.of());

    @Test
    void theTableIsWhole() {
        JsonNode json = StrictJson.resource("/dev/pawl/prices.json");

        assertThat(LocalDate.parse(json.get("as_of").asText())).isAfter(LocalDate.of(2026, 1, 1));
        assertThat(json.get("source").asText()).isNotBlank();
        for (ModelProvider provider : ModelProvider.values()) {
            for (Map.Entry<String, JsonNode> row :
                    json.get("models").get(provider.word()).properties()) {
                var price = table.of(provider, row.getKey()).orElseThrow();
                assertThat(price.cacheRead()).as(row.getKey()).isPositive().isLessThan(price.input());
                assertThat(price.cacheWrite()).as(row.getKey()).isGreaterThanOrEqualTo(price.input());
                assertThat(price.output()).as(row.getKey()).isGreaterThan(price.input());
            }
        }
    }

    @Test
    void aCallCostsWhatItsTokensCost() {
        var price = table.of(ModelProvider.ANTHROPIC, "claude-haiku-4-5").orElseThrow();

        assertThat(price.of(1_000_000, 0, 0, 0)).isEqualTo(Usd.ofMicros(1_000_000));
        assertThat(price.of(0, 1_000_000, 1_000_000, 1_000_000))
                .isEqualTo(Usd.ofMicros(100_000 + 1_250_000 + 5_000_000));
        assertThat(price.of(0, 1, 0, 0)).as("rounded up").isEqualTo(Usd.ofMicros(1));
    }

    @Test
    void anEditionOfAModelCostsWhatTheModelCosts() {
        assertThat(table.of(ModelProvider.ANTHROPIC, "claude-haiku-4-5-20251001"))
                .isPresent();
        assertThat(table.of(ModelProvider.OPENAI, "gpt-5-mini-2025-08-07")).isPresent();
        assertThat(table.of(ModelProvider.OPENAI, "gpt-5.4-mini"))
                .isNotEqualTo(table.of(ModelProvider.OPENAI, "gpt-5.4"));
        assertThat(table.of(ModelProvider.OPENAI, "gpt-5.4-huge")).isEmpty();
        assertThat(table.of(ModelProvider.GOOGLE, "claude-haiku-4-5")).isEmpty();
    }

    @Test
    void aModelIsFoundWhoeverProvidesIt() {
        var haiku = table.of(ModelProvider.ANTHROPIC, "claude-haiku-4-5");

        assertThat(haiku).isPresent();
        assertThat(table.of("claude-haiku-4-5")).isEqualTo(haiku);
        assertThat(table.of("anthropic/claude-haiku-4-5-20251001")).isEqualTo(haiku);
        assertThat(table.of("gemini-3.5-flash")).isPresent();
        assertThat(table.of("nobody/knows")).isEmpty();
        assertThat(table.of("")).isEmpty();
    }

    @Test
    void thePolicysPricesStandBeforeTheTable() {
        var prices = new Prices(Map.of("claude-haiku-4-5", OURS, "own/model", OURS, "plain", OURS));

        assertThat(prices.of(ModelProvider.ANTHROPIC, "claude-haiku-4-5")).contains(OURS);
        assertThat(prices.of(ModelProvider.ANTHROPIC, "claude-haiku-4-5-20251001"))
                .contains(OURS);
        assertThat(prices.of(ModelProvider.OPENAI, "own/model")).contains(OURS);
        assertThat(prices.of("own/model")).contains(OURS);
        assertThat(prices.of("somebody/plain")).contains(OURS);
        assertThat(prices.of("model")).isEmpty();
        assertThat(prices.of("claude-opus-5")).isEqualTo(table.of("claude-opus-5"));
    }

    @Test
    void theNearerNameWins() {
        var dear = new Price(BigDecimal.TEN, BigDecimal.TEN, BigDecimal.TEN, BigDecimal.TEN);
        var prices = new Prices(Map.of("m", OURS, "m-20260101", dear));

        assertThat(prices.of("m-20260101")).contains(dear);
        assertThat(prices.of("m-20260102")).contains(OURS);
    }
}
