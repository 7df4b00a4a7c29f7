package dev.pawl.domain.decide;

import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.state.Waiting.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An issue that says that it waits for others, by GitHub's dependencies or in its text, isn't begun before they are closed. */
record Dependencies(Snapshot snapshot, Instant now) {
    /** Whether a run waits for other issues that it names; triage's own verdict names none. */
    static boolean concerns(Waiting waiting) {
        return waiting.reason() == Reason.DEPENDENCY && !waiting.detail().isEmpty();
    }

    /**
     * The run, held up before its first stage.
     *
     * @param state with that stage due
     * @param kind the stage
     * @return empty where nothing stands in the way
     */
    Optional<Decision> hold(RunState state, StageKind kind, OptionalLong command) {
        boolean named = snapshot.issue().blockers() > 0
                || !BlockedBy.of(snapshot.issue()).isEmpty();
        if (kind != StageKind.TRIAGE || !named) {
            return Optional.empty();
        }
        Optional<List<String>> open = snapshot.known().blockers();
        if (open.isEmpty()) {
            return Optional.of(new Decision.Ask.Blockers());
        }
        return open.filter(all -> !all.isEmpty())
                .map(all -> state.waiting(IssueState.BLOCKED, waiting(String.join(", ", all))))
                .map(held -> new Decision.Escalate(held, command));
    }

    /** A wait that was said before keeps its beginning. */
    private Waiting waiting(String detail) {
        return Optional.of(snapshot.state())
                .flatMap(found -> found instanceof StateFound.Found(var _, RunState state)
                        ? state.waiting()
                        : Optional.<Waiting>empty())
                .filter(w -> w.reason() == Reason.DEPENDENCY && w.detail().equals(detail))
                .orElseGet(() -> new Waiting(Reason.DEPENDENCY, now, Optional.empty(), detail));
    }

    /** What follows for a run that was held up: nothing is said again where it still is. */
    static Decision still(RunState state, Waiting waiting, Decision next) {
        return next instanceof Decision.Escalate(RunState again, var _) && again.equals(state)
                ? new Decision.Wait(state, waiting)
                : next;
    }
}
