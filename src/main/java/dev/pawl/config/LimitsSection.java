package dev.pawl.config;

import dev.pawl.domain.policy.Limits;
import dev.pawl.domain.policy.PathRules;
import java.time.Duration;

/** {@code limits} and {@code paths}: how much, and where not. */
final class LimitsSection {
    private static final long MOST_BYTES = 100L << 20;
    private static final int MOST_FILES = 3000;

    private LimitsSection() {}

    static Limits limits(Section section) {
        Limits usual = Limits.DEFAULT;
        return new Limits(
                section.read("attempts", Scalars.whole(1, 10), usual.attempts()),
                section.read("runs_per_issue", Scalars.whole(1, 1000), usual.runsPerIssue()),
                section.read("runs_per_hour", Scalars.whole(1, 1000), usual.runsPerHour()),
                section.read("cost_usd_per_issue", Amounts.money(), usual.costPerIssue()),
                section.read("cost_usd_per_day", Amounts.money(), usual.costPerDay()),
                section.read("questions", Scalars.whole(1, 10), usual.questions()),
                section.read("concurrent", Scalars.whole(1, 100), usual.concurrent()),
                section.read("lease", Amounts.duration(Duration.ofSeconds(1), Duration.ofHours(24)), usual.lease()),
                section.read(
                        "wait_for_forge",
                        Amounts.duration(Duration.ZERO, Duration.ofMinutes(15)),
                        usual.waitForForge()));
    }

    static PathRules paths(Section section) {
        PathRules usual = PathRules.DEFAULT;
        return new PathRules(
                section.read("protected", Scalars.list("a list of globs", Words.glob()), usual.protectedPaths()),
                section.read("max_files", Scalars.whole(1, MOST_FILES), usual.maxFiles()),
                section.read("max_bytes", Amounts.bytes(MOST_BYTES), usual.maxBytes()));
    }
}
