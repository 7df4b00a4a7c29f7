package dev.pawl.domain.port;

import dev.pawl.domain.policy.Policy;
import java.util.List;
import java.util.Optional;

/** Reads the policy file. */
public interface Policies {
    /**
     * The policy that a text says.
     *
     * @param text the file; empty where there is none, and every default holds
     */
    Reading read(Optional<String> text);

    /** What was read. */
    sealed interface Reading {
        /**
         * A policy.
         *
         * @param policy the policy
         */
        record Valid(Policy policy) implements Reading {}

        /**
         * Something else.
         *
         * @param errors each with file, line, key and what was expected
         */
        record Invalid(List<String> errors) implements Reading {
            public Invalid {
                errors = List.copyOf(errors);
            }
        }
    }
}
