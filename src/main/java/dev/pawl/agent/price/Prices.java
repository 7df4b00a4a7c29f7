package dev.pawl.agent.price;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.agent.result.StrictJson;
import dev.pawl.domain.policy.ModelProvider;
import dev.pawl.domain.policy.Price;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What models cost: by the policy, and where it says nothing by a table with a date. A model that is in neither has no
 * price.
 */
public final class Prices {
    private static final JsonNode TABLE = StrictJson.resource("/dev/pawl/prices.json");

    /** What may follow a model's name without making it another model: a date, or a word for the newest one. */
    private static final Pattern EDITION = Pattern.compile("-(\\d{8}|\\d{4}-\\d{2}-\\d{2}|latest|preview)");

    private final Map<String, Price> own;

    /**
     * @param own the policy's prices, by the names of models
     */
    public Prices(Map<String, Price> own) {
        this.own = Map.copyOf(own);
    }

    /** The price of a provider's model. */
    public Optional<Price> of(ModelProvider provider, String model) {
        return own(model).or(() -> listed(provider, model));
    }

    /** The price of a model, whoever provides it; the provider may stand before its name, with a slash. */
    public Optional<Price> of(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1);
        return own(model)
                .or(() -> own(name))
                .or(() -> Stream.of(ModelProvider.values())
                        .flatMap(provider -> listed(provider, name).stream())
                        .findFirst());
    }

    private Optional<Price> own(String model) {
        return Optional.ofNullable(own.get(model))
                .or(() -> own.entrySet().stream()
                        .filter(e -> same(model, e.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }

    private static Optional<Price> listed(ModelProvider provider, String model) {
        return TABLE.get("models").get(provider.word()).properties().stream()
                .filter(row -> same(model, row.getKey()))
                .map(row -> price(row.getValue()))
                .findFirst();
    }

    private static boolean same(String model, String name) {
        return model.equals(name)
                || (model.startsWith(name)
                        && EDITION.matcher(model.substring(name.length())).matches());
    }

    private static Price price(JsonNode row) {
        BigDecimal input = row.get("input").decimalValue();
        return new Price(
                input,
                row.get("cached").decimalValue(),
                row.has("stored") ? row.get("stored").decimalValue() : input,
                row.get("output").decimalValue());
    }
}
