package dev.pawl.app.rehearsal;

/** The user's own project or policy can't be read; the message is for the user. */
public final class UnreadableProject extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableProject(String message) {
        super(message);
    }
}
