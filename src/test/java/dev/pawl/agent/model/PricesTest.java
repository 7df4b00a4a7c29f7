package dev.pawl.agent.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.agent.model.wire.Answer;
import dev.pawl.agent.result.StrictJson;
import dev.pawl.domain.policy.ModelProvider;
import dev.pawl.domain.policy.Usd;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PricesTest {
    @Test
    void theTableIsWhole() {
        JsonNode table = StrictJson.resource("/dev/pawl/prices.json");

        assertThat(LocalDate.parse(table.get("as_of").asText())).isAfter(LocalDate.of(2026, 1, 1));
        assertThat(table.get("source").asText()).isNotBlank();
        for (ModelProvider provider : ModelProvider.values()) {
            for (Map.Entry<String, JsonNode> row :
                    table.get("models").get(provider.word()).properties()) {
                var price = Prices.of(provider, row.getKey()).orElseThrow();
                assertThat(price.cached()).as(row.getKey()).isPositive().isLessThan(price.input());
                assertThat(price.stored()).as(row.getKey()).isGreaterThanOrEqualTo(price.input());
                assertThat(price.output()).as(row.getKey()).isGreaterThan(price.input());
            }
        }
    }

    @Test
    void aCallCostsWhatItsTokensCost() {
        var price = Prices.of(ModelProvider.ANTHROPIC, "claude-haiku-4-5").orElseThrow();

        assertThat(price.of(new Answer.Tokens(1_000_000, 0, 0, 0))).isEqualTo(Usd.ofMicros(1_000_000));
        assertThat(price.of(new Answer.Tokens(0, 1_000_000, 1_000_000, 1_000_000)))
                .isEqualTo(Usd.ofMicros(100_000 + 1_250_000 + 5_000_000));
        assertThat(price.of(new Answer.Tokens(0, 1, 0, 0))).as("rounded up").isEqualTo(Usd.ofMicros(1));
    }

    @Test
    void anEditionOfAModelCostsWhatTheModelCosts() {
        assertThat(Prices.of(ModelProvider.ANTHROPIC, "claude-haiku-4-5-20251001"))
                .isPresent();
        assertThat(Prices.of(ModelProvider.OPENAI, "gpt-5-mini-2025-08-07")).isPresent();
        assertThat(Prices.of(ModelProvider.OPENAI, "gpt-5.4-mini"))
                .isNotEqualTo(Prices.of(ModelProvider.OPENAI, "gpt-5.4"));
        assertThat(Prices.of(ModelProvider.OPENAI, "gpt-5.4-huge")).isEmpty();
        assertThat(Prices.of(ModelProvider.GOOGLE, "claude-haiku-4-5")).isEmpty();
    }
}
