package dev.pawl.domain.port;

import java.util.Optional;

/** Checkpoints as texts. */
public interface Checkpoints {
    /** The checkpoint's text, in one line. */
    String write(Checkpoint checkpoint);

    /**
     * Reads a text that anybody may have put there: its result is held against the stage's schema, as the agent's was.
     *
     * @return empty when it is no checkpoint
     */
    Optional<Checkpoint> read(String text);
}
