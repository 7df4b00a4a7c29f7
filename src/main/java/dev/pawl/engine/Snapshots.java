package dev.pawl.engine;

import dev.pawl.domain.decide.Snapshot;
import dev.pawl.domain.decide.StateFound;
import dev.pawl.domain.decide.Trigger;
import dev.pawl.domain.model.Issue;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.port.Forge;
import dev.pawl.domain.state.RunState;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads an issue in as few requests as it takes. */
final class Snapshots {
    private Snapshots() {}

    /** The issue as it is now; empty when it is gone. */
    static Optional<Snapshot> read(Forge forge, int number, Trigger trigger) {
        return read(forge, number, trigger, Optional.empty());
    }

    /**
     * The same.
     *
     * @param rang the pull request that the event is about, which was read a moment ago
     */
    static Optional<Snapshot> read(Forge forge, int number, Trigger trigger, Optional<PullRequest> rang) {
        return forge.issue(number).map(issue -> {
            Forge.Conversation conversation = forge.conversation(number);
            return read(forge, issue, conversation, trigger, rang);
        });
    }

    /** The issue with a conversation that was read already. */
    static Snapshot read(Forge forge, Issue issue, Forge.Conversation conversation, Trigger trigger) {
        return read(forge, issue, conversation, trigger, Optional.empty());
    }

    private static Snapshot read(
            Forge forge, Issue issue, Forge.Conversation conversation, Trigger trigger, Optional<PullRequest> rang) {
        Optional<PullRequest> pull = conversation.state() instanceof StateFound.Found(var _, RunState state)
                        && (!state.state().ended() || isReopened(trigger))
                        && state.work().pull().isPresent()
                ? rang.filter(p -> state.work().pull().equals(OptionalInt.of(p.number())))
                        .or(() -> forge.pull(state.work().pull().getAsInt()))
                : Optional.empty();
        return new Snapshot(
                forge.repository(),
                issue,
                conversation.comments(),
                conversation.notes(),
                conversation.state(),
                pull,
                trigger,
                Snapshot.Known.NOTHING);
    }

    /** The end of a run is looked behind only where its pull request was opened again. */
    private static boolean isReopened(Trigger trigger) {
        return trigger instanceof Trigger.PullTouched(int _, var _, boolean reopened) && reopened;
    }
}
