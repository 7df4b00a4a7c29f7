package dev.pawl.engine;

import dev.pawl.domain.port.Forge;
import dev.pawl.domain.port.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Stands before every write under a lease, of the forge and of git. A process may stop at any point, for longer than its
 * lease, and go on without knowing it: so that a write goes through only where the lease was seen to hold a moment ago, or
 * is seen so now.
 */
final class Fence {
    /** For so long what was seen is taken for granted. */
    private static final Duration MOMENT = Duration.ofSeconds(10);

    /** An answer that took longer than a moment is old when it comes: it is asked for again, so often at most. */
    private static final int MOST_LOOKS = 3;

    private final Ledger ledger;
    private final Forge forge;
    private final InstantSource clock;
    private Optional<Ledger.Lease> lease = Optional.empty();
    private Instant seen = Instant.EPOCH;

    /**
     * A fence without a lease: nothing is stopped.
     *
     * @param forge whose time says when a lease ends
     * @param clock measures moments
     */
    Fence(Ledger ledger, Forge forge, InstantSource clock) {
        this.ledger = ledger;
        this.forge = forge;
        this.clock = clock;
    }

    /** Claims by the ledger; from here on the lease is needed, where that gave one. */
    Ledger.Claim claim(Supplier<Ledger.Claim> acquire) {
        Instant asked = clock.instant();
        Ledger.Claim claim = acquire.get();
        if (claim instanceof Ledger.Claim.Held(Ledger.Lease held)) {
            lease = Optional.of(held);
            seen = asked;
        }
        return claim;
    }

    /** From here on no lease is needed. */
    void open() {
        lease = Optional.empty();
    }

    /** Asks the ledger. */
    boolean holds(Ledger.Lease held) {
        boolean ours = false;
        boolean old = true;
        for (int looks = 0; old && looks < MOST_LOOKS; looks++) {
            Instant asked = clock.instant();
            ours = ledger.holds(held);
            old = ours && !isMomentAgo(asked, clock.instant());
            seen = ours ? asked : Instant.EPOCH;
        }
        return ours;
    }

    /** Lets through who holds the lease, and throws {@link LeaseLost} for who doesn't. */
    void pass() {
        lease.filter(held -> !isFresh(held) && !holds(held)).ifPresent(held -> {
            throw new LeaseLost(held.issue());
        });
    }

    private boolean isFresh(Ledger.Lease held) {
        return isMomentAgo(seen, clock.instant()) && forge.now().isBefore(held.expires());
    }

    /** A clock that was set back proves nothing. */
    private static boolean isMomentAgo(Instant then, Instant now) {
        Duration ago = Duration.between(then, now);
        return !ago.isNegative() && ago.compareTo(MOMENT) < 0;
    }
}
