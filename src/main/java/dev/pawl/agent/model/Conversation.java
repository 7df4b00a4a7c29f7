package dev.pawl.agent.model;

import dev.pawl.agent.model.wire.Question;
import dev.pawl.agent.model.wire.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * What was said so far, kept within a model's window: where it grows too long, the oldest outputs of tools are left out
 * first. The stage's prompt, the model's own words and the newest outputs always stay.
 */
final class Conversation {
    /** Tokens that a question may have, about; most models that can do this work take more. */
    static final int WINDOW = 100_000;

    private static final int CHARACTERS_PER_TOKEN = 4;

    /** After a cut there is room for a while: each cut makes the provider forget what it had cached. */
    private static final double AFTER_CUT = 0.6;

    /** What was refused was a little too long, or much; our count is no better than that. */
    private static final double BELOW_REFUSED = 0.9;

    private static final int SHORT = 200;

    private final String system;
    private final List<Question.Tool> tools;
    private final List<Turn> turns = new ArrayList<>();
    private final long fixed;
    private long window = WINDOW;

    Conversation(String system, List<Question.Tool> tools, String prompt) {
        this.system = system;
        this.tools = List.copyOf(tools);
        fixed = system.length()
                + tools.stream()
                        .mapToLong(t -> t.description().length()
                                + t.parameters().toString().length())
                        .sum();
        turns.add(new Turn.Ours(prompt));
    }

    void add(Turn turn) {
        turns.add(turn);
    }

    /** All of it, cut where it is too long. */
    Question question() {
        if (tokens() > window) {
            cutTo((long) (window * AFTER_CUT));
        }
        return new Question(system, turns, tools);
    }

    /** It was too long for the model: leaves out every old output, and grows less from now on. Whether there was any. */
    boolean cut() {
        long before = tokens();
        window = Math.min(window, (long) (before * BELOW_REFUSED));
        cutTo(0);
        return tokens() < before;
    }

    /** How many tokens it has, about. */
    long tokens() {
        return (fixed + turns.stream().mapToLong(Turn::size).sum()) / CHARACTERS_PER_TOKEN;
    }

    private void cutTo(long wanted) {
        for (int i = 0; i < turns.size() - 1 && tokens() > wanted; i++) {
            if (turns.get(i) instanceof Turn.Results(List<Turn.Result> results)) {
                turns.set(
                        i,
                        new Turn.Results(
                                results.stream().map(Conversation::noted).toList()));
            }
        }
    }

    private static Turn.Result noted(Turn.Result result) {
        return result.text().length() <= SHORT
                ? result
                : new Turn.Result(
                        result.call(),
                        "(" + result.text().length()
                                + " characters were here; they were left out to make room. Call the tool again if you need them.)",
                        result.failed());
    }
}
