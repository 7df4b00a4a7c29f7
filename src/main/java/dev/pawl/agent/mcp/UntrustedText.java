package dev.pawl.agent.mcp;

import dev.pawl.agent.prompt.VisibleText;
import dev.pawl.domain.model.Untrusted;

/** A server's words as a model may see them: nothing hidden, and not too many. */
final class UntrustedText {
    private UntrustedText() {}

    /** Several lines; the rest of a text that is too long is left out. */
    static String of(String text, int most) {
        // What is hidden is no reason to look at all of it.
        String looked = text.substring(0, Math.min(text.length(), 4 * most));
        String shown = VisibleText.ofPlain(new Untrusted(looked)).text();
        return shown.length() <= most ? shown : shown.substring(0, whole(shown, most)) + "…";
    }

    /** The same in one line. */
    static String line(String text, int most) {
        return of(text, most).replace('\n', ' ').replace('\t', ' ').strip();
    }

    /** Where to cut: not between the halves of a character. */
    static int whole(String text, int most) {
        return Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    }
}
