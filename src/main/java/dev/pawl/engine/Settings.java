package dev.pawl.engine;

import dev.pawl.domain.text.StateText;
import java.util.Optional;

/**
 * What holds for one invocation.
 *
 * @param policyPath where the policy is
 * @param agent the agent to use instead of the policy's default
 * @param dispatch whether to call ourselves for the next stage
 * @param invocation the workflow run that we are; empty outside of Actions
 * @param workflow the file of the workflow that we run in, below {@code .github/workflows}; empty outside of Actions
 */
public record Settings(
        String policyPath,
        Optional<String> agent,
        boolean dispatch,
        Optional<StateText.Invocation> invocation,
        Optional<String> workflow) {
    /** Where the policy is unless somebody says otherwise; there it may be missing. */
    public static final String POLICY_PATH = ".github/pawl.yml";
}
