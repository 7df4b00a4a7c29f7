package dev.pawl.domain.state;

import java.time.Instant;
import java.util.Optional;

/**
 * What the person who last asked the run to go on had before their eyes. What others wrote or changed later wasn't
 * approved by anybody.
 *
 * @param text the title and body, as {@link dev.pawl.domain.model.Issue#textHash() hash}
 * @param at when that person asked
 * @param heard when the last answer to our questions was taken
 */
public record Approved(String text, Instant at, Optional<Instant> heard) {
    /** Without any answers yet. */
    public Approved(String text, Instant at) {
        this(text, at, Optional.empty());
    }

    /** With an answer that is taken now. */
    public Approved hearing(Instant now) {
        return new Approved(text, at, Optional.of(now));
    }
}
