package dev.pawl.app.rehearsal;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the file of {@code GITHUB_OUTPUT} as the runner does: {@code name=value}, or {@code name<<END} and lines until
 * {@code END}. See docs.github.com, "Workflow commands for GitHub Actions".
 */
final class Outputs {
    private Outputs() {}

    /** The outputs by name; the last one of a name counts. What is neither form is passed over. */
    static Map<String, String> parse(String text) {
        var outputs = new LinkedHashMap<String, String>();
        Iterator<String> lines = text.lines().iterator();
        while (lines.hasNext()) {
            String line = lines.next();
            int equals = line.indexOf('=');
            int heredoc = line.indexOf("<<");
            if (heredoc > 0 && (equals < 0 || heredoc < equals)) {
                outputs.put(line.substring(0, heredoc), until(line.substring(heredoc + 2), lines));
            } else if (equals > 0) {
                outputs.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return outputs;
    }

    private static String until(String end, Iterator<String> lines) {
        var value = new StringBuilder();
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.equals(end)) {
                break;
            }
            value.append(value.isEmpty() ? "" : "\n").append(line);
        }
        return value.toString();
    }
}
