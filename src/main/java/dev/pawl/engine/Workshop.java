package dev.pawl.engine;

import dev.pawl.domain.decide.Decider;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Leg;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.Agents;
import dev.pawl.domain.port.Validation;
import dev.pawl.domain.port.Workspace;
import dev.pawl.domain.stage.Assignment;
import dev.pawl.domain.stage.Context;
import dev.pawl.domain.stage.Work;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.text.CommitText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Does a stage's work: lays out the tree, asks the agent or runs the commands, and makes the commit. Shows nothing. */
final class Workshop {
    private final Workspace workspace;
    private final Agents agents;
    private final Validation validation;
    private final Supplier<String> defaultBranch;
    private final Requests requests;

    Workshop(
            Workspace workspace,
            Agents agents,
            Validation validation,
            Supplier<String> defaultBranch,
            Settings settings) {
        this.workspace = workspace;
        this.agents = agents;
        this.validation = validation;
        this.defaultBranch = defaultBranch;
        this.requests = new Requests(workspace, settings);
    }

    /** What came of it. */
    sealed interface Done {
        /**
         * The work was done.
         *
         * @param context with what was found on the way: the base, the branch's head and commits
         * @param work the work
         * @param tree the work tree, where there was one
         */
        record Worked(Context context, Work work, Optional<Workspace.Tree> tree) implements Done {}

        /**
         * The branch isn't ours to build on.
         *
         * @param detail in our words
         */
        record BranchTaken(String detail) implements Done {}
    }

    Done work(Context context) {
        StageKind kind = context.kind();
        boolean asks = Decider.asksAgent(kind, context.snapshot().issue(), context.policy());
        if (!asks && kind != StageKind.VALIDATE) {
            return new Done.Worked(context, new Work.Rules(), Optional.empty());
        }
        RunState state = context.state();
        String base =
                state.work().base().or(() -> context.policy().branch().base()).orElseGet(defaultBranch);
        Optional<BranchName> branch = kind.changesFiles()
                ? Optional.of(branch(context))
                : state.work().branch();
        Workspace.Tree tree = workspace.prepare(base, branch);
        List<Workspace.CommitInfo> commits = branch.isPresent() ? workspace.commitsSinceBase(tree) : List.of();
        Context based = context.assigned(asks ? requests.assignment(context) : Optional.empty())
                .with(state.with(state.work().onto(base)))
                .withCommits(commits.reversed().stream()
                        .map(c -> c.message().lines().findFirst().orElse(""))
                        .toList());
        return switch (Branches.look(based, tree, commits)) {
            case Branches.Found.Taken(String detail) -> new Done.BranchTaken(detail);
            case Branches.Found.Finished(Sha head, String message) ->
                new Done.Worked(
                        based,
                        new Work.Found(branch.orElseThrow(), head, CommitText.cost(message), CommitText.tasks(message)),
                        Optional.of(tree));
            case Branches.Found.Fresh() -> new Done.Worked(based, work(based, tree, branch), Optional.of(tree));
            case Branches.Found.At(Sha head) -> {
                Context moved =
                        based.with(based.state().with(based.state().work().at(branch.orElseThrow(), head)));
                yield new Done.Worked(moved, work(moved, tree, branch), Optional.of(tree));
            }
        };
    }

    private static BranchName branch(Context context) {
        return context.state()
                .work()
                .branch()
                .orElseGet(() -> BranchName.of(
                        context.policy().branch().prefix(),
                        context.snapshot().issue().number(),
                        context.snapshot().issue().title()));
    }

    private Work work(Context context, Workspace.Tree tree, Optional<BranchName> branch) {
        if (context.kind() == StageKind.VALIDATE) {
            return new Work.Validated(validation.run(context.policy().validation(), tree.folder()));
        }
        AgentRequest request = requests.of(context, context.assignment().orElseThrow(), tree);
        AgentOutcome outcome = agents.run(request, tree.folder());
        Optional<Work.Change> change =
                context.kind().changesFiles() && outcome instanceof AgentOutcome.Finished finished
                        ? Optional.of(change(context, tree, branch.orElseThrow(), finished))
                        : Optional.empty();
        return new Work.Asked(outcome, change);
    }

    private Work.Change change(Context context, Workspace.Tree tree, BranchName branch, AgentOutcome.Finished outcome) {
        Workspace.Changes changes = workspace.changes(tree, context.policy().paths());
        Optional<Sha> commit = changes instanceof Workspace.Changes.Accepted accepted
                ? Optional.of(workspace.commit(tree, accepted, message(context, outcome)))
                : Optional.empty();
        return new Work.Change(changes, branch, commit);
    }

    private static Workspace.Message message(Context context, AgentOutcome.Finished outcome) {
        int attempt =
                context.state().stage(context.kind()).map(StageRecord::attempts).orElse(1);
        String text = CommitText.of(
                outcome.result().commit(),
                context.snapshot().issue(),
                context.state(),
                new CommitText.Attempt(context.kind(), attempt, outcome.usage().cost(), tasks(context)));
        return new Workspace.Message(text, context.policy().author());
    }

    /** How many of the plan's tasks the commit leaves done, where it leaves some undone. */
    private static OptionalInt tasks(Context context) {
        return context
                .assignment()
                .flatMap(Assignment::leg)
                .filter(leg -> !leg.after().isEmpty())
                .stream()
                .mapToInt(Leg::reaches)
                .findFirst();
    }
}
