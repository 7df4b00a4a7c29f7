package dev.pawl.domain.policy;

import java.time.Duration;
import java.util.List;

/**
 * How long tokens live, against how long stages may take. A GitHub App's token ends after an hour (docs.github.com,
 * "Generating an installation access token for a GitHub App"), whatever still runs with it.
 */
public final class TokenLife {
    /** An App's token. */
    public static final Duration HOUR = Duration.ofHours(1);

    /** For what comes before a stage's work, and after it. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private TokenLife() {}

    /** Whether the token looks like one that an App got; {@code GITHUB_TOKEN} looks the same and lives as long as its job. */
    public static boolean maybeShort(String token) {
        return token.startsWith("ghs_");
    }

    /** The stages of a policy that may take longer than such a token lives, each as {@code implement: 90m}. */
    public static List<String> outlivedBy(Policy policy) {
        return policy.workflows().values().stream()
                .flatMap(workflow -> workflow.stages().stream())
                .filter(stage -> stage.timeout().compareTo(HOUR.minus(MARGIN)) > 0)
                .map(stage -> stage.kind().word() + ": " + stage.timeout().toMinutes() + "m")
                .distinct()
                .sorted()
                .toList();
    }
}
