package dev.pawl.sandbox.fault;

import java.time.Instant;
import java.util.random.RandomGenerator;

/** When a fault strikes, among the requests that it is about. */
public sealed interface Span {
    /** Always. */
    Span ALWAYS = from(1);

    /**
     * From one request on, so often.
     *
     * @param first the first one is 1
     * @param times how often
     */
    record Some(int first, int times) implements Span {}

    /**
     * Until a moment of the forge's clock.
     *
     * @param end the moment
     */
    record Until(Instant end) implements Span {}

    /**
     * By chance.
     *
     * @param percent how likely
     */
    record Chance(int percent) implements Span {}

    /** Once, at the first request. */
    static Span once() {
        return at(1);
    }

    /** Once, at that request. */
    static Span at(int number) {
        return new Some(number, 1);
    }

    /** The first requests. */
    static Span first(int times) {
        return new Some(1, times);
    }

    /** That request and all after it. */
    static Span from(int number) {
        return new Some(number, Integer.MAX_VALUE);
    }

    /** Whether it strikes at that request, counted from 1. */
    default boolean holds(int number, Instant now, RandomGenerator random) {
        return switch (this) {
            case Some(int first, int times) -> number >= first && number - first < times;
            case Until(Instant end) -> now.isBefore(end);
            case Chance(int percent) -> random.nextInt(100) < percent;
        };
    }
}
