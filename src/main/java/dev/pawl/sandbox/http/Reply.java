package dev.pawl.sandbox.http;

import java.util.Optional;

/**
 * What goes back over a connection, and what becomes of it then.
 *
 * @param answer the answer; empty where nothing is sent
 * @param bytes how many bytes of its body are sent, at most
 * @param ending what comes after them
 */
public record Reply(Optional<Answer> answer, int bytes, Ending ending) {
    /** What becomes of a connection. */
    public enum Ending {
        /** It waits for the next request. */
        OPEN,
        /** It is closed. */
        CLOSED,
        /** It is reset, as by a box in between that lost its memory. */
        RESET,
        /** Nothing more comes, until the client gives up. */
        SILENT
    }

    /** The whole answer. */
    public static Reply whole(Answer answer) {
        return new Reply(Optional.of(answer), Integer.MAX_VALUE, Ending.OPEN);
    }

    /** No answer. */
    public static Reply none(Ending ending) {
        return new Reply(Optional.empty(), 0, ending);
    }

    /** An answer whose head promises more than comes. */
    public static Reply part(Answer answer, int bytes, Ending ending) {
        return new Reply(Optional.of(answer), bytes, ending);
    }

    Reply with(Answer other) {
        return new Reply(Optional.of(other), bytes, ending);
    }
}
