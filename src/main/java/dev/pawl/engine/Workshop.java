package dev.pawl.engine;

import dev.pawl.domain.decide.AgentUse;
import dev.pawl.domain.decide.Runs;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Leg;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.Agents;
import dev.pawl.domain.port.Checkpoint;
import dev.pawl.domain.port.Checkpoints;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.port.Validation;
import dev.pawl.domain.port.Workspace;
import dev.pawl.domain.stage.Assignment;
import dev.pawl.domain.stage.Context;
import dev.pawl.domain.stage.Work;
import dev.pawl.domain.state.Document;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.text.CommitText;
import dev.pawl.domain.text.UpdateText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does a stage's work: lays out the tree, asks the agent or runs the commands, and makes the commit. Shows nothing. */
final class Workshop {
    private static final Logger LOG = LoggerFactory.getLogger(Workshop.class);

    private final Workspace workspace;
    private final Crew crew;
    private final Supplier<String> defaultBranch;
    private final Requests requests;

    Workshop(Workspace workspace, Crew crew, Supplier<String> defaultBranch, Settings settings) {
        this.workspace = workspace;
        this.crew = crew;
        this.defaultBranch = defaultBranch;
        this.requests = new Requests(workspace, settings);
    }

    /**
     * Who works.
     *
     * @param agents asks agents
     * @param validation runs the repository's commands
     * @param checkpoints reads and writes what an agent's work came to
     * @param ci knows what the repository's own workflows say
     */
    record Crew(Agents agents, Validation validation, Checkpoints checkpoints, OwnCi ci) {}

    /** What came of it. */
    sealed interface Done {
        /**
         * The work was done.
         *
         * @param context with what was found on the way: the base, the branch's head and commits
         * @param work the work
         * @param tree the work tree, where there was one
         * @param checkpoint what an agent's work comes to, to be kept where its effects may not come true
         */
        record Worked(Context context, Work work, Optional<Workspace.Tree> tree, Optional<Workspace.Kept> checkpoint)
                implements Done {
            Worked(Context context, Work work, Optional<Workspace.Tree> tree) {
                this(context, work, tree, Optional.empty());
            }
        }

        /**
         * The branch isn't ours to build on.
         *
         * @param detail in our words
         */
        record BranchTaken(String detail) implements Done {}

        /**
         * Branch and base conflict where no agent can or may solve it.
         *
         * @param context as far as it came
         * @param reasons one sentence each
         */
        record Unmergeable(Context context, List<String> reasons) implements Done {}

        /**
         * Branch and base conflict, and no agent was meant to be asked.
         *
         * @param context as far as it came
         */
        record Conflicting(Context context) implements Done {}

        /** Somebody deleted the branch, and the stage needs what was on it. */
        record BranchGone() implements Done {}
    }

    /**
     * Does the work.
     *
     * @param unfinished where an invocation before this one, which began this very attempt, may have kept what came of it
     */
    Done work(Context context, Optional<String> unfinished) {
        StageKind kind = context.kind();
        boolean asks = AgentUse.of(kind, context.snapshot(), context.state(), context.policy());
        if (!asks && kind != StageKind.VALIDATE && kind != StageKind.UPDATE_BRANCH) {
            return new Done.Worked(context, crew.ci().withoutAgent(context), Optional.empty());
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
                        new Work.Found(
                                branch.orElseThrow(), head, CommitText.usage(message), CommitText.tasks(message)),
                        Optional.of(tree));
            case Branches.Found.Fresh() -> work(based, new Place(tree, branch, unfinished));
            case Branches.Found.Gone() ->
                Runs.isBuilt(state)
                        ? new Done.BranchGone()
                        : work(
                                based.with(
                                        based.state().with(based.state().work().lost())),
                                new Place(tree, branch, unfinished));
            case Branches.Found.At(Sha head) -> {
                Context moved =
                        based.with(based.state().with(based.state().work().at(branch.orElseThrow(), head)));
                yield work(moved, new Place(tree, branch, unfinished));
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

    /** Where the work is done, and where it may have been done already. */
    private record Place(Workspace.Tree tree, Optional<BranchName> branch, Optional<String> unfinished) {
        Place in(Workspace.Tree other) {
            return new Place(other, branch, unfinished);
        }
    }

    private Done work(Context context, Place place) {
        Optional<Workspace.Tree> tree = Optional.of(place.tree());
        if (context.kind() == StageKind.VALIDATE
                && context.policy().validation().workflow().isPresent()) {
            return new Done.Worked(context, crew.ci().validated(context), tree);
        }
        if (context.kind() == StageKind.VALIDATE) {
            var results = crew.validation()
                    .run(context.policy().validation(), place.tree().folder());
            return new Done.Worked(context, new Work.Validated(results), tree);
        }
        return context.kind() == StageKind.UPDATE_BRANCH ? updated(context, place) : attempted(context, place);
    }

    /** Takes the base in; an agent solves what git can't, or repairs what the last merge broke. */
    private Done updated(Context context, Place place) {
        Optional<Workspace.Tree> tree = Optional.of(place.tree());
        boolean asks = context.assignment().isPresent();
        return switch (workspace.merge(place.tree(), context.policy().paths())) {
            case Workspace.Merged.Current() ->
                asks && context.state().documents().containsKey(Document.FEEDBACK)
                        ? attempted(context, place)
                        : new Done.Worked(context, new Work.Rules(), tree);
            case Workspace.Merged.Fits(Workspace.Tree merged) -> {
                Sha commit = workspace.commit(merged, message(context, Optional.empty(), Usage.NONE));
                var found = new Work.Found(place.branch().orElseThrow(), commit, Usage.NONE, OptionalInt.empty());
                yield new Done.Worked(context, found, tree);
            }
            case Workspace.Merged.Conflicts(Workspace.Tree merged, var files) ->
                asks
                        ? attempted(context.hearing(UpdateText.conflicts(files)), place.in(merged))
                        : new Done.Conflicting(context);
            case Workspace.Merged.Unmergeable(List<String> reasons) -> new Done.Unmergeable(context, reasons);
        };
    }

    private Done attempted(Context context, Place place) {
        var attempt = new Checkpoint.Attempt(
                context.state().id().run(),
                context.kind(),
                context.state().stage(context.kind()).map(StageRecord::attempts).orElse(1),
                place.tree().start());
        Optional<Workspace.Kept> kept = place.unfinished().flatMap(workspace::kept);
        Optional<Checkpoint> checkpoint = kept.flatMap(k -> crew.checkpoints().read(k.text()))
                .filter(c -> c.attempt().equals(attempt));
        if (checkpoint.isEmpty()) {
            return asked(context, place, attempt);
        }
        LOG.info("checkpoint=found stage={} attempt={}", attempt.stage().word(), attempt.number());
        kept.get().work().ifPresent(work -> workspace.replay(place.tree(), work));
        // It goes on as if it had been finished then: by what people had written then.
        RunState state = context.state();
        Context then =
                context.with(state.with(state.work().reading(checkpoint.get().content())));
        Done.Worked again = finished(then, place, attempt, checkpoint.get().outcome());
        return new Done.Worked(again.context(), again.work(), again.tree());
    }

    private Done asked(Context found, Place place, Checkpoint.Attempt attempt) {
        Context context = crew.ci().told(found);
        if (context.kind() == StageKind.FIX_CI && context.feedback().isEmpty()) {
            return new Done.Worked(context, new Work.Rules(), Optional.of(place.tree()));
        }
        AgentRequest request = requests.of(context, context.assignment().orElseThrow(), place.tree());
        AgentOutcome outcome = crew.agents().run(request, place.tree().folder());
        return outcome instanceof AgentOutcome.Finished finished
                ? finished(context, place, attempt, finished)
                : new Done.Worked(context, new Work.Asked(outcome, Optional.empty()), Optional.of(place.tree()));
    }

    private Done.Worked finished(
            Context context, Place place, Checkpoint.Attempt attempt, AgentOutcome.Finished outcome) {
        Optional<Work.Change> change = context.kind().changesFiles()
                ? Optional.of(change(context, place.tree(), place.branch().orElseThrow(), outcome))
                : Optional.empty();
        String content = context.state().work().content().orElse("");
        var checkpoint = new Workspace.Kept(
                crew.checkpoints().write(new Checkpoint(attempt, content, outcome)),
                change.flatMap(Work.Change::commit));
        return new Done.Worked(
                context, new Work.Asked(outcome, change), Optional.of(place.tree()), Optional.of(checkpoint));
    }

    private Work.Change change(Context context, Workspace.Tree tree, BranchName branch, AgentOutcome.Finished outcome) {
        Workspace.Changes changes = workspace.changes(tree, context.policy().paths());
        Optional<Sha> commit = changes instanceof Workspace.Changes.Accepted accepted
                ? Optional.of(workspace.commit(
                        tree, accepted, message(context, outcome.result().commit(), outcome.usage())))
                : Optional.empty();
        return new Work.Change(changes, branch, commit);
    }

    private static Workspace.Message message(Context context, Optional<AgentResult.CommitText> wanted, Usage usage) {
        int attempt =
                context.state().stage(context.kind()).map(StageRecord::attempts).orElse(1);
        String text = CommitText.of(
                context.kind() == StageKind.UPDATE_BRANCH
                        ? wanted.or(() -> context.state().work().base().map(UpdateText::commit))
                        : wanted,
                context.snapshot().issue(),
                context.state(),
                new CommitText.Attempt(context.kind(), attempt, usage, tasks(context)));
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
