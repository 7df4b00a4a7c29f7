package dev.pawl.sandbox.fault;

/** Where on its way a request is lost. */
public enum Point {
    /** It never arrives: nothing is done. */
    BEFORE,
    /** It is done, and the answer never arrives. */
    AFTER
}
