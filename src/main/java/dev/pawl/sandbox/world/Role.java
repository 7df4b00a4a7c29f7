package dev.pawl.sandbox.world;

import java.util.Locale;

/**
 * A person's role in a repository, least first.
 * See <a href="https://docs.github.com/rest/collaborators/collaborators">REST: collaborators</a>.
 */
public enum Role {
    /** No role: a stranger, who reads what is public. */
    NONE,
    /** May read. */
    READ,
    /** May also label, assign and close. */
    TRIAGE,
    /** May also push and merge. */
    WRITE,
    /** May also manage the repository without its dangerous settings. */
    MAINTAIN,
    /** May do everything. */
    ADMIN;

    /** The REST field {@code role_name}. */
    public String roleName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The REST field {@code permission}, in which maintain counts as write and triage as read. */
    public String permission() {
        return switch (this) {
            case NONE -> "none";
            case READ, TRIAGE -> "read";
            case WRITE, MAINTAIN -> "write";
            case ADMIN -> "admin";
        };
    }

    /** Whether this role includes the other. */
    public boolean covers(Role other) {
        return compareTo(other) >= 0;
    }
}
