package dev.pawl.engine;

import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.Workspace;
import dev.pawl.domain.stage.Assignment;
import dev.pawl.domain.stage.Context;
import java.util.Optional;
import java.util.OptionalInt;

/** What an agent is asked in a stage. */
record Requests(Workspace workspace, Settings settings) {
    private static final int DIFF_BYTES = 200_000;

    /** Who does the stage: the invocation's own choice counts first. */
    Optional<Assignment> assignment(Context context) {
        return Assignment.of(context, settings.agent());
    }

    AgentRequest of(Context context, Assignment assignment, Workspace.Tree tree) {
        AgentSpec agent = assignment.agent();
        var state = context.state();
        var issue = context.snapshot().issue();
        Optional<Untrusted> diff = showsDiff(context.kind())
                ? Optional.of(new Untrusted(workspace.diff(tree, DIFF_BYTES)))
                : Optional.empty();
        return new AgentRequest(
                agent,
                context.kind(),
                assignment.leg(),
                new AgentRequest.IssueText(
                        issue.number(),
                        issue.title(),
                        issue.body(),
                        context.policy().type(state.id().workflow()).map(t -> t.name()),
                        issue.labels(),
                        context.snapshot().comments().stream()
                                .map(c -> new AgentRequest.Said(c.id(), c.author(), c.body()))
                                .toList()),
                context.plan(),
                context.feedback(),
                new AgentRequest.Base(state.work().base().orElseThrow(), tree.base()),
                new AgentRequest.Bounds(
                        context.stage().timeout(),
                        OptionalInt.empty(),
                        context.policy()
                                .limits()
                                .costPerIssue()
                                .minus(state.spending().counted())),
                new AgentRequest.Conversation(
                        state.id().repository(),
                        Contexts.taskHash(context),
                        Optional.ofNullable(state.sessions().get(context.kind().word() + "/" + agent.name()))),
                diff);
    }

    private static boolean showsDiff(StageKind kind) {
        return kind == StageKind.REVIEW || kind == StageKind.OPEN_PR;
    }
}
