package dev.pawl.domain.state;

import dev.pawl.domain.policy.Usd;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the issue has used.
 *
 * @param runs agent starts, since a person last lifted that limit
 * @param idle agent starts without progress since the last one, and stages without an agent that were begun again
 * @param cost money, all told
 * @param lifted the cost at which a person last lifted the limit on money
 * @param inputTokens tokens read, all told
 * @param outputTokens tokens written, all told
 * @param starts times of the agent starts within the last hour, oldest first
 */
public record Spending(
        int runs, int idle, Usd cost, Usd lifted, long inputTokens, long outputTokens, List<Instant> starts) {
    /** Nothing yet. */
    public static final Spending NONE = new Spending(0, 0, Usd.ZERO, Usd.ZERO, 0, 0, List.of());

    private static final long HOUR_SECONDS = 3600;

    public Spending {
        starts = List.copyOf(starts);
    }

    /** One more agent start. */
    public Spending start(Instant now) {
        var recent =
                Stream.concat(startsWithinHour(now).stream(), Stream.of(now)).toList();
        return new Spending(runs + 1, idle + 1, cost, lifted, inputTokens, outputTokens, recent);
    }

    /** A stage without an agent is begun again: an invocation died in it. */
    public Spending again() {
        return new Spending(runs, idle + 1, cost, lifted, inputTokens, outputTokens, starts);
    }

    /** The starts of the hour before {@code now}. */
    public List<Instant> startsWithinHour(Instant now) {
        return starts.stream()
                .filter(s -> s.isAfter(now.minusSeconds(HOUR_SECONDS)))
                .toList();
    }

    /** With what an agent run used. */
    public Spending use(Usd money, long input, long output) {
        return new Spending(runs, idle, cost.plus(money), lifted, inputTokens + input, outputTokens + output, starts);
    }

    /** After progress. */
    public Spending progressed() {
        return new Spending(runs, 0, cost, lifted, inputTokens, outputTokens, starts);
    }

    /** With the counts of starts forgiven. */
    public Spending startsForgiven() {
        return new Spending(0, 0, cost, lifted, inputTokens, outputTokens, List.of());
    }

    /** With the cost so far forgiven. */
    public Spending costForgiven() {
        return new Spending(runs, idle, cost, cost, inputTokens, outputTokens, starts);
    }

    /** The money that counts against the limit. */
    public Usd counted() {
        return Usd.ofMicros(cost.micros() - lifted.micros());
    }
}
