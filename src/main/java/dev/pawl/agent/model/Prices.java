package dev.pawl.agent.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.agent.model.wire.Answer;
import dev.pawl.agent.result.StrictJson;
import dev.pawl.domain.policy.ModelProvider;
import dev.pawl.domain.policy.Usd;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What models cost, by a table with a date. A model that isn't in it has no price, and costs nothing as far as we know. */
public final class Prices {
    private static final JsonNode TABLE = StrictJson.resource("/dev/pawl/prices.json");
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    /** What may follow a model's name without making it another model: a date, or a word for the newest one. */
    private static final Pattern EDITION = Pattern.compile("-(\\d{8}|\\d{4}-\\d{2}-\\d{2}|latest|preview)");

    private Prices() {}

    /**
     * The price of a model.
     *
     * @param input US dollars for a million tokens read
     * @param cached for a million read from a cache
     * @param stored for a million read and written into a cache
     * @param output for a million written
     */
    public record Price(BigDecimal input, BigDecimal cached, BigDecimal stored, BigDecimal output) {
        /** What a call cost, rounded up. */
        public Usd of(Answer.Tokens tokens) {
            BigDecimal all = input.multiply(BigDecimal.valueOf(tokens.fresh()))
                    .add(cached.multiply(BigDecimal.valueOf(tokens.cached())))
                    .add(stored.multiply(BigDecimal.valueOf(tokens.stored())))
                    .add(output.multiply(BigDecimal.valueOf(tokens.output())));
            return Usd.of(all.divide(MILLION));
        }
    }

    /** The price of a model; empty when the table doesn't know it. */
    public static Optional<Price> of(ModelProvider provider, String model) {
        for (Map.Entry<String, JsonNode> row :
                TABLE.get("models").get(provider.word()).properties()) {
            String name = row.getKey();
            boolean same = model.equals(name)
                    || (model.startsWith(name)
                            && EDITION.matcher(model.substring(name.length())).matches());
            if (same) {
                JsonNode price = row.getValue();
                BigDecimal input = price.get("input").decimalValue();
                return Optional.of(new Price(
                        input,
                        price.get("cached").decimalValue(),
                        price.has("stored") ? price.get("stored").decimalValue() : input,
                        price.get("output").decimalValue()));
            }
        }
        return Optional.empty();
    }
}
