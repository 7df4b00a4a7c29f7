package dev.pawl.scenario;

import dev.pawl.sandbox.SandboxGitHub;
import java.util.ArrayList;
import java.util.List;

/** Worlds as texts that are equal when people would call the worlds the same: but for times, ids, counts of starts. */
final class Worlds {
    private Worlds() {}

    static String describe(SandboxGitHub github) {
        return github.describe(Worlds::normal);
    }

    private static String normal(String text) {
        return text.replaceAll(
                        "\"(epoch|seq|runs|idle|cost_micros|seconds|input_tokens|output_tokens)\":\\d+", "\"$1\":0")
                .replaceAll("\"(ledger|tree|head|content|hash)\":\"[^\"]*\"", "\"$1\":\"\"")
                // A look that finds it fitting again forgets one conflict; two would be one that was counted twice.
                .replaceAll(",\"after\":\\{\"conflicts\":1}", "")
                .replaceAll("\"starts\":\\[[^\\]]*\\]", "\"starts\":[]")
                .replaceAll("\"(comment|pull_request)\":\\d+", "\"$1\":0")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                .replaceAll("run \\[[^\\]]*\\]\\([^)]*\\)", "run")
                .replaceAll("\\d+ of 30 runs, \\$[0-9.]+ of", "N of 30 runs, MONEY of")
                .replaceAll("\\$\\d+\\.\\d\\d", "MONEY")
                .replaceAll("\\| \\d+ (s|min) \\|", "| TIME |")
                .replaceAll(" sig=[0-9a-f]+ ", " sig ")
                .replaceAll("\\b[0-9a-f]{7}\\b", "COMMIT");
    }

    /** The lines in which two worlds differ. */
    static String difference(String expected, String found) {
        List<String> one = expected.lines().toList();
        List<String> other = found.lines().toList();
        var lines = new ArrayList<String>();
        one.stream().filter(l -> !other.contains(l)).forEach(l -> lines.add("- " + l));
        other.stream().filter(l -> !one.contains(l)).forEach(l -> lines.add("+ " + l));
        return String.join("\n", lines);
    }
}
