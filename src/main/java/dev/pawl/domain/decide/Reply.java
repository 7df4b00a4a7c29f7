package dev.pawl.domain.decide;

/** What a command that starts no stage is answered. */
public enum Reply {
    PAUSED(true),
    RESUMED(true),
    STOPPED(true),
    STATUS(true),
    EXPLAIN(true),
    RESET(true),
    NO_RUN(false),
    RUN_ENDED(false),
    NOTHING_TO_APPROVE(false),
    STALE_APPROVAL(false),
    NOTHING_TO_REVISE(false),
    NOTHING_TO_RETRY(false),
    NOTHING_TO_SKIP(false),
    NOTHING_TO_ANSWER(false),
    NOTHING_TO_RESUME(false),
    ALREADY_STARTED(false),
    NOTHING_TO_MERGE(false),
    PEOPLE_MERGE(false),
    NO_SUCH_STAGE(false),
    NEEDS_MAINTAIN(false),
    NOTHING_TO_UPDATE(false),
    UP_TO_DATE(false),
    NOT_ITS_BASE(false),
    NOT_YET_UPDATED(false),
    UNKNOWN(false);

    private final boolean done;

    Reply(boolean done) {
        this.done = done;
    }

    /** Whether the command was carried out. */
    public boolean done() {
        return done;
    }
}
