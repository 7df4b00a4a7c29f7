package dev.pawl.app;

import java.io.Serial;

/** The command line or an input makes no sense. The message says what to do. */
public final class UsageError extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** @param message what is wrong and what would be right */
    public UsageError(String message) {
        super(message);
    }

    /**
     * @param message what is wrong and what would be right
     * @param cause what said so
     */
    public UsageError(String message, Throwable cause) {
        super(message, cause);
    }
}
