package dev.pawl.domain.decide;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Waiting;
import java.util.Optional;
import java.util.OptionalLong;

/** What this invocation does with the issue, and why. Computed afresh each time, never stored. */
public sealed interface Decision {
    /**
     * Start a stage.
     *
     * @param stage which one
     * @param state the run as it is when the stage starts
     * @param command the comment whose command asks for it
     */
    record Start(StageKind stage, RunState state, OptionalLong command) implements Decision {}

    /**
     * Wait, as the state says already.
     *
     * @param state the run
     * @param what for what
     */
    record Wait(RunState state, Waiting what) implements Decision {}

    /**
     * Do nothing at all.
     *
     * @param why why
     */
    record Nothing(Why why) implements Decision {}

    /**
     * Refuse somebody, and say so unless it was said before.
     *
     * @param actor whom
     * @param why why
     */
    record Refuse(Actor actor, Why why) implements Decision {}

    /**
     * Stop going on by itself: the run waits for people or for time from now on.
     *
     * @param state the run, waiting
     * @param command the comment whose command led to it
     */
    record Escalate(RunState state, OptionalLong command) implements Decision {}

    /**
     * The run is over.
     *
     * @param state the run, ended
     */
    record Finish(RunState state) implements Decision {}

    /**
     * Answer a command that starts no stage.
     *
     * @param command the comment
     * @param answer what is said and done
     * @param state the run afterwards, where it changes
     */
    record Answer(long command, Reply answer, Optional<RunState> state) implements Decision {}

    /**
     * Tell people, once, that nothing can be done.
     *
     * @param why why
     * @param detail in our words
     */
    record Notify(Why why, String detail) implements Decision {}

    /**
     * The state is gone, or was put back to an older one: write it again, as far as it can be told, and decide then.
     *
     * @param state the run, at the same stage or an earlier one
     * @param loss what was lost
     */
    record Rebuild(RunState state, Loss loss) implements Decision {}

    /** The decision depends on something that wasn't asked yet. Ask, and decide again. */
    sealed interface Ask extends Decision {
        /**
         * What may this account do?
         *
         * @param actor the account
         */
        record PermissionOf(Actor actor) implements Ask {}

        /** Who put the start label on? */
        record Labeler() implements Ask {}

        /** What do people and machines say of the run's pull request? */
        record Pull() implements Ask {}

        /** Has the base of the run's pull request something that its branch hasn't? */
        record Behind() implements Ask {}

        /** Who put the label on that asks for the merge? */
        record MergeWisher() implements Ask {}

        /**
         * What became of the repository's own workflow.
         *
         * @param state the run whose work it validates
         */
        record Validated(RunState state) implements Ask {}

        /** Which issues that this one waits for are open? */
        record Blockers() implements Ask {}

        /** What is left of a run whose state is gone: ledger, branches, pull requests? */
        record Left() implements Ask {}
    }

    /** The state in which the run is left, where the decision leaves it in another one. */
    default Optional<IssueState> leadsTo() {
        return switch (this) {
            case Start s -> Optional.of(s.state().state());
            case Wait w -> Optional.of(w.state().state());
            case Escalate e -> Optional.of(e.state().state());
            case Finish f -> Optional.of(f.state().state());
            case Rebuild r -> Optional.of(r.state().state());
            case Answer a -> a.state().map(RunState::state);
            case Nothing _, Refuse _, Notify _, Ask _ -> Optional.empty();
        };
    }
}
