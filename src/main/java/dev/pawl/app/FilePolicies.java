package dev.pawl.app;

import dev.pawl.config.PolicyError;
import dev.pawl.config.PolicyFile;
import dev.pawl.config.PolicyReading;
import dev.pawl.domain.port.Policies;
import java.util.List;
import java.util.Optional;

/**
 * Reads policies from the file's text.
 *
 * @param file its path, for messages
 */
record FilePolicies(String file) implements Policies {
    @Override
    public Reading read(Optional<String> text) {
        return switch (PolicyFile.read(text.orElse(""), file)) {
            case PolicyReading.Valid(var policy) -> new Reading.Valid(policy);
            case PolicyReading.Invalid(List<PolicyError> errors) ->
                new Reading.Invalid(errors.stream().map(PolicyError::message).toList());
        };
    }
}
