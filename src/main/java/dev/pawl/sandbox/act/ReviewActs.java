package dev.pawl.sandbox.act;

import dev.pawl.sandbox.event.Payloads;
import dev.pawl.sandbox.world.Happening;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.PullRequest;
import dev.pawl.sandbox.world.Review;
import dev.pawl.sandbox.world.ReviewComment;
import dev.pawl.sandbox.world.ReviewComment.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reviews pull requests. */
public record ReviewActs(Act act) {
    /** A comment on a line, not yet written. */
    public record Remark(Place place, String body, @Nullable Long inReplyTo) {}

    /** Submits a review of the present head, with its remarks. */
    public Review submit(PullRequest pull, Review.Verdict verdict, String body, List<Remark> remarks) {
        var review = new Review(act.nextId(), act.actor().login(), verdict, body, pull.headSha(), act.now());
        pull.reviews().add(review);
        pull.requestedReviewers().remove(act.actor().login());
        Issue issue = act.pulls().issueOf(pull);
        act.happened(issue, new Happening.Reviewed(review.id()));
        act.tell("pull_request_review", Payloads.review("submitted", review, pull, act.view()));
        remarks.forEach(remark -> write(pull, review, remark));
        act.merges().whatWaits();
        return review;
    }

    /** Resolves a thread, by the comment that it began with, or unresolves it. Workflows don't hear of it. */
    public void resolve(PullRequest pull, long first, boolean isResolved) {
        boolean isNew =
                isResolved ? pull.resolved().add(first) : pull.resolved().remove(first);
        if (isNew) {
            act.pulls().issueOf(pull).touch(act.now());
            act.merges().whatWaits();
        }
    }

    /** Comments on one line, which makes a review of its own. */
    public ReviewComment remark(PullRequest pull, Remark remark) {
        submit(pull, Review.Verdict.COMMENTED, "", List.of(remark));
        return pull.reviewComments().getLast();
    }

    private void write(PullRequest pull, Review review, Remark remark) {
        var comment = new ReviewComment(
                act.nextId(),
                review.id(),
                act.actor().login(),
                remark.body(),
                remark.place(),
                remark.inReplyTo(),
                act.now(),
                act.now());
        pull.reviewComments().add(comment);
        act.tell("pull_request_review_comment", Payloads.reviewComment("created", comment, pull, act.view()));
    }

    /** Takes a review back. */
    public Review dismiss(PullRequest pull, Review review) {
        Review dismissed = review.dismissed();
        pull.reviews().replaceAll(r -> r.id() == review.id() ? dismissed : r);
        act.tell("pull_request_review", Payloads.review("dismissed", dismissed, pull, act.view()));
        act.merges().whatWaits();
        return dismissed;
    }
}
