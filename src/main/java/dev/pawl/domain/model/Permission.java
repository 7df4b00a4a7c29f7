package dev.pawl.domain.model;

import java.util.Locale;
import java.util.Optional;

/**
 * What an account may do in the repository, weakest first: GitHub's {@code role_name}
 * (docs.github.com, REST API, "Get repository permissions for a user").
 */
public enum Permission {
    /** Nothing, or unknown: every doubt ends here. */
    NONE,
    READ,
    TRIAGE,
    WRITE,
    MAINTAIN,
    ADMIN;

    /** Whether this is enough where {@code needed} is asked for. */
    public boolean atLeast(Permission needed) {
        return compareTo(needed) >= 0;
    }

    /** Reads the lower-case name; empty when there is no such permission. */
    public static Optional<Permission> parse(String name) {
        for (Permission p : values()) {
            if (p.word().equals(name)) {
                return Optional.of(p);
            }
        }
        return Optional.empty();
    }

    /** The lower-case name. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
