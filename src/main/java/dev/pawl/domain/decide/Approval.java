package dev.pawl.domain.decide;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Comment;
import dev.pawl.domain.state.Approved;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Waiting;
import java.time.Instant;
import java.util.Optional;

/**
 * What a person approves by asking the run to go on: the issue's text as that person saw it, which isn't always the text
 * as it is read afterwards.
 */
final class Approval {
    private Approval() {}

    /** By an event of that account's own, or by hand: the event's text counts, and else the one that is there now. */
    static Approved by(Actor actor, Snapshot snapshot, Instant now) {
        return shownTo(actor, snapshot)
                .map(shown -> new Approved(shown.text(), shown.at()))
                .orElseGet(() -> new Approved(textNow(snapshot), now));
    }

    /**
     * By a comment. Where somebody else rang, nobody knows which text its author saw: what was approved before stays.
     */
    static Approved by(Comment comment, Snapshot snapshot, Optional<Approved> before) {
        boolean ownBell = snapshot.trigger().by().filter(comment.author()::is).isPresent();
        String text = shownTo(comment.author(), snapshot)
                .map(Trigger.Shown::text)
                .or(() -> before.filter(_ -> !ownBell).map(Approved::text))
                .orElseGet(() -> textNow(snapshot));
        return new Approved(text, comment.edited());
    }

    /** The text as it is read; where somebody edits it just now, it is another one than was asked for before. */
    private static String textNow(Snapshot snapshot) {
        boolean edited = snapshot.trigger() instanceof Trigger.IssueTouched touched
                && touched.action().equals("edited");
        return edited ? "" : snapshot.issue().textHash();
    }

    private static Optional<Trigger.Shown> shownTo(Actor actor, Snapshot snapshot) {
        return snapshot.trigger()
                .by()
                .filter(actor::is)
                .flatMap(_ -> snapshot.trigger().shown());
    }

    /** Whether an event that begins a run is heard behind one that stopped it, and shows what its actor saw. */
    static boolean comesLate(RunState state, Snapshot snapshot) {
        return snapshot.trigger().shown().isPresent()
                && state.waiting()
                        .filter(w -> w.reason() == Waiting.Reason.TEXT_CHANGED)
                        .isPresent();
    }

    /** Whether the issue says something else than what was approved. States of older versions don't know what was. */
    static boolean isStale(RunState state, Snapshot snapshot) {
        return state.people()
                .approved()
                .filter(a -> !a.text().equals(snapshot.issue().textHash()))
                .isPresent();
    }
}
