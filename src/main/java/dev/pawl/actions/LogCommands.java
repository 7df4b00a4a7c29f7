package dev.pawl.actions;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lines that the runner obeys when they stand on standard output (docs.github.com, "Workflow commands for GitHub
 * Actions"). Everything else that we print is kept from looking like one.
 */
public final class LogCommands {
    /** Blanks of all kinds, which the runner trims, and characters that its comparison may pass over. */
    private static final Pattern UNSEEN = Pattern.compile("[\\s\\p{Z}\\p{C}]+");

    private LogCommands() {}

    /** An error that the runner shows on the job's page. */
    public static String error(String message) {
        return "::error title=Pawl::" + escape(message);
    }

    /** A line of ours that can't be taken for a command, whatever stands in it. */
    public static String plain(String line) {
        String safe = line.replace("##[", "## [");
        return safe.lines()
                .map(l -> UNSEEN.matcher(l).replaceAll("").startsWith("::") ? ": " + l : l)
                .collect(Collectors.joining("\n"));
    }

    private static String escape(String message) {
        return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }
}
