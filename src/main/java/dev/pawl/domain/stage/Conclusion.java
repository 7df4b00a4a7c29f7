package dev.pawl.domain.stage;

import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.port.AgentSession;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.text.Sentences;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a stage.
 *
 * @param result how it counts
 * @param state the run afterwards, but for what the effects bring back
 * @param effects what is to be done outside, in order; saving the state comes after them and isn't among them
 */
public record Conclusion(Result result, RunState state, List<Effect> effects) {
    public Conclusion {
        effects = List.copyOf(effects);
    }

    /** How a stage's end counts. */
    public enum Result {
        /** The run moved on. */
        ADVANCED,
        /** The run waits, as it should. */
        WAITING,
        /** The stage failed, and will be tried again. */
        FAILED,
        /** The run stopped. */
        BLOCKED
    }

    /** The same, where the stage's result also says how the agent's conversation began, if that is worth a word. */
    public Conclusion of(StageKind kind, AgentSession session) {
        return Sentences.session(session.beginning())
                .map(words -> new Conclusion(result, state.change(kind, s -> s.remarked(words)), effects))
                .orElse(this);
    }

    /** The same, where the stage's result also says how many comments its agent wasn't told. */
    public Conclusion leavingOut(StageKind kind, int comments) {
        return comments == 0
                ? this
                : new Conclusion(result, state.change(kind, s -> s.remarked(Sentences.leftOut(comments))), effects);
    }

    /** The same with more to be done first. */
    public Conclusion after(List<Effect> first) {
        var all = new ArrayList<>(first);
        all.addAll(effects);
        return new Conclusion(result, state, all);
    }
}
