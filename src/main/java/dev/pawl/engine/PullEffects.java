package dev.pawl.engine;

import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.port.PullRequests;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What both performers do with effects on an open pull request. */
final class PullEffects {
    private static final Logger LOG = LoggerFactory.getLogger(PullEffects.class);

    private PullEffects() {}

    static void perform(Effect.OnPull effect, PullRequests pulls) {
        switch (effect) {
            case Effect.EnsureReply reply -> {
                if (pulls.ensureReply(reply).isEmpty()) {
                    LOG.info(
                            "reply=left-out pull={} comment={} why=\"the comment is gone\"",
                            reply.pull(),
                            reply.comment());
                }
            }
            case Effect.EnsureResolved(String thread) -> pulls.ensureResolved(thread);
            case Effect.EnsureAsked(int pull, var logins) -> pulls.ensureAsked(pull, logins);
            case Effect.EnsureDraft(int pull, boolean draft) -> pulls.ensureDraft(pull, draft);
            case Effect.EnsurePullClosed(int pull) -> {
                var closed = pulls.ensureOpen(pull, false);
                LOG.info("pull={} closed={}", pull, closed);
            }
            case Effect.EnsureBranchGone(String branch, var commit) -> {
                boolean gone = pulls.ensureBranchGone(branch, commit);
                LOG.info("branch={} gone={}", branch, gone);
            }
            case Effect.EnsureSuggestions review -> pulls.ensureSuggestions(review);
        }
    }

    static String describe(Effect.OnPull effect) {
        return switch (effect) {
            case Effect.EnsureReply reply ->
                "would reply to review comment " + reply.comment() + " of #" + reply.pull() + ":\n" + reply.body();
            case Effect.EnsureResolved(String thread) -> "would resolve the thread " + thread;
            case Effect.EnsureAsked(int pull, var logins) ->
                "would ask for a review of #" + pull + ": " + String.join(", ", logins);
            case Effect.EnsureDraft(int pull, boolean draft) ->
                draft ? "would make a draft of #" + pull : "would mark #" + pull + " as ready for review";
            case Effect.EnsurePullClosed(int pull) -> "would close #" + pull;
            case Effect.EnsureBranchGone(String branch, var commit) ->
                "would delete " + branch + " if it is still at " + commit.abbreviated();
            case Effect.EnsureSuggestions review ->
                "would review #" + review.pull() + ":\n" + review.body()
                        + review.remarks().stream()
                                .map(remark -> "\n\n" + remark.path() + ":" + remark.to() + "\n" + remark.body())
                                .collect(Collectors.joining());
        };
    }
}
