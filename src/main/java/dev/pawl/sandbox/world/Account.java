package dev.pawl.sandbox.world;

/**
 * An account that can act.
 *
 * @param id GitHub's numeric id, the only name that never changes
 * @param login the name people see; an app's ends in {@code [bot]}
 * @param kind who it is
 * @param token the one credential it acts with
 * @param role what it may do in every repository that names no other role for it
 */
public record Account(long id, String login, Kind kind, String token, Role role) {
    /** The id of {@code github-actions[bot]} on github.com (see {@code GET /users/github-actions[bot]}). */
    public static final long ACTIONS_ID = 41_898_282L;

    /** Kinds of account; apps act through installation tokens, whose rights are scopes instead of a role. */
    public enum Kind {
        /** A person. */
        USER,
        /** A GitHub App's installation. */
        APP,
        /** The {@code GITHUB_TOKEN} of a workflow; what it does starts no workflow. */
        ACTIONS
    }

    /** The REST field {@code type}: {@code User} or {@code Bot}. */
    public String type() {
        return kind == Kind.USER ? "User" : "Bot";
    }

    /** Whether it acts by an installation token. */
    public boolean isApp() {
        return kind != Kind.USER;
    }
}
