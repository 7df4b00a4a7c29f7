package dev.pawl.domain.report;

/** Hears what is being looked at, and what was found, while a check-up goes on. */
public interface Checkup {
    /**
     * Something is looked at that may take a while.
     *
     * @param what in a few words, such as {@code asking claude}
     */
    void looks(String what);

    /** Something was found. */
    void finds(Finding finding);
}
