package dev.pawl.domain.stage;

import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.text.PullRequestText;
import java.util.List;
import java.util.Optional;

/** Opens the pull request. An agent writes its title and body; everything that has an effect in them is ours. */
record OpenPr() implements StageWork {
    @Override
    public Conclusion conclude(Context context, Work work) {
        return switch (work) {
            case Work.Asked(AgentOutcome.Failed failure, var _) -> Ends.failed(context, failure);
            case Work.Asked(AgentOutcome.Finished(AgentResult result, Usage usage), var _) ->
                opened(context, result, usage);
            case Work.Rules _, Work.Validated _, Work.Dispatched _, Work.Repeatable _, Work.Found _ ->
                throw new IllegalArgumentException("open_pr does no such work");
        };
    }

    private static Conclusion opened(Context context, AgentResult result, Usage usage) {
        RunState state = Ends.booked(context, usage, result.session());
        if (result.status() != AgentResult.Status.OK || result.pullRequest().isEmpty()) {
            return Ends.attempt(context, state, FailureKind.AGENT_RESULT, "no pull request text", usage);
        }
        BranchName branch = state.work().branch().orElseThrow();
        Issue issue = context.snapshot().issue();
        Policy.PullRequests rules = context.policy().pullRequest();
        AgentResult.PullRequestText text = result.pullRequest().get();
        Effect pull = new Effect.EnsurePullRequest(
                branch,
                state.work().base().orElseThrow(),
                PullRequestText.title(text, issue),
                PullRequestText.body(text, issue, state, context.commits()),
                rules.draft(),
                rules.reviewers(),
                rules.labels());
        Conclusion done = Ends.succeeded(context, state, usage, "opened", List.of(pull));
        if (done.state().due().isPresent()) {
            return done;
        }
        var waiting = new Waiting(Waiting.Reason.REVIEW, context.now(), Optional.empty(), "");
        return new Conclusion(
                Conclusion.Result.ADVANCED,
                done.state().waiting(IssueState.WAITING_ON_REVIEW, waiting),
                done.effects());
    }
}
