package dev.pawl.domain.port;

import java.time.Duration;

/** How far a forge's lists lag behind its writes: what was written may not show, or show as it was before. */
public final class Lag {
    /**
     * For how long at most. GitHub names no time; bots that were bitten by it report seconds. Whatever doesn't show after this
     * isn't there.
     */
    public static final Duration LONGEST = Duration.ofSeconds(30);

    private Lag() {}
}
