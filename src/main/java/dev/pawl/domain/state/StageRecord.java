package dev.pawl.domain.state;

import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * One stage of a run.
 *
 * @param kind which stage
 * @param status where it stands
 * @param attempts how often it was started
 * @param failures how often it failed, by kind, since somebody last forgave it
 * @param last the last failure's kind, until the next success
 * @param result what came of it, in our own words
 * @param seconds wall-clock time of all its attempts
 * @param cost money of all its attempts
 * @param tokens tokens of all its attempts
 */
public record StageRecord(
        StageKind kind,
        StageStatus status,
        int attempts,
        Map<FailureKind, Integer> failures,
        Optional<FailureKind> last,
        String result,
        long seconds,
        Usd cost,
        Tokens tokens) {
    public StageRecord {
        failures = Map.copyOf(failures);
        if (attempts < 0 || seconds < 0) {
            throw new IllegalArgumentException("counts are not negative: " + kind);
        }
    }

    /**
     * Tokens.
     *
     * @param input read
     * @param output written
     * @param unpriced those among them whose price isn't known
     */
    public record Tokens(long input, long output, long unpriced) {
        /** None. */
        public static final Tokens NONE = new Tokens(0, 0, 0);

        /** Both together. */
        public Tokens plus(Tokens other) {
            return new Tokens(input + other.input, output + other.output, unpriced + other.unpriced);
        }
    }

    /** A stage that wasn't started yet. */
    public static StageRecord pending(StageKind kind) {
        return new StageRecord(kind, StageStatus.PENDING, 0, Map.of(), Optional.empty(), "", 0, Usd.ZERO, Tokens.NONE);
    }

    /** How often it failed in that way. */
    public int failed(FailureKind failure) {
        return failures.getOrDefault(failure, 0);
    }

    /** How many attempts its failures used up. */
    public int attemptsUsed() {
        return failures.entrySet().stream()
                .filter(e -> e.getKey().cost() == FailureKind.Cost.ATTEMPT)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** Started: one more attempt, unless it is the same one that a crash cut short, or that waited for a workflow. */
    public StageRecord started() {
        boolean same = status == StageStatus.RUNNING || (status == StageStatus.WAITING && kind == StageKind.VALIDATE);
        int count = same ? attempts : attempts + 1;
        return new StageRecord(kind, StageStatus.RUNNING, count, failures, last, result, seconds, cost, tokens);
    }

    /** Ended in that way, after so long and for so much. A success gives the attempts back. */
    public StageRecord ended(StageStatus end, String outcome, long took, Usd spent) {
        Optional<FailureKind> failure = end.passed() ? Optional.empty() : last;
        var kept = new EnumMap<FailureKind, Integer>(FailureKind.class);
        kept.putAll(failures);
        kept.keySet().removeIf(f -> end.passed() && f.cost() == FailureKind.Cost.ATTEMPT);
        return new StageRecord(kind, end, attempts, kept, failure, outcome, seconds + took, cost.plus(spent), tokens);
    }

    /** With tokens that an agent used. */
    public StageRecord used(Tokens more) {
        return new StageRecord(kind, status, attempts, failures, last, result, seconds, cost, tokens.plus(more));
    }

    /** With a remark on its result, where it has one. */
    public StageRecord remarked(String words) {
        return result.isEmpty()
                ? this
                : new StageRecord(kind, status, attempts, failures, last, result + "; " + words, seconds, cost, tokens);
    }

    /** With one more failure of that kind. */
    public StageRecord withFailure(FailureKind failure) {
        var counted = new EnumMap<FailureKind, Integer>(FailureKind.class);
        counted.putAll(failures);
        counted.merge(failure, 1, Integer::sum);
        return new StageRecord(kind, status, attempts, counted, Optional.of(failure), result, seconds, cost, tokens);
    }

    /** With every failure forgiven. */
    public StageRecord forgiven() {
        return new StageRecord(kind, status, attempts, Map.of(), Optional.empty(), result, seconds, cost, tokens);
    }

    /** With another status and nothing else changed. */
    public StageRecord as(StageStatus other) {
        return new StageRecord(kind, other, attempts, failures, last, result, seconds, cost, tokens);
    }
}
