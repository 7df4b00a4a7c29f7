package dev.pawl.domain.decide;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Comment;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.state.Approved;
import dev.pawl.domain.state.RunState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Which comments an agent is told: those that stood there when a person last asked the run to go on, answers to our
 * questions as they were taken, and whatever people write who may steer. All else came in through the back door.
 */
public final class Told {
    /** The most accounts that are asked about for the sake of their later comments; those of others are left out. */
    private static final int MOST_ASKED = 3;

    private final Snapshot snapshot;
    private final RunState state;
    private final Authority authority;

    Told(Snapshot snapshot, RunState state, Authority authority) {
        this.snapshot = snapshot;
        this.state = state;
        this.authority = authority;
    }

    /** The issue with the comments that an agent is told, and no others. */
    public static Snapshot in(Snapshot snapshot, RunState state, Policy policy) {
        var told = new Told(snapshot, state, new Authority(snapshot, policy));
        return snapshot.saying(told.comments());
    }

    private List<Comment> comments() {
        return snapshot.comments().stream()
                .filter(c -> stood(c) || authority.maySteer(c.author()).orElse(false))
                .toList();
    }

    /** Somebody who wrote later, and whose permission nobody asked about yet. */
    Optional<Actor> unknown() {
        var later = new LinkedHashMap<Long, Actor>();
        snapshot.comments().stream()
                .filter(c -> c.author().isPerson() && !stood(c))
                .forEach(c -> later.putIfAbsent(c.author().id(), c.author()));
        return new ArrayList<>(later.values())
                .stream()
                        .limit(MOST_ASKED)
                        .filter(a -> authority.maySteer(a).isEmpty())
                        .findFirst();
    }

    private boolean stood(Comment comment) {
        return state.people()
                .approved()
                .map(a -> isOlder(comment, a) || isHeard(comment, a))
                .orElse(true);
    }

    /** The forge counts in seconds: whoever changed a comment within the same one may have done so afterwards. */
    private static boolean isOlder(Comment comment, Approved approved) {
        return comment.edited().equals(comment.created())
                ? !comment.created().isAfter(approved.at())
                : comment.edited().isBefore(approved.at());
    }

    /** An answer to our questions, as it was when one was taken. */
    private boolean isHeard(Comment comment, Approved approved) {
        boolean asked = snapshot.notes().stream()
                .anyMatch(n -> n.topic() == Note.Topic.QUESTIONS
                        && n.run().equals(state.id().run())
                        && n.id() < comment.id());
        boolean answers = comment.author().is(snapshot.issue().author())
                || state.people().handled().contains(comment.id());
        return asked
                && answers
                && approved.heard().filter(at -> !comment.edited().isAfter(at)).isPresent();
    }
}
