package dev.pawl.sandbox.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Refusals in GitHub's words.
 * See <a href="https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api">REST: rate limits</a> and
 * <a href="https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api">REST: troubleshooting</a>.
 */
public final class Refusals {
    private static final String SECONDARY =
            "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";

    private Refusals() {}

    /** The token isn't accepted any more: it has ended, or was revoked. */
    public static Fault badCredentials() {
        return new Fault.Refused(401, "Bad credentials", Map.of());
    }

    /** The token lacks a permission. */
    public static Fault notAccessible() {
        return new Fault.Refused(403, "Resource not accessible by integration", Map.of());
    }

    /** Too much in a short time, and nobody says how long to wait. */
    public static Fault secondaryLimit(int status) {
        return new Fault.Refused(status, SECONDARY, Map.of());
    }

    /** Too much in a short time. */
    public static Fault secondaryLimit(int status, Duration retryAfter) {
        return new Fault.Refused(status, SECONDARY, Map.of("Retry-After", Long.toString(retryAfter.toSeconds())));
    }

    /** Too many comments in a short time, told as an invalid request. */
    public static Fault tooQuickly() {
        return new Fault.Refused(422, "Validation Failed: was submitted too quickly", Map.of());
    }

    /** Too much within the hour. */
    public static Fault primaryLimit(int status, Instant reset) {
        return new Fault.Refused(
                status,
                "API rate limit exceeded for installation.",
                Map.of(
                        "X-RateLimit-Limit", "1000",
                        "X-RateLimit-Remaining", "0",
                        "X-RateLimit-Used", "1000",
                        "X-RateLimit-Reset", Long.toString(reset.getEpochSecond())));
    }

    /** Something else, such as 451 with "Repository access blocked". */
    public static Fault refused(int status, String message) {
        return new Fault.Refused(status, message, Map.of());
    }
}
