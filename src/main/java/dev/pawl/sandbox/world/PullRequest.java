package dev.pawl.sandbox.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The half of a pull request that is not an issue: branches, reviews, merge. Its issue has the same number. */
public final class PullRequest {
    private final long id;
    private final int number;
    private final String headRef;
    private final @Nullable String fork;
    private final List<String> requestedReviewers = new ArrayList<>();
    private final List<Review> reviews = new ArrayList<>();
    private final List<ReviewComment> reviewComments = new ArrayList<>();
    private String headSha;
    private String baseRef;
    private String baseSha;
    private boolean draft;
    private int unknownMergeabilities;
    private final Set<Long> resolved = new HashSet<>();
    private @Nullable Merge merge;
    private @Nullable AutoMerge autoMerge;

    /** That it was merged: by whom, when, as which commit. */
    public record Merge(String by, Instant at, String commit) {}

    /** That it is merged as soon as nothing stands in the way: who wants that, and how. */
    public record AutoMerge(
            String by, String method, @Nullable String message, Instant at) {}

    /** A branch and its commit. */
    public record Tip(String ref, String sha) {}

    /** A new pull request from {@code head}, in the fork of that owner if any, into {@code base}. */
    public PullRequest(long id, int number, Tip head, Tip base, @Nullable String fork) {
        this.fork = fork;
        this.id = id;
        this.number = number;
        this.headRef = head.ref();
        this.headSha = head.sha();
        this.baseRef = base.ref();
        this.baseSha = base.sha();
    }

    /** A deep copy. */
    public PullRequest copy() {
        var copy = new PullRequest(id, number, new Tip(headRef, headSha), new Tip(baseRef, baseSha), fork);
        copy.requestedReviewers.addAll(requestedReviewers);
        copy.reviews.addAll(reviews);
        copy.reviewComments.addAll(reviewComments);
        copy.draft = draft;
        copy.unknownMergeabilities = unknownMergeabilities;
        copy.merge = merge;
        copy.autoMerge = autoMerge;
        copy.resolved.addAll(resolved);
        return copy;
    }

    /** The id of the pull request, which isn't its issue's. */
    public long id() {
        return id;
    }

    /** The number people say. */
    public int number() {
        return number;
    }

    /** The owner of the fork it comes from; null when it comes from this repository. */
    public @Nullable String fork() {
        return fork;
    }

    /** The branch it comes from, short. */
    public String headRef() {
        return headRef;
    }

    /** The commit at its head; of a closed one, the last seen. */
    public String headSha() {
        return headSha;
    }

    /** Its branch moved. */
    public void headMoved(String sha, int unknownFor) {
        headSha = sha;
        unknownMergeabilities = unknownFor;
    }

    /** The branch it goes to, short. */
    public String baseRef() {
        return baseRef;
    }

    /** The base's commit when it was opened or last changed its base. */
    public String baseSha() {
        return baseSha;
    }

    /** Goes to another branch. */
    public void rebaseOnto(Tip base) {
        baseRef = base.ref();
        baseSha = base.sha();
    }

    /** Whether it is a draft. */
    public boolean isDraft() {
        return draft;
    }

    /** Makes it a draft, or ready. */
    public void draft(boolean isDraft) {
        draft = isDraft;
    }

    /** Whether mergeability is still being worked out; asking brings the answer nearer. */
    public boolean isMergeabilityUnknown() {
        if (unknownMergeabilities == 0) {
            return false;
        }
        unknownMergeabilities--;
        return true;
    }

    /** Its merge, once it is merged. */
    public @Nullable Merge merge() {
        return merge;
    }

    /** It was merged. */
    public void merged(Merge how) {
        merge = how;
    }

    /** What is to happen once nothing stands in the way, if anything is. */
    public @Nullable AutoMerge autoMerge() {
        return autoMerge;
    }

    /** Lets it be merged by itself, or no more. */
    public void autoMerge(@Nullable AutoMerge how) {
        autoMerge = how;
    }

    /** The threads that are resolved, by the comment they began with, to be changed in place. */
    public Set<Long> resolved() {
        return resolved;
    }

    /** Who was asked for a review and hasn't given one, to be changed in place. */
    public List<String> requestedReviewers() {
        return requestedReviewers;
    }

    /** Its reviews, oldest first, to be changed in place. */
    public List<Review> reviews() {
        return reviews;
    }

    /** The comments on its lines, oldest first, to be changed in place. */
    public List<ReviewComment> reviewComments() {
        return reviewComments;
    }
}
