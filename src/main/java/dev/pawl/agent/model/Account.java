package dev.pawl.agent.model;

import dev.pawl.agent.model.wire.Answer;
import dev.pawl.domain.policy.Price;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.Usage;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run has used so far. */
final class Account {
    private static final Logger LOG = LoggerFactory.getLogger(Account.class);

    private final String model;
    private final Optional<Price> price;
    private long input;
    private long output;
    private long cached;
    private long stored;
    private Usd cost = Usd.ZERO;
    private int calls;

    Account(String model, Optional<Price> price) {
        this.model = model;
        this.price = price;
        if (price.isEmpty()) {
            LOG.warn(
                    "event=no-price model={} note=\"its cost is unknown and counts as 0; the policy's prices may name it\"",
                    model);
        }
    }

    void add(Answer.Tokens tokens) {
        calls++;
        input += tokens.input();
        output += tokens.output();
        cached += tokens.cached();
        stored += tokens.stored();
        cost = cost.plus(price.map(p -> p.of(tokens.fresh(), tokens.cached(), tokens.stored(), tokens.output()))
                .orElse(Usd.ZERO));
    }

    int calls() {
        return calls;
    }

    Usd cost() {
        return cost;
    }

    Usage usage() {
        return new Usage(
                Optional.of(model), input, output, cost, calls, new Usage.Cache(cached, stored), price.isPresent());
    }
}
