package dev.pawl.domain.policy;

import java.math.BigDecimal;

/**
 * What a model costs, in US dollars for a million tokens.
 *
 * @param input read
 * @param cacheRead read from a cache
 * @param cacheWrite read, and written into a cache
 * @param output written
 */
public record Price(BigDecimal input, BigDecimal cacheRead, BigDecimal cacheWrite, BigDecimal output) {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    /**
     * What so many tokens cost, rounded up.
     *
     * @param fresh read, and in no cache before or after
     * @param cached read from a cache
     * @param stored read, and written into a cache
     * @param written written
     */
    public Usd of(long fresh, long cached, long stored, long written) {
        BigDecimal all = input.multiply(BigDecimal.valueOf(fresh))
                .add(cacheRead.multiply(BigDecimal.valueOf(cached)))
                .add(cacheWrite.multiply(BigDecimal.valueOf(stored)))
                .add(output.multiply(BigDecimal.valueOf(written)));
        return Usd.of(all.divide(MILLION));
    }
}
