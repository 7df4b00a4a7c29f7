package dev.pawl.forge.github.http;

import java.time.Duration;

/** How much waiting is left for this invocation. Failed requests use it up as well as pauses do. */
final class Patience {
    private final Sleeper sleeper;
    private Duration budget;
    private Duration left;

    Patience(Duration budget, Sleeper sleeper) {
        this.budget = budget;
        this.left = budget;
        this.sleeper = sleeper;
    }

    /** Sets another budget; what was used of the old one is used of the new one. */
    void allow(Duration total) {
        Duration used = budget.minus(left);
        budget = total;
        left = total.compareTo(used) < 0 ? Duration.ZERO : total.minus(used);
    }

    /** Whether that long a wait is still allowed. */
    boolean allows(Duration time) {
        return time.compareTo(left) <= 0;
    }

    /** Takes off what a failed request took. */
    void charge(Duration time) {
        Duration rest = left.minus(time.isNegative() ? Duration.ZERO : time);
        left = rest.isNegative() ? Duration.ZERO : rest;
    }

    /** Waits, where that is still allowed. */
    boolean pause(Duration time) {
        if (!allows(time)) {
            return false;
        }
        charge(time);
        try {
            sleeper.sleep(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
