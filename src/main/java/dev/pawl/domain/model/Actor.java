package dev.pawl.domain.model;

/**
 * An account of the forge. Two actors are the same when their ids are: logins change hands.
 *
 * @param id the numeric account id; 0 for a deleted account
 * @param login the name at the time of reading
 * @param kind what kind of account it is
 */
public record Actor(long id, String login, Kind kind) {
    /** What kind of account: GitHub's {@code user.type}. */
    public enum Kind {
        /** A person. */
        USER,
        /** An app, or anything else that is no person. */
        BOT
    }

    /** Stands for a deleted account ("ghost"), whom nobody may trust. */
    public static final Actor GHOST = new Actor(0, "ghost", Kind.BOT);

    /** Whether both are the same account. */
    public boolean is(Actor other) {
        return id == other.id;
    }

    /** Whether it is a person. */
    public boolean isPerson() {
        return kind == Kind.USER;
    }
}
