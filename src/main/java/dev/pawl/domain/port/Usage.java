package dev.pawl.domain.port;

import dev.pawl.domain.policy.Usd;
import java.util.Optional;

/**
 * What one agent run used.
 *
 * @param model the model, where it was said
 * @param inputTokens tokens read
 * @param outputTokens tokens written
 * @param cost money
 * @param turns model turns
 */
public record Usage(Optional<String> model, long inputTokens, long outputTokens, Usd cost, int turns) {
    /** Nothing, or nothing said. */
    public static final Usage NONE = new Usage(Optional.empty(), 0, 0, Usd.ZERO, 0);
}
