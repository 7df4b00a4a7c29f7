package dev.pawl.domain.report;

import dev.pawl.domain.port.Forge;
import dev.pawl.domain.state.RunState;
import java.util.Locale;
import java.util.Optional;

/**
 * What a look at an issue's state came to.
 *
 * @param issue its number
 * @param found what was found
 * @param detail what is wrong with it, or why it can't be written anew; empty where nothing is
 * @param state the run, as it is, or as it can be or was written anew; empty where that can't be told
 * @param oddities what is odd about the comments that claim to be states
 * @param end what was done about it
 */
public record Diagnosis(
        int issue, Found found, String detail, Optional<RunState> state, Forge.Oddities oddities, End end) {
    /** What was found. */
    public enum Found {
        /** A state that can be believed. */
        FINE,
        /** No state, and no sign that there ever was one. */
        NONE,
        /** No state, though the ledger or a comment tells of one. */
        GONE,
        /** A state that was put back to an older one. */
        OLDER,
        /** A state that can't be believed. */
        BROKEN,
        /** A state of a newer version. */
        NEWER;

        /** The word for programs. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What was done. */
    public enum End {
        /** Nothing: it was only looked at, or there was nothing to do. */
        LOOKED,
        /** What could be mended was. */
        WRITTEN,
        /** Somebody works on the issue, or the forge doesn't show yet what was written: later. */
        LATER
    }

    /** The same, once something was done about it. */
    public Diagnosis ended(End how) {
        return new Diagnosis(issue, found, detail, state, oddities, how);
    }

    /** Whether a person has to do something. */
    public boolean isTrouble() {
        return found != Found.FINE && found != Found.NONE && end != End.WRITTEN;
    }
}
