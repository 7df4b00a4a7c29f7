package dev.pawl.agent.model;

import dev.pawl.agent.model.tool.Outcome;
import java.util.List;

/**
 * Frames what tools give back, so that the model can tell data from rules, and takes the keys out of it, should a program
 * have come by one.
 *
 * @param id stands at the frame's ends; nobody could know it before
 * @param keys the model's key, and what the servers of tools were given
 */
record Frame(String id, List<String> keys) {
    private static final int SHORTEST_KEY = 8;
    private static final int LONGEST_LABEL = 300;

    Frame {
        keys = List.copyOf(keys);
    }

    /** The outcome as the model reads it. */
    String of(Outcome outcome, int longest) {
        String text = masked(outcome.text());
        if (outcome.label().isEmpty()) {
            return outcome.failed() ? "Refused: " + text : text;
        }
        String whole = text.replace(id, "");
        String shown = whole.length() <= longest
                ? whole
                : whole.substring(0, longest) + "\n… " + (whole.length() - longest) + " characters are left out here …";
        return "[data " + id + ": " + label(outcome.label()) + "]\n" + shown + (shown.endsWith("\n") ? "" : "\n")
                + "[end " + id + "]";
    }

    /** A text without the keys. */
    String masked(String text) {
        String masked = text;
        for (String key : keys) {
            masked = key.length() >= SHORTEST_KEY ? masked.replace(key, "(a key)") : masked;
        }
        return masked;
    }

    private String label(String label) {
        String line = label.replace(id, "").replace('\n', ' ').replace('[', '(').replace(']', ')');
        return line.substring(0, Math.min(line.length(), LONGEST_LABEL));
    }

    @Override
    public String toString() {
        return "Frame[" + id + "]";
    }
}
