package dev.pawl.domain.text;

import dev.pawl.domain.model.Check;
import dev.pawl.domain.model.CiRun;
import dev.pawl.domain.model.JobLog;
import dev.pawl.domain.model.Untrusted;
import java.util.Locale;

/** What agents are told of checks. Names and logs are other people's text, and are told as such. */
public final class CiText {
    /** Why failing checks aren't repaired again, where an agent found nothing to change. */
    public static final String LEFT_AS_IT_IS = "an agent looked at them and changed nothing";

    private CiText() {}

    /** A job that failed, with the part of its log that tells why. */
    public static Untrusted failed(Check check, JobLog log) {
        String excerpt = CiLog.excerpt(log).raw();
        String steps = log.failedSteps().isEmpty() ? "" : " in the step " + String.join(", ", log.failedSteps());
        return new Untrusted("The check \"" + check.name() + "\" " + word(check.result()) + steps + ".\n\n"
                + (excerpt.isBlank() ? "Its log can't be had." : excerpt));
    }

    /** A check of which nothing more is known than that it failed. */
    public static Untrusted failed(Check check) {
        String where = check.url().isEmpty() ? "" : " Its page: " + check.url();
        return new Untrusted(
                "The check \"" + check.name() + "\" " + word(check.result()) + ". Its log can't be read here." + where);
    }

    /** A run that ended badly, and no job of it did. */
    public static Untrusted ended(CiRun run) {
        return new Untrusted("The run " + word(run.result()) + ", and no job of it says why. Its page: " + run.url());
    }

    private static String word(Check.Result result) {
        return switch (result) {
            case FAILURE -> "failed";
            case TIMED_OUT -> "was stopped at its time limit";
            case CANCELLED -> "was cancelled";
            case STARTUP_FAILURE -> "couldn't be started";
            case STALE -> "never ended";
            case PENDING, SUCCESS, NEUTRAL, SKIPPED, ACTION_REQUIRED ->
                "ended as " + result.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }
}
