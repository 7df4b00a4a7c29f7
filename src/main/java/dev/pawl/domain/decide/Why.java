package dev.pawl.domain.decide;

/** Why nothing is done, or why somebody is refused. Every "nothing" has a name. */
public enum Why {
    /** The event isn't ours. */
    NOT_OURS,
    /** The issue doesn't carry the start label, and nobody asked. */
    NOT_ASKED,
    /** The issue carries a label that keeps Pawl away. */
    EXCLUDED,
    /** The issue is closed. */
    CLOSED,
    /** The issue is gone. */
    GONE,
    /** The run is over. */
    ENDED,
    /** A person paused it. */
    PAUSED,
    /** Another invocation works on it. */
    BUSY,
    /** There is no issue to advance. */
    NO_CANDIDATE,
    /** The account may not do that. */
    NOT_PERMITTED,
    /** The account is a bot that the policy doesn't list. */
    BOT,
    /** Who put the label on can't be told. */
    UNKNOWN_ACTOR,
    /** The chain of continuations is as long as it may be. */
    TOO_MANY_HOPS,
    /** The state was written by a newer version. */
    NEWER_STATE,
    /** The state can't be believed. */
    BROKEN_STATE,
    /** The state is gone, and what is left doesn't tell how far the run was. */
    LOST_STATE,
    /** The forge doesn't show yet what was saved a moment ago. */
    NOT_SHOWN,
    /** The refusal was said before. */
    SAID_BEFORE,
    /** The conversation is locked. */
    LOCKED,
    /** The repository is archived. */
    ARCHIVED
}
