package dev.pawl.engine;

import dev.pawl.domain.model.Sha;
import dev.pawl.domain.port.Workspace;
import dev.pawl.domain.stage.Context;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.text.CommitText;
import java.util.List;
import java.util.Optional;

/** What the branch on the remote means for a stage. The branch outranks the state. */
final class Branches {
    private Branches() {}

    /** What was found. */
    sealed interface Found {
        /** Nothing yet: the work begins at the base. */
        record Fresh() implements Found {}

        /**
         * Work to build on, ours or people's on top of ours.
         *
         * @param head its head
         */
        record At(Sha head) implements Found {}

        /**
         * This very attempt's commit: an invocation before this one pushed it and died.
         *
         * @param head the commit
         * @param message its message
         */
        record Finished(Sha head, String message) implements Found {}

        /** The branch that the state speaks of was deleted. */
        record Gone() implements Found {}

        /**
         * Something that isn't ours.
         *
         * @param detail in our words
         */
        record Taken(String detail) implements Found {}
    }

    static Found look(Context context, Workspace.Tree tree, List<Workspace.CommitInfo> commits) {
        RunState state = context.state();
        boolean anywhere =
                state.work().head().filter(RunState.Work.ANYWHERE::equals).isPresent();
        Optional<Sha> recorded = anywhere ? tree.branchHead() : state.work().head();
        Optional<Sha> found = tree.branchHead();
        if (found.isEmpty()) {
            if (state.work().head().isEmpty()) {
                return new Found.Fresh();
            }
            return state.work().pull().isEmpty() ? new Found.Gone() : new Found.Taken(Waiting.BRANCH_GONE);
        }
        Sha head = found.get();
        if (recorded.equals(found)) {
            return new Found.At(head);
        }
        boolean ours = context.kind().changesFiles()
                && commits.stream()
                        .findFirst()
                        .filter(c -> isThisAttempt(context, c))
                        .isPresent();
        if (ours) {
            return new Found.Finished(head, commits.getFirst().message());
        }
        boolean grown = recorded.isPresent()
                ? commits.stream().anyMatch(c -> recorded.get().equals(c.sha()))
                : commits.stream()
                        .anyMatch(c -> CommitText.isOf(c.message(), state.id().run()));
        return grown
                ? new Found.At(head)
                : new Found.Taken("it is at " + head.abbreviated() + ", which isn't Pawl's work");
    }

    private static boolean isThisAttempt(Context context, Workspace.CommitInfo commit) {
        int attempt =
                context.state().stage(context.kind()).map(StageRecord::attempts).orElse(0);
        return commit.authorEmail().equals(context.policy().author().email())
                && CommitText.isOf(commit.message(), context.state().id().run(), context.kind(), attempt);
    }
}
