package dev.pawl.domain.policy;

import java.time.Duration;

/**
 * The limits on everything.
 *
 * @param attempts how often a stage may be tried, and how often work may come back to it for one kind of failure
 * @param runsPerIssue agent starts on one issue; also the longest chain of continuations
 * @param runsPerHour agent starts on one issue within an hour
 * @param costPerIssue what one issue may cost
 * @param costPerDay what the repository may cost within a day
 * @param questions how many questions a clarifying comment may ask
 * @param concurrent how many issues may be worked on at once
 * @param lease how long a claim on an issue lasts
 * @param waitForForge how long one invocation waits for a forge that limits it or is out
 */
public record Limits(
        int attempts,
        int runsPerIssue,
        int runsPerHour,
        Usd costPerIssue,
        Usd costPerDay,
        int questions,
        int concurrent,
        Duration lease,
        Duration waitForForge) {
    /** What holds where the policy says nothing. */
    public static final Limits DEFAULT = new Limits(
            3,
            30,
            20,
            Usd.ofMicros(5_000_000),
            Usd.ofMicros(50_000_000),
            3,
            3,
            Duration.ofMinutes(45),
            Duration.ofSeconds(60));
}
