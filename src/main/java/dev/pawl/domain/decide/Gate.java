package dev.pawl.domain.decide;

import dev.pawl.domain.model.MergeMethod;
import java.util.Optional;

/** Something that keeps Pawl from merging a pull request, as a value. An open gate isn't among the values. */
public sealed interface Gate {
    /** Whether nobody but a person who decides can open it. */
    default boolean isForPeople() {
        return switch (this) {
            case Wished _, Ready _, OnItsBase _, Signed _, Allowed _ -> true;
            case Unstarted _, Approved _, Unopposed _, Green _, Resolved _, Fitting _, Current _, Seen _ -> false;
        };
    }

    /** States must be signed. */
    record Signed() implements Gate {}

    /** All of its reviews and checks must have been seen. */
    record Seen() implements Gate {}

    /** It must not be a draft. */
    record Ready() implements Gate {}

    /** It must go to the branch that the work was made for. */
    record OnItsBase() implements Gate {}

    /**
     * The repository must allow that way of merging.
     *
     * @param method the policy's
     */
    record Allowed(MergeMethod method) implements Gate {}

    /** It must fit the base. */
    record Fitting() implements Gate {}

    /** It must hold what the base has, where the base's rules ask for that. */
    record Current() implements Gate {}

    /**
     * People must have approved the head.
     *
     * @param missing how many more
     */
    record Approved(int missing) implements Gate {}

    /**
     * Nobody may have asked for changes without taking that back.
     *
     * @param people how many did
     */
    record Unopposed(int people) implements Gate {}

    /**
     * Checks must be green on the head.
     *
     * @param due how many haven't ended
     * @param failed how many failed
     */
    record Green(int due, int failed) implements Gate {}

    /** Checks must report on the head, and nothing started them: our own pushes start none here. */
    record Unstarted() implements Gate {}

    /**
     * Conversations must be resolved, where the base's rules ask for that.
     *
     * @param open how many aren't
     */
    record Resolved(int open) implements Gate {}

    /**
     * A person must have asked for the merge.
     *
     * @param label the label that does; it may be asked for by command, too
     */
    record Wished(Optional<String> label) implements Gate {}
}
