package dev.pawl.sandbox.world;

/** The permissions of an installation token that matter here, as in a workflow's {@code permissions:}. */
public enum Scope {
    /** Workflow runs and dispatches. */
    ACTIONS,
    /** Check runs. */
    CHECKS,
    /** Files, commits, refs. */
    CONTENTS,
    /** Issues and their comments, labels and reactions. */
    ISSUES,
    /** Repository facts; always readable. */
    METADATA,
    /** Pull requests. */
    PULL_REQUESTS,
    /** Commit statuses. */
    STATUSES
}
