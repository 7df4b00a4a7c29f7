package dev.pawl.domain.decide;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.StageKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Who rang, and for which issue. Identity only: all else is read again from the forge. */
public sealed interface Trigger {
    /**
     * An issue's text at the time of an event. It is only compared, never read.
     *
     * @param text its {@link dev.pawl.domain.model.Issue#textHash() hash}
     * @param at when the event happened
     */
    record Shown(String text, Instant at) {}

    /** Who rang; empty for bells that ring by themselves. */
    default Optional<Actor> by() {
        return switch (this) {
            case IssueTouched e -> Optional.of(e.actor());
            case Commented e -> Optional.of(e.actor());
            case PullTouched e -> Optional.of(e.actor());
            case Dispatched e -> Optional.of(e.actor());
            case ChecksDone _, Pushed _, Sweep _, Continued _, NotOurs _ -> Optional.empty();
        };
    }

    /** The issue's text as whoever rang saw it, where the event shows it. */
    default Optional<Shown> shown() {
        return switch (this) {
            case IssueTouched(var _, var _, var _, var _, var _, var _, Optional<Shown> shown) -> shown;
            case Commented(var _, var _, var _, var _, var _, Optional<Shown> shown) -> shown;
            case PullTouched _, ChecksDone _, Pushed _, Sweep _, Dispatched _, Continued _, NotOurs _ ->
                Optional.empty();
        };
    }

    /**
     * Something happened to an issue.
     *
     * @param issue its number
     * @param action the forge's word for it
     * @param actor who did it
     * @param label the label, for labels
     * @param labels the issue's labels as the event shows them: a hint whether a look is worth it, and no more
     * @param at when it happened, by the forge's clock
     * @param shown the issue's text as the actor saw it
     */
    record IssueTouched(
            int issue,
            String action,
            Actor actor,
            Optional<String> label,
            Optional<List<String>> labels,
            Optional<Instant> at,
            Optional<Shown> shown)
            implements Trigger {
        /** An event that doesn't show the issue's text. */
        public IssueTouched(
                int issue,
                String action,
                Actor actor,
                Optional<String> label,
                Optional<List<String>> labels,
                Optional<Instant> at) {
            this(issue, action, actor, label, labels, at, Optional.empty());
        }
    }

    /**
     * Somebody commented.
     *
     * @param number the issue's or pull request's number
     * @param pull whether it is a pull request
     * @param actor who wrote it, or edited it
     * @param own the comment's id, where the actor is its author
     * @param labels the issue's labels as the event shows them: a hint whether a look is worth it, and no more
     * @param shown the issue's text as the actor saw it
     */
    record Commented(
            int number,
            boolean pull,
            Actor actor,
            OptionalLong own,
            Optional<List<String>> labels,
            Optional<Shown> shown)
            implements Trigger {
        /** An event that doesn't show the issue's text. */
        public Commented(int number, boolean pull, Actor actor, OptionalLong own, Optional<List<String>> labels) {
            this(number, pull, actor, own, labels, Optional.empty());
        }
    }

    /**
     * Something happened to a pull request: itself, a review, a review comment.
     *
     * @param pull its number
     * @param actor who did it
     * @param reopened whether it was opened again
     */
    record PullTouched(int pull, Actor actor, boolean reopened) implements Trigger {
        /** Anything but opening it again. */
        public PullTouched(int pull, Actor actor) {
            this(pull, actor, false);
        }
    }

    /**
     * Checks are done, somewhere.
     *
     * @param branch the branch that they ran on, where the event says so
     * @param head the commit that they ran on, where the event says so
     */
    record ChecksDone(Optional<String> branch, Optional<Sha> head) implements Trigger {}

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
