package dev.pawl.sandbox.world;

/** How far a scope reaches, least first. */
public enum Access {
    /** Not at all. */
    NONE,
    /** Reading. */
    READ,
    /** Reading and writing. */
    WRITE;

    /** Whether this reaches as far as the other. */
    public boolean covers(Access other) {
        return compareTo(other) >= 0;
    }
}
