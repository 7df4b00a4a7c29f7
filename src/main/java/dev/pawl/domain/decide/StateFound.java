package dev.pawl.domain.decide;

import dev.pawl.domain.state.RunState;
import java.util.Optional;
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
     * A state that was true once: the ledger tells of later ones. Somebody put it back, or wrote late.
     *
     * @param comment the comment's id
     * @param state what it says
     */
    record Older(long comment, RunState state) implements StateFound {}

    /**
     * A state of another issue: somebody copied it here, or it came along when the issue was transferred. It is as if it
     * weren't there.
     *
     * @param comment the comment's id
     */
    record Elsewhere(long comment) implements StateFound {}

    /**
     * A state of a newer version of Pawl.
     *
     * @param comment the comment's id
     * @param what how that shows: the version that it names, or a word that it uses
     */
    record Newer(long comment, String what) implements StateFound {}

    /** The comment that holds it, and that the next state is written to; empty where the next one needs its own. */
    default Optional<Long> place() {
        return switch (this) {
            case Found(long comment, var _) -> Optional.of(comment);
            case Older(long comment, var _) -> Optional.of(comment);
            case Broken(long comment, var _) -> Optional.of(comment);
            case None _, Elsewhere _, Newer _ -> Optional.empty();
        };
    }

    /** The comment that it was found in, whether or not it counts. */
    default OptionalLong where() {
        return switch (this) {
            case None() -> OptionalLong.empty();
            case Found(long id, RunState _) -> OptionalLong.of(id);
            case Older(long id, var _) -> OptionalLong.of(id);
            case Broken(long id, String _) -> OptionalLong.of(id);
            case Elsewhere(long id) -> OptionalLong.of(id);
            case Newer(long id, String _) -> OptionalLong.of(id);
        };
    }
}
