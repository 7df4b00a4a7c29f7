package dev.pawl.domain.port;

import org.jspecify.annotations.Nullable;

/** The repository's git couldn't be used: a lost connection, a closed door. Never a person's or an agent's doing. */
public final class GitUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /**
     * What happened, in one line that holds no secret.
     *
     * @param kind what it means for the run
     * @param reason one line
     * @param cause what it comes from, where there is something
     */
    public GitUnavailable(Kind kind, String reason, @Nullable Throwable cause) {
        super(reason, cause);
        this.kind = kind;
    }

    /** What it means for the run. */
    public Kind kind() {
        return kind;
    }

    /** What a failure means for the run. */
    public enum Kind {
        /** No answer, an answer cut short, or a server in trouble: later may be better. */
        LOST,
        /** The token isn't accepted, or isn't enough. */
        DENIED,
        /** The repository or the base branch isn't there, or isn't there for this token. */
        MISSING,
        /** What the repository holds can't be laid out here. */
        UNUSABLE
    }
}
