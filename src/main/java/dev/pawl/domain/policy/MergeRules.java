package dev.pawl.domain.policy;

import dev.pawl.domain.model.MergeMethod;
import java.util.Optional;

/**
 * When Pawl merges, and how.
 *
 * @param enabled whether it merges at all; else people do
 * @param method how
 * @param approvals how many people must have approved the head as it is
 * @param checks which checks must be green on it
 * @param label the label by which a person asks for the merge; empty where nobody has to ask
 * @param deleteBranch whether the branch is deleted afterwards
 */
public record MergeRules(
        boolean enabled,
        MergeMethod method,
        int approvals,
        Checks checks,
        Optional<String> label,
        boolean deleteBranch) {
    /** The label where the policy says nothing. */
    public static final String LABEL = "pawl:merge";

    /** What holds where the policy says nothing: people merge. */
    public static final MergeRules DEFAULT =
            new MergeRules(false, MergeMethod.SQUASH, 1, Checks.REQUIRED, Optional.of(LABEL), false);

    /** Which checks must be green. */
    public enum Checks {
        /** Those that the base's rules ask for. */
        REQUIRED,
        /** All that there are. */
        ALL
    }
}
