package dev.pawl.sandbox.world;

import org.jspecify.annotations.Nullable;

/**
 * What a timeline tells. See <a href="https://docs.github.com/rest/using-the-rest-api/issue-event-types">issue event
 * types</a>.
 */
public sealed interface Happening {
    /** A label was put on. */
    record Labeled(String name, String color) implements Happening {}

    /** A label was taken off. */
    record Unlabeled(String name, String color) implements Happening {}

    /** Somebody was assigned. */
    record Assigned(String assignee) implements Happening {}

    /** Somebody is assigned no more. */
    record Unassigned(String assignee) implements Happening {}

    /** It was closed, with a reason for issues. */
    record Closed(@Nullable String reason) implements Happening {}

    /** It was opened again. */
    record Reopened() implements Happening {}

    /** A discussion was made of it. */
    record ConvertedToDiscussion() implements Happening {}

    /** It was locked. */
    record Locked(@Nullable String reason) implements Happening {}

    /** It was unlocked. */
    record Unlocked() implements Happening {}

    /** Its title changed. */
    record Renamed(String from, String to) implements Happening {}

    /** Somebody commented. */
    record Commented(long comment) implements Happening {}

    /** Somebody reviewed. */
    record Reviewed(long review) implements Happening {}

    /** A review was asked of somebody. */
    record ReviewRequested(String reviewer) implements Happening {}

    /** The pull request was merged. */
    record Merged(String commit) implements Happening {}

    /** The draft became ready. */
    record ReadyForReview() implements Happening {}

    /** It became a draft. */
    record ConvertedToDraft() implements Happening {}

    /** Its branch was deleted. */
    record HeadRefDeleted() implements Happening {}

    /** Its branch was pushed over. */
    record HeadRefForcePushed() implements Happening {}

    /** It waits for another issue. */
    record BlockedByAdded(int number) implements Happening {}

    /** It waits for that issue no more. */
    record BlockedByRemoved(int number) implements Happening {}
}
