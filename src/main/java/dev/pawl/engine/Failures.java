package dev.pawl.engine;

import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.report.Report;
import dev.pawl.domain.text.Sentences;
import java.util.OptionalInt;

/** What an invocation reports when the forge didn't do what it was asked. */
final class Failures {
    private Failures() {}

    static Report report(ForgeFailure failure, OptionalInt issue) {
        if (failure.over().isPresent()) {
            String what = Sentences.nothing(failure.over().get());
            return Report.of(Outcome.NOTHING, issue, what + " (" + failure.getMessage() + ")");
        }
        Outcome outcome =
                switch (failure.kind()) {
                    case FORGE_LIMIT, FORGE_OUTAGE -> Outcome.RETRY_LATER;
                    case ACCESS -> Outcome.ACCESS;
                    case POLICY -> Outcome.CONFIGURATION;
                    case AGENT_RESULT,
                            AGENT_CRASH,
                            AGENT_TIMEOUT,
                            TURN_LIMIT,
                            TOOL_DENIED,
                            VALIDATION,
                            REVIEW_FINDINGS,
                            CI,
                            CONFLICT,
                            PROVIDER_LIMIT,
                            PROVIDER_OUTAGE,
                            REQUIREMENTS,
                            BUG -> Outcome.BUG;
                };
        String when = failure.retryAt().map(t -> " Try again after " + t + ".").orElse("");
        return Report.of(outcome, issue, failure.getMessage() + when);
    }

    /** Whether an invocation ended without having had a fair look at the issue. */
    static boolean isTrouble(Report report) {
        return switch (report.outcome()) {
            case RETRY_LATER, BUG, ACCESS, CONFIGURATION, USAGE -> true;
            case ADVANCED, WAITING, NOTHING, DENIED, FAILED, BLOCKED, BUSY -> false;
        };
    }
}
