package dev.pawl.app.rehearsal;

import java.util.Locale;

/** One line per invocation, in columns: what rang, which stage, how it went, what it took. */
final class Columns {
    private static final String LAYOUT = "%-26s  %-13s  %-11s  %8s  %7s  %s";

    private Columns() {}

    /** The names above the columns. */
    static String header() {
        return LAYOUT.formatted("event", "stage", "outcome", "requests", "time", "result")
                .stripTrailing();
    }

    /** An invocation's line. */
    static String line(Invocation invocation, Ink ink) {
        String outcome = outcome(invocation);
        String padded = "%-11s".formatted(outcome);
        String line = LAYOUT.formatted(
                invocation.occasion(),
                invocation.output("stage").isEmpty() ? "-" : invocation.output("stage"),
                "\u0000",
                invocation.requests(),
                String.format(Locale.ROOT, "%.1f s", invocation.took().toMillis() / 1000.0),
                ink.clean(result(invocation)));
        return line.replace("%-11s".formatted("\u0000"), coloured(outcome, padded, ink))
                .stripTrailing();
    }

    /** The reason, without the stage that stands in a column of its own. */
    private static String result(Invocation invocation) {
        String reason = invocation.output("reason").lines().findFirst().orElse("");
        String stage = invocation.output("stage") + ": ";
        return reason.startsWith(stage) ? reason.substring(stage.length()) : reason;
    }

    private static String outcome(Invocation invocation) {
        if (!invocation.ended().inTime()) {
            return "timed out";
        }
        String said = invocation.output("outcome");
        return invocation.isClean() && !said.isEmpty()
                ? said
                : "exit " + invocation.ended().exitCode();
    }

    private static String coloured(String outcome, String padded, Ink ink) {
        return switch (outcome) {
            case "advanced" -> ink.green(padded);
            case "waiting", "failed", "busy" -> ink.yellow(padded);
            case "nothing" -> ink.dim(padded);
            default -> ink.red(padded);
        };
    }
}
