package dev.pawl.domain.port;

import dev.pawl.domain.decide.Why;
import dev.pawl.domain.state.FailureKind;
import java.io.Serial;
import java.time.Instant;
import java.util.Optional;

/**
 * The forge didn't do what it was asked, after all the retries that are allowed. Translated once, at the adapter; the
 * engine turns it into an outcome.
 */
public final class ForgeFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final FailureKind kind;
    private final transient Optional<Instant> retryAt;
    private final transient Optional<Why> over;

    /**
     * A failure.
     *
     * @param kind {@code forge-limit}, {@code forge-outage}, {@code access} or {@code bug}
     * @param message for people: what was asked and what came, without secrets; for access, what to grant
     * @param retryAt when the forge said to come back
     */
    public ForgeFailure(FailureKind kind, String message, Optional<Instant> retryAt) {
        this(kind, message, retryAt, Optional.empty());
    }

    private ForgeFailure(FailureKind kind, String message, Optional<Instant> retryAt, Optional<Why> over) {
        super(message);
        this.kind = kind;
        this.retryAt = retryAt;
        this.over = over;
    }

    /**
     * A failure that nobody can mend, and that makes an end of the work: what it is about is gone, or closed for good.
     *
     * @param why what ends it
     * @param message what was asked and what came
     */
    public static ForgeFailure over(Why why, String message) {
        return new ForgeFailure(FailureKind.ACCESS, message, Optional.empty(), Optional.of(why));
    }

    /** What kind of failure. */
    public FailureKind kind() {
        return kind;
    }

    /** When the forge said to come back. */
    public Optional<Instant> retryAt() {
        return retryAt;
    }

    /** What ends the work, where nobody can mend it. */
    public Optional<Why> over() {
        return over;
    }

    /** Whether a later invocation may fare better without anybody's help. */
    public boolean passes() {
        return kind == FailureKind.FORGE_LIMIT || kind == FailureKind.FORGE_OUTAGE;
    }
}
