package dev.pawl.domain.port;

import dev.pawl.domain.policy.Price;
import dev.pawl.domain.policy.Usd;
import java.util.Optional;

/**
 * What one agent run used.
 *
 * @param model the model, where it was said
 * @param inputTokens tokens read
 * @param outputTokens tokens written
 * @param cost money
 * @param turns model turns
 * @param cache which of the tokens read have a price of their own, where it was said
 * @param priced whether the money is known; where it isn't, it is nothing
 */
public record Usage(
        Optional<String> model, long inputTokens, long outputTokens, Usd cost, int turns, Cache cache, boolean priced) {
    /** Nothing, or nothing said. */
    public static final Usage NONE = new Usage(Optional.empty(), 0, 0, Usd.ZERO, 0);

    /**
     * Tokens that were read with the help of a cache.
     *
     * @param read from it
     * @param written into it
     */
    public record Cache(long read, long written) {
        /** None. */
        public static final Cache NONE = new Cache(0, 0);
    }

    /** One that says nothing of caches. */
    public Usage(Optional<String> model, long inputTokens, long outputTokens, Usd cost, int turns) {
        this(model, inputTokens, outputTokens, cost, turns, Cache.NONE, true);
    }

    /** The same with what its tokens cost at a price; what is said of a cache never makes it less than nothing. */
    public Usage at(Price price) {
        long cached = Math.min(cache.read(), inputTokens);
        long stored = Math.min(cache.written(), inputTokens - cached);
        Usd known = price.of(inputTokens - cached - stored, cached, stored, outputTokens);
        return new Usage(model, inputTokens, outputTokens, known, turns, cache, true);
    }

    /** The same, at a price that nobody knows. */
    public Usage withoutPrice() {
        return new Usage(model, inputTokens, outputTokens, Usd.ZERO, turns, cache, false);
    }

    /** The tokens whose price isn't known. */
    public long unpricedTokens() {
        return priced ? 0 : inputTokens + outputTokens;
    }
}
