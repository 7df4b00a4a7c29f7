package dev.pawl.domain.decide;

import dev.pawl.domain.state.RunState;
import java.util.OptionalLong;

/** What was found where the state should be. */
public sealed interface StateFound {
    /** Nothing: there never was a run, or its comment is gone. */
    record None() implements StateFound {}

    /**
     * The state.
     *
     * @param comment the comment's id
     * @param state what it says
     */
    record Found(long comment, RunState state) implements StateFound {}

    /**
     * Something that can't be believed.
     *
     * @param comment the comment's id
     * @param why in our words
     */
    record Broken(long comment, String why) implements StateFound {}

    /**
     * A state of a newer version of Pawl.
     *
     * @param comment the comment's id
     * @param version the version that it names
     */
    record Newer(long comment, int version) implements StateFound {}

    /** The comment that it is in. */
    default OptionalLong where() {
        return switch (this) {
            case None() -> OptionalLong.empty();
            case Found(long id, RunState _) -> OptionalLong.of(id);
            case Broken(long id, String _) -> OptionalLong.of(id);
            case Newer(long id, int _) -> OptionalLong.of(id);
        };
    }
}
