package dev.pawl.engine;

import dev.pawl.domain.decide.Suggestable;
import dev.pawl.domain.model.ChangedFile;
import dev.pawl.domain.model.Feedback;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.Forge;
import dev.pawl.domain.port.PullRequests;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an agent is asked of a pull request whose checks failed.
 *
 * @param shown the pull request, and what its author wrote
 * @param due what failed
 * @param files what it changes
 * @param feedback what the failed checks say
 */
record SuggestionRequest(
        PullRequests.Shown shown, Suggestable.Verdict.Due due, List<ChangedFile> files, List<Feedback> feedback) {
    /** A run's jobs cost a request, and each log one more: with these an invocation keeps to twenty. */
    private static final int MOST_LOGS = 2;

    private static final int DIFF_CHARACTERS = 200_000;

    /** Reads what the pull request itself doesn't show. */
    static SuggestionRequest read(PullRequests.Shown shown, Suggestable.Verdict.Due due, Forge forge) {
        List<ChangedFile> files = forge.pullRequests().files(due.pull().number());
        List<Feedback> feedback = new OwnCi(forge.ci()).feedback(due.failed(), MOST_LOGS);
        return new SuggestionRequest(shown, due, files, feedback);
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
                feedback,
                base,
                new AgentRequest.Bounds(Stage.DEFAULT_TIMEOUT, OptionalInt.empty(), most),
                AgentRequest.Conversation.NONE,
                Optional.of(diff()));
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
