package dev.pawl.actions;

import dev.pawl.domain.report.Report;
import dev.pawl.domain.secret.Secrets;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.text.Invisible;
import dev.pawl.domain.text.StateText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a report into the files that the runner reads afterwards: outputs and the step summary (docs.github.com,
 * "Workflow commands for GitHub Actions").
 *
 * @param output the file of {@code GITHUB_OUTPUT}
 * @param summary the file of {@code GITHUB_STEP_SUMMARY}
 * @param secrets taken out of what is written
 */
public record RunnerFiles(Optional<Path> output, Optional<Path> summary, Secrets secrets) {
    /** Writes both files, where the runner gave them. */
    public void write(Report report) throws IOException {
        if (output.isPresent()) {
            var text = new StringBuilder();
            outputs(report)
                    .forEach((name, value) -> text.append(name)
                            .append('=')
                            .append(singleLine(value))
                            .append('\n'));
            append(output.get(), secrets.removedFrom(text.toString()));
        }
        if (summary.isPresent()) {
            append(summary.get(), secrets.removedFrom(summary(report)));
        }
    }

    /** The outputs of the protocol; what there is none of is empty. */
    public static Map<String, String> outputs(Report report) {
        var outputs = new LinkedHashMap<String, String>();
        Optional<RunState> state = report.state();
        outputs.put("outcome", report.outcome().word());
        outputs.put(
                "issue",
                report.issue().isPresent() ? Integer.toString(report.issue().getAsInt()) : "");
        outputs.put("stage", report.stage().map(s -> s.word()).orElse(""));
        outputs.put("next", report.next().map(s -> s.word()).orElse(""));
        outputs.put("state", state.map(RunState::state).map(IssueState::word).orElse(""));
        outputs.put(
                "branch",
                state.flatMap(s -> s.work().branch()).map(b -> b.value()).orElse(""));
        outputs.put(
                "pull-request",
                state.filter(s -> s.work().pull().isPresent())
                        .map(s -> Integer.toString(s.work().pull().getAsInt()))
                        .orElse(""));
        outputs.put("reason", report.reason());
        outputs.put("cost-usd", report.cost().plain());
        return outputs;
    }

    /** Line breaks and invisible characters would end the value, or hide something in it. */
    static String singleLine(String value) {
        return Invisible.remove(value.replace('\r', ' ').replace('\n', ' ').replace('\t', ' '))
                .strip();
    }

    private static String summary(Report report) {
        String issue =
                report.issue().isPresent() ? " · issue #" + report.issue().getAsInt() : "";
        String head = "**Pawl** · " + report.outcome().word() + issue + "\n\n" + report.reason() + "\n\n";
        return report.state().map(s -> head + StateText.table(s) + "\n").orElse(head);
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
