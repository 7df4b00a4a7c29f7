package dev.pawl.config;

import dev.pawl.domain.policy.Price;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code prices}: what models cost, in US dollars for a million tokens. */
final class PricesSection {
    private static final int MOST = 200;
    private static final String EXPECTED = "prices by the names of models";

    private PricesSection() {}

    /** The prices, by model. */
    static Value.Reader<Map<String, Price>> prices() {
        return value -> value.entries(EXPECTED).flatMap(entries -> {
            if (entries.size() > MOST) {
                return value.refused("more than " + MOST + " models", Optional.empty());
            }
            var prices = new LinkedHashMap<String, Price>();
            for (Yaml.Entry entry : entries) {
                if (!AgentsSection.isModel(entry.key())) {
                    Place place = value.place().below(entry.key(), entry.spot());
                    value.problems().add(place, "not a model's name", "Write it as its provider does.");
                }
                Section.with(PricesSection::price)
                        .read(value.below(entry))
                        .ifPresent(price -> prices.put(entry.key(), price));
            }
            return Optional.of(prices);
        });
    }

    private static Optional<Price> price(Section section) {
        String hint = "Such as {input: 3, output: 15}, in US dollars for a million tokens.";
        Optional<BigDecimal> input = section.need("input", Amounts.price(), hint);
        Optional<BigDecimal> output = section.need("output", Amounts.price(), hint);
        Optional<BigDecimal> read = section.read("cache_read", Amounts.price());
        Optional<BigDecimal> write = section.read("cache_write", Amounts.price());
        return input.flatMap(in -> output.map(out -> new Price(in, read.orElse(in), write.orElse(in), out)));
    }
}
