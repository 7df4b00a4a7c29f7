package dev.pawl.agent.check;

import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.report.Finding;
import java.time.Duration;
import java.util.Locale;

/** What one short question to an agent shows. */
public final class CallFinding {
    private static final String CHECK = "call";

    private CallFinding() {}

    /**
     * Reads an outcome as a finding.
     *
     * @param area where the finding belongs
     * @param outcome what came of the question
     * @param took how long that took
     */
    public static Finding of(String area, AgentOutcome outcome, Duration took) {
        return switch (outcome) {
            case AgentOutcome.Finished finished -> answered(area, finished.usage(), took);
            case AgentOutcome.Failed failed -> failed(area, failed);
        };
    }

    /** That it answered, and what that took. */
    public static Finding answered(String area, Usage usage, Duration took) {
        return Finding.ok(
                area,
                CHECK,
                String.format(
                        Locale.ROOT,
                        "It answered in %.1f s: %d tokens read, %d written, %s.",
                        took.toMillis() / 1000.0,
                        usage.inputTokens(),
                        usage.outputTokens(),
                        usage.cost().micros() == 0
                                ? "no cost told"
                                : usage.cost().forPeople()));
    }

    private static Finding failed(String area, AgentOutcome.Failed failed) {
        String reason = failed.reason();
        boolean answered = failed.usage().outputTokens() > 0 || failed.usage().turns() > 0;
        return switch (failed.kind()) {
            case ACCESS ->
                Finding.problem(
                        area,
                        CHECK,
                        reason,
                        "Look at the key's value, at the account behind it, and whether it may use this model.");
            case POLICY -> Finding.problem(area, CHECK, reason, "Correct the agent in the policy.");
            case PROVIDER_LIMIT ->
                Finding.unreachable(
                        area,
                        CHECK,
                        reason
                                + failed.retryAt()
                                        .map(t -> " It named " + t + ".")
                                        .orElse(""),
                        "Try again later, or raise the account's limit at the provider.");
            case PROVIDER_OUTAGE ->
                Finding.unreachable(
                        area,
                        CHECK,
                        reason,
                        "Try again later. If it stays so, look at base_url, and at the network between here and there.");
            case AGENT_TIMEOUT ->
                Finding.unreachable(area, CHECK, reason, "Try again, and look whether the model is overloaded.");
            default ->
                answered
                        ? Finding.note(
                                area,
                                CHECK,
                                "The model answers. " + reason,
                                "Try again; if it stays so, the model may be too small for Pawl's work.")
                        : Finding.problem(
                                area,
                                CHECK,
                                reason,
                                "Run the program by hand with a short question, and see what it says.");
        };
    }
}
