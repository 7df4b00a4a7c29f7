package dev.pawl.agent.model.wire;

import java.time.Duration;

/** A model that goes on with a conversation. */
@FunctionalInterface
public interface ChatModel {
    /**
     * Asks once, without trying again.
     *
     * @param question all that was said so far
     * @param time how long the answer may take, to its last byte
     */
    Answer ask(Question question, Duration time);
}
