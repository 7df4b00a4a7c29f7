package dev.pawl.config;

import dev.pawl.domain.policy.Policy;
import java.util.List;

/** What came of reading a policy file. */
public sealed interface PolicyReading {
    /**
     * The file can be followed.
     *
     * @param policy what it says, with every default filled in
     */
    record Valid(Policy policy) implements PolicyReading {}

    /**
     * The file is refused as a whole.
     *
     * @param errors at least one, in the order of the file
     */
    record Invalid(List<PolicyError> errors) implements PolicyReading {
        public Invalid {
            errors = List.copyOf(errors);
            if (errors.isEmpty()) {
                throw new IllegalArgumentException("an invalid policy has an error");
            }
        }
    }
}
