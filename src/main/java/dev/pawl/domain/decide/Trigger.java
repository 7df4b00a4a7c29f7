package dev.pawl.domain.decide;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.policy.StageKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Who rang, and for which issue. Identity only: all else is read again from the forge. */
public sealed interface Trigger {
    /**
     * Something happened to an issue.
     *
     * @param issue its number
     * @param action the forge's word for it
     * @param actor who did it
     * @param label the label, for labels
     * @param labels the issue's labels as the event shows them: a hint whether a look is worth it, and no more
     * @param at when it happened, by the forge's clock
     */
    record IssueTouched(
            int issue,
            String action,
            Actor actor,
            Optional<String> label,
            Optional<List<String>> labels,
            Optional<Instant> at)
            implements Trigger {}

    /**
     * Somebody commented.
     *
     * @param number the issue's or pull request's number
     * @param pull whether it is a pull request
     * @param actor who wrote it, or edited it
     * @param own the comment's id, where the actor is its author
     * @param labels the issue's labels as the event shows them: a hint whether a look is worth it, and no more
     */
    record Commented(int number, boolean pull, Actor actor, OptionalLong own, Optional<List<String>> labels)
            implements Trigger {}

    /**
     * Something happened to a pull request: itself, a review, a review comment.
     *
     * @param pull its number
     * @param actor who did it
     */
    record PullTouched(int pull, Actor actor) implements Trigger {}

    /**
     * Checks are done, somewhere.
     *
     * @param branch the branch that they ran on, where the event says so
     */
    record ChecksDone(Optional<String> branch) implements Trigger {}

    /**
     * Something was pushed.
     *
     * @param ref the full ref
     */
    record Pushed(String ref) implements Trigger {}

    /** Time to look at all issues and to advance one. */
    record Sweep() implements Trigger {}

    /**
     * Somebody asked for an issue by hand.
     *
     * @param issue its number
     * @param stage the stage to run again
     * @param actor who asked
     */
    record Dispatched(int issue, Optional<StageKind> stage, Actor actor) implements Trigger {}

    /**
     * We asked ourselves to go on.
     *
     * @param issue its number
     * @param hop how many times in a row
     */
    record Continued(int issue, int hop) implements Trigger {}

    /**
     * Nothing of ours.
     *
     * @param why in one phrase
     */
    record NotOurs(String why) implements Trigger {}
}
