package dev.pawl.domain.decide;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.PullFacts;
import java.util.Optional;

/**
 * What was seen of an open pull request, for decisions that depend on more than that it is open.
 *
 * @param facts what people and machines say of it; empty where it can't be seen
 * @param signed whether states are signed, so that the one that led here is surely ours
 * @param starts whether what we push starts workflows
 * @param wisher who put the label on that asks for the merge: asked or not, known or not
 * @param behind whether the base has something that the head hasn't, where that was asked
 */
public record PullSeen(
        Optional<PullFacts> facts,
        boolean signed,
        boolean starts,
        Optional<Optional<Actor>> wisher,
        Optional<Boolean> behind) {
    /** One of which nobody asked how far it is from its base. */
    public PullSeen(Optional<PullFacts> facts, boolean signed, boolean starts, Optional<Optional<Actor>> wisher) {
        this(facts, signed, starts, wisher, Optional.empty());
    }

    /** Also knowing who put that label on. */
    public PullSeen wishedBy(Optional<Actor> actor) {
        return new PullSeen(facts, signed, starts, Optional.of(actor), behind);
    }

    /** Also knowing whether the base has something that the head hasn't. */
    public PullSeen behind(boolean is) {
        return new PullSeen(facts, signed, starts, wisher, Optional.of(is));
    }
}
