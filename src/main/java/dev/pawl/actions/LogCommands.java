package dev.pawl.actions;

/**
 * Lines that the runner obeys when they stand on standard output (docs.github.com, "Workflow commands for GitHub
 * Actions"). Everything else that we print is kept from looking like one.
 */
public final class LogCommands {
    private LogCommands() {}

    /** An error that the runner shows on the job's page. */
    public static String error(String message) {
        return "::error title=Pawl::" + escape(message);
    }

    /** A line of ours that can't be taken for a command, whatever stands in it. */
    public static String plain(String line) {
        String safe = line.replace("##[", "## [");
        return safe.lines()
                .map(l -> l.stripLeading().startsWith("::") ? ": " + l : l)
                .reduce((a, b) -> a + "\n" + b)
                .orElse("");
    }

    private static String escape(String message) {
        return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }
}
