package dev.pawl.config;

import java.util.stream.Collectors;

/** Shows what came of reading a policy file: to people as text, to programs as JSON. */
public final class PolicyReport {
    private PolicyReport() {}

    /** For people: every error on a line of its own, or what the policy comes to. Ends in a line break. */
    public static String text(PolicyReading reading) {
        return switch (reading) {
            case PolicyReading.Valid valid -> PolicySummary.text(valid.policy());
            case PolicyReading.Invalid invalid ->
                invalid.errors().stream().map(e -> e.message() + "\n").collect(Collectors.joining()) + count(invalid)
                        + "\n";
        };
    }

    /**
     * For programs: {@code {"valid": true, …}} with the policy's outline, or {@code {"valid": false, "errors": […]}} with
     * {@code file, line, column, key, message, hint} for each; {@code hint} is null where there is none. Ends in a line break.
     */
    public static String json(PolicyReading reading) {
        return PolicyJson.of(reading).toPrettyString() + "\n";
    }

    private static String count(PolicyReading.Invalid invalid) {
        int count = invalid.errors().size();
        if (count >= Problems.MOST) {
            return "The first " + count + " errors. Nothing is done until they are corrected.";
        }
        return count == 1
                ? "1 error. Nothing is done until it is corrected."
                : count + " errors. Nothing is done until they are corrected.";
    }
}
