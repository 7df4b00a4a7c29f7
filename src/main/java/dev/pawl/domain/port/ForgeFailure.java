package dev.pawl.domain.port;

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

    /**
     * A failure.
     *
     * @param kind {@code forge-limit}, {@code forge-outage}, {@code access} or {@code bug}
     * @param message for people: what was asked and what came, without secrets; for access, what to grant
     * @param retryAt when the forge said to come back
     */
    public ForgeFailure(FailureKind kind, String message, Optional<Instant> retryAt) {
        super(message);
        this.kind = kind;
        this.retryAt = retryAt;
    }

    /** What kind of failure. */
    public FailureKind kind() {
        return kind;
    }

    /** When the forge said to come back. */
    public Optional<Instant> retryAt() {
        return retryAt;
    }
}
