package dev.pawl.forge.github.http;

import dev.pawl.domain.port.ForgeFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles writes of unknown outcome: looks for the effect by its natural key, adopts it where it is there, and repeats
 * the write once where it isn't. Lists lag behind writes by seconds: what the forge itself makes only once is looked for
 * twice, what it would make twice until it must have shown.
 */
public final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(4);

    /** {@link dev.pawl.domain.port.Lag#LONGEST} together. */
    private static final List<Duration> UNTIL_IT_SHOWS =
            List.of(SOON, LATER, Duration.ofSeconds(10), Duration.ofSeconds(15));

    private final Transport transport;

    /** Settles what goes over that transport. */
    public Settlement(Transport transport) {
        this.transport = transport;
    }

    /**
     * Writes what the forge makes only once, however often it is asked.
     *
     * @param attempt sends the write; throws {@link UnknownOutcome}
     * @param lookUp finds the effect, by what identifies it; empty when it isn't there
     * @throws ForgeFailure when it stays unknown
     */
    public <T> T settle(Supplier<T> attempt, Supplier<Optional<T>> lookUp) {
        try {
            return attempt.get();
        } catch (UnknownOutcome first) {
            LOG.info("outcome=unknown request=\"{}\"", first.getMessage());
            Optional<T> there = look(lookUp);
            return there.orElseGet(() -> repeat(attempt, lookUp));
        }
    }

    /**
     * Writes what the forge would make once more when it is asked once more. Unless it can be waited until the effect must
     * have shown, the write isn't repeated: the next invocation looks for it.
     *
     * @param attempt sends the write; throws {@link UnknownOutcome}
     * @param lookUp finds the effect, by what identifies it; empty when it isn't there
     * @throws ForgeFailure when it stays unknown
     */
    public <T> T create(Supplier<T> attempt, Supplier<Optional<T>> lookUp) {
        try {
            return attempt.get();
        } catch (UnknownOutcome first) {
            LOG.info("outcome=unknown request=\"{}\"", first.getMessage());
            Optional<T> there = await(first, lookUp);
            if (there.isPresent()) {
                return there.get();
            }
        }
        try {
            return attempt.get();
        } catch (UnknownOutcome second) {
            return await(second, lookUp).orElseThrow(() -> unsettled(second));
        }
    }

    /** Empty when it must have shown, and didn't. */
    private <T> Optional<T> await(UnknownOutcome outcome, Supplier<Optional<T>> lookUp) {
        for (Duration time : UNTIL_IT_SHOWS) {
            boolean waited = transport.pause(time);
            Optional<T> found = lookUp.get();
            if (found.isPresent()) {
                return found;
            }
            if (!waited) {
                throw unsettled(outcome);
            }
        }
        return Optional.empty();
    }

    /**
     * Writes something that is the same done twice as once: where its outcome is unknown, it is simply repeated.
     *
     * @param attempt sends the write; throws {@link UnknownOutcome}
     * @throws ForgeFailure when it stays unknown
     */
    public <T> T settle(Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (UnknownOutcome first) {
            LOG.info("outcome=unknown request=\"{}\"", first.getMessage());
            transport.pause(SOON);
        }
        try {
            return attempt.get();
        } catch (UnknownOutcome second) {
            throw unsettled(second);
        }
    }

    private static ForgeFailure unsettled(UnknownOutcome outcome) {
        return Failures.outage("GitHub did not say what came of " + outcome.getMessage());
    }

    private <T> T repeat(Supplier<T> attempt, Supplier<Optional<T>> lookUp) {
        try {
            return attempt.get();
        } catch (UnknownOutcome second) {
            return look(lookUp).orElseThrow(() -> unsettled(second));
        }
    }

    /** Looks for something that is there, because the forge said so, and may not show yet. */
    public <T> Optional<T> look(Supplier<Optional<T>> lookUp) {
        boolean waited = transport.pause(SOON);
        Optional<T> found = lookUp.get();
        if (found.isPresent() || !waited || !transport.pause(LATER)) {
            return found;
        }
        return lookUp.get();
    }
}
