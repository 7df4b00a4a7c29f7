package dev.pawl.forge.github.http;

import dev.pawl.domain.decide.Why;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.state.FailureKind;
import java.time.Instant;
import java.util.Optional;

/** Every failure of the forge becomes a {@link ForgeFailure} here, and nowhere else. */
public final class Failures {
    private static final String PULL_REQUEST_SETTING =
            "the setting \"Allow GitHub Actions to create and approve pull requests\" is off (Settings, Actions, General)";

    private Failures() {}

    /**
     * What an answer below 500 means that isn't what we asked for.
     *
     * <p>404 of a write means that the token may not see what it writes to (docs.github.com, REST API,
     * "Troubleshooting the REST API", 404 for an existing resource).
     */
    public static ForgeFailure of(Call call, Answer answer) {
        String said = answer.said().isEmpty() ? "no message" : answer.said();
        return switch (answer.status()) {
            case 301, 307, 308 -> ForgeFailure.over(Why.GONE, call + " leads to another repository");
            case 401 -> access("the token was not accepted");
            case 403 ->
                answer.says("archived")
                        ? ForgeFailure.over(Why.ARCHIVED, call + " was refused: " + said)
                        : access(forbidden(call, answer, said));
            case 404 -> access(call + " found nothing: " + missing(call));
            case 410, 451 -> ForgeFailure.over(Why.GONE, call + " is gone: " + said);
            default ->
                answer.says("draft pull requests are not supported")
                        ? access("this repository has no draft pull requests: set pull_request.draft to false")
                        : bug(call + " was answered with " + answer.status() + ": " + said);
        };
    }

    private static String forbidden(Call call, Answer answer, String said) {
        if (answer.says("create or approve pull requests") || answer.says("create and approve pull requests")) {
            return PULL_REQUEST_SETTING;
        }
        boolean permission = answer.says("not accessible by")
                || answer.says("not permitted")
                || answer.says("must have")
                || answer.said().isEmpty();
        return permission ? missing(call) + " (" + call + ": " + said + ")" : call + " was refused: " + said;
    }

    private static String missing(Call call) {
        return "the token lacks the permission " + Needs.of(call);
    }

    /** What should be there isn't any more. */
    public static ForgeFailure gone(String what) {
        return ForgeFailure.over(Why.GONE, what + " is gone");
    }

    /** A permission or a setting is missing. */
    public static ForgeFailure access(String message) {
        return new ForgeFailure(FailureKind.ACCESS, message, Optional.empty());
    }

    /**
     * A token that was accepted before isn't any more. {@code GITHUB_TOKEN} lives as long as its job, an App's token an hour
     * (docs.github.com, "Generating an installation access token for a GitHub App"): the next run has another one.
     */
    static ForgeFailure expired(Call call) {
        return outage("the token isn't accepted any more (" + call
                + "): it has ended, or was revoked. The next run goes on with a new one");
    }

    /** Something that should not happen. */
    public static ForgeFailure bug(String message) {
        return new ForgeFailure(FailureKind.BUG, message, Optional.empty());
    }

    /** The forge didn't answer, after all that we may do about it. */
    public static ForgeFailure outage(String message) {
        return new ForgeFailure(FailureKind.FORGE_OUTAGE, message, Optional.empty());
    }

    /** The forge limits us for longer than we may wait. */
    static ForgeFailure limit(Call call, Instant retryAt) {
        return new ForgeFailure(
                FailureKind.FORGE_LIMIT,
                "GitHub limits our requests until " + retryAt + " (" + call + ")",
                Optional.of(retryAt));
    }
}
