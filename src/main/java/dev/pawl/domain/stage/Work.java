package dev.pawl.domain.stage;

import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentSession;
import dev.pawl.domain.port.Usage;
import dev.pawl.domain.port.Validation;
import dev.pawl.domain.port.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What was done for a stage, before anything of it is shown outside. */
public sealed interface Work {
    /** The conversation with the agent that did it, where one did. */
    default AgentSession session() {
        return switch (this) {
            case Asked(AgentOutcome outcome, var _) -> outcome.session();
            case Rules _, Validated _, Dispatched _, Repeatable _, Found _ -> AgentSession.NONE;
        };
    }

    /** Nothing had to be done: rules, or our own words. */
    record Rules() implements Work {}

    /**
     * An agent was asked.
     *
     * @param outcome how that ended
     * @param change what it changed, for stages that change files
     */
    record Asked(AgentOutcome outcome, Optional<Change> change) implements Work {}

    /**
     * The repository's commands ran.
     *
     * @param results theirs
     */
    record Validated(List<Validation.Result> results) implements Work {
        public Validated {
            results = List.copyOf(results);
        }
    }

    /**
     * One of the repository's workflows validates the work, and hasn't ended.
     *
     * @param begun whether it was begun; else it has to be asked for
     */
    record Dispatched(boolean begun) implements Work {}

    /**
     * What failed can be run once more.
     *
     * @param runs the runs that weren't repeated yet; none where all were
     * @param again whether one that was repeated hasn't ended
     */
    record Repeatable(List<Long> runs, boolean again) implements Work {
        public Repeatable {
            runs = List.copyOf(runs);
        }
    }

    /**
     * The stage's commit is there without an agent: an invocation before this one pushed it and died, or git alone made it.
     *
     * @param branch our branch
     * @param head the commit
     * @param usage what the attempt used
     * @param tasks how many of the plan's tasks are done with it; empty for all of them
     */
    record Found(BranchName branch, Sha head, Usage usage, OptionalInt tasks) implements Work {}

    /**
     * What an agent changed.
     *
     * @param changes what the guard says of it
     * @param branch our branch
     * @param commit the commit made of it, where the guard allows it
     */
    record Change(Workspace.Changes changes, BranchName branch, Optional<Sha> commit) {}
}
