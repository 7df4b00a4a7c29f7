package dev.pawl.forge.github.http;

import java.io.Serial;

/**
 * A write was sent, and nobody can say whether it took effect. Never leaves the adapter: whoever writes looks it up by
 * its natural key ({@link Settlement}).
 */
public final class UnknownOutcome extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Such an outcome.
     *
     * @param call what was sent
     * @param why what came instead of an answer
     */
    public UnknownOutcome(Call call, String why) {
        super(call + ": " + why);
    }
}
