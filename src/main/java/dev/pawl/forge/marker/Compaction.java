package dev.pawl.forge.marker;

import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Spending;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.Waiting;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Makes a state that is too long shorter, the least harmful first: long results, sessions (they start cold then), old
 * agent starts, old handled commands (their reactions stay).
 */
final class Compaction {
    private static final int SHORT = 120;
    private static final int SHORTER = 40;
    private static final int FEW = 20;

    /** One step after the other, until it fits. */
    static final List<UnaryOperator<RunState>> STEPS = List.of(
            state -> results(state, SHORT),
            Compaction::sessions,
            Compaction::starts,
            Compaction::handled,
            state -> results(waiting(state), SHORTER));

    private Compaction() {}

    private static RunState results(RunState state, int most) {
        return state.with(state.stages().stream().map(s -> result(s, most)).toList());
    }

    private static StageRecord result(StageRecord s, int most) {
        return new StageRecord(
                s.kind(),
                s.status(),
                s.attempts(),
                s.failures(),
                s.last(),
                Cut.chars(s.result(), most),
                s.seconds(),
                s.cost(),
                s.tokens());
    }

    private static RunState sessions(RunState s) {
        return new RunState(
                s.id(),
                s.state(),
                s.stages(),
                s.work(),
                s.fence(),
                s.waiting(),
                s.spending(),
                s.people(),
                s.documents(),
                Map.of(),
                s.after());
    }

    private static RunState starts(RunState state) {
        Spending s = state.spending();
        return state.with(new Spending(
                s.runs(), s.idle(), s.cost(), s.lifted(), s.inputTokens(), s.outputTokens(), newest(s.starts())));
    }

    private static RunState handled(RunState state) {
        RunState.People p = state.people();
        return state.with(new RunState.People(p.startedBy(), p.login(), newest(p.handled()), p.approved()));
    }

    private static <T> List<T> newest(List<T> items) {
        return items.subList(Math.max(0, items.size() - FEW), items.size());
    }

    private static RunState waiting(RunState state) {
        return state.waiting()
                .map(w -> state.waiting(
                        state.state(), new Waiting(w.reason(), w.since(), w.until(), Cut.chars(w.detail(), SHORT))))
                .orElse(state);
    }
}
