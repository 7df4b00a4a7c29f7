package dev.pawl.agent.model.tool;

/**
 * What came of using a tool.
 *
 * @param label what the text is, in a few words; empty where the text is our own
 * @param text for the model to read
 * @param failed whether it couldn't be done
 */
public record Outcome(String label, String text, boolean failed) {
    /** Something that was found in the work tree, or printed there. */
    static Outcome found(String label, String text) {
        return new Outcome(label, text, false);
    }

    /** Done, in our words. */
    static Outcome done(String text) {
        return new Outcome("", text, false);
    }

    /** Not done; why, in our words. */
    public static Outcome refused(String why) {
        return new Outcome("", why, true);
    }
}
