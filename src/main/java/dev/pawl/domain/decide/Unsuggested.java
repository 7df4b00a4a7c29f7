package dev.pawl.domain.decide;

/** Why a pull request gets no suggestions. Every "nothing" has a name. */
public enum Unsuggested {
    /** No open pull request of this repository's comes from the branch; one from a fork never counts. */
    NO_PULL,
    /** It carries a label that keeps Pawl away, or a pause. */
    EXCLUDED,
    /** Whoever opened it may not start Pawl. */
    NOT_PERMITTED,
    /** Not all of its checks can be seen. */
    UNSEEN,
    /** A check hasn't ended. */
    PENDING,
    /** No check failed. */
    GREEN,
    /** Suggestions were given for this commit and these checks. */
    GIVEN,
    /** It has as many reviews with suggestions as it may have. */
    ENOUGH,
    /** An agent looked at this commit and these checks, and had nothing to suggest. */
    LOOKED,
    /** Agents failed at this commit and these checks as often as they may. */
    FAILED,
    /** Agents were started for it as often as they may be. */
    STARTS,
    /** It isn't as it was when the work began. */
    MOVED,
    /** The agent gave no result that can be used. */
    NO_RESULT,
    /** The agent had nothing to suggest on a line of the diff. */
    NOTHING_FOUND
}
