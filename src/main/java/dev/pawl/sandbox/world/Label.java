package dev.pawl.sandbox.world;

import org.jspecify.annotations.Nullable;

/**
 * A repository's label. Names are compared without case.
 *
 * @param color six hex digits, without {@code #}
 */
public record Label(
        long id, String name, String color, @Nullable String description) {
    /** The colour of a label that was created by adding it to an issue. */
    public static final String DEFAULT_COLOR = "ededed";

    /** The longest name GitHub takes. */
    public static final int MAX_NAME = 50;
}
