package dev.pawl.sandbox.graphql;

/** A question that can't be understood, or asks for what isn't there. */
public final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
        super(message, null, false, false);
    }
}
