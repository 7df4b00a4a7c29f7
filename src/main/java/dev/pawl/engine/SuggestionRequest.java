package dev.pawl.engine;

import dev.pawl.domain.decide.Suggestable;
import dev.pawl.domain.model.ChangedFile;
import dev.pawl.domain.model.Check;
import dev.pawl.domain.model.Feedback;
import dev.pawl.domain.model.JobLog;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.Ci;
import dev.pawl.domain.port.Forge;
import dev.pawl.domain.port.PullRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an agent is asked of a pull request whose checks failed.
 *
 * @param shown the pull request, and what its author wrote
 * @param due what failed
 * @param files what it changes
 * @param logs what the failed jobs wrote, as far as it is looked at
 */
record SuggestionRequest(
        PullRequests.Shown shown, Suggestable.Verdict.Due due, List<ChangedFile> files, List<JobLog> logs) {
    /** A run's jobs cost a request, and each log one more: with these an invocation keeps to twenty. */
    private static final int MOST_REQUESTS = 3;

    private static final int MOST_CHECKS = 10;
    private static final int LOG_BYTES = 64 << 10;
    private static final int LOG_CHARACTERS = 12_000;
    private static final int DIFF_CHARACTERS = 200_000;

    /** Reads what the pull request itself doesn't show. */
    static SuggestionRequest read(PullRequests.Shown shown, Suggestable.Verdict.Due due, Forge forge) {
        List<ChangedFile> files = forge.pullRequests().files(due.pull().number());
        return new SuggestionRequest(shown, due, files, logs(due, forge.ci()));
    }

    AgentRequest of(AgentSpec agent, AgentRequest.Base base, Usd most) {
        return new AgentRequest(
                agent,
                StageKind.REVIEW,
                Optional.empty(),
                new AgentRequest.IssueText(
                        due.pull().number(),
                        shown.title(),
                        shown.body(),
                        Optional.empty(),
                        due.pull().labels(),
                        List.of()),
                Optional.empty(),
                feedback(),
                base,
                new AgentRequest.Bounds(Stage.DEFAULT_TIMEOUT, OptionalInt.empty(), most),
                AgentRequest.Conversation.NONE,
                Optional.of(diff()));
    }

    private static List<JobLog> logs(Suggestable.Verdict.Due due, Ci ci) {
        List<Long> runs = due.failed().stream()
                .flatMap(check -> check.job().stream())
                .map(Check.Job::run)
                .distinct()
                .toList();
        var logs = new ArrayList<JobLog>();
        int left = MOST_REQUESTS;
        for (long run : runs) {
            if (left > 1) {
                List<JobLog> more = ci.failedJobs(run, left - 1, LOG_BYTES);
                logs.addAll(more);
                left -= 1 + more.size();
            }
        }
        return logs;
    }

    private List<Feedback> feedback() {
        var feedback = new ArrayList<Feedback>();
        for (Check check : due.failed().stream().limit(MOST_CHECKS).toList()) {
            var text = new StringBuilder("The check \"")
                    .append(check.name())
                    .append("\" ended with ")
                    .append(check.result().name().toLowerCase(Locale.ROOT))
                    .append(".\n");
            logs.stream()
                    .filter(log -> check.job()
                            .filter(job -> job.job().stream().anyMatch(id -> id == log.job())
                                    || check.name().equals(log.name()))
                            .isPresent())
                    .findFirst()
                    .ifPresent(log -> log(text, log));
            feedback.add(new Feedback(
                    "check-" + (feedback.size() + 1),
                    Feedback.Kind.CI,
                    new Untrusted(text.toString()),
                    Optional.empty(),
                    OptionalInt.empty()));
        }
        return feedback;
    }

    private static void log(StringBuilder text, JobLog log) {
        if (!log.failedSteps().isEmpty()) {
            text.append("Failed steps: ")
                    .append(String.join(", ", log.failedSteps()))
                    .append('\n');
        }
        String all = log.text().raw();
        text.append("\nThe end of its log:\n\n").append(all.substring(Math.max(0, all.length() - LOG_CHARACTERS)));
    }

    /** As the forge shows it: only on these lines something can be suggested. */
    private Untrusted diff() {
        var text = new StringBuilder();
        for (ChangedFile file : files) {
            if (text.length() < DIFF_CHARACTERS) {
                text.append("--- ")
                        .append(file.previous().orElse(file.path()))
                        .append("\n+++ ")
                        .append(file.removed() ? "/dev/null" : file.path())
                        .append('\n')
                        .append(file.patch().map(Untrusted::raw).orElse("(not shown)"))
                        .append('\n');
            }
        }
        return new Untrusted(text.substring(0, Math.min(text.length(), DIFF_CHARACTERS)));
    }
}
