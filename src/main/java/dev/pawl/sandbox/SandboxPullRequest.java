package dev.pawl.sandbox;

import dev.pawl.sandbox.act.Hub;
import dev.pawl.sandbox.git.FileChange;
import dev.pawl.sandbox.json.PullFacts;
import dev.pawl.sandbox.world.PullRequest;
import dev.pawl.sandbox.world.Repo;
import dev.pawl.sandbox.world.Review;
import dev.pawl.sandbox.world.ReviewComment;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.jgit.revwalk.RevCommit;

/** A pull request by repository and number: what it is now, asked anew each time. */
public final class SandboxPullRequest {
    private final Hub hub;
    private final String repository;
    private final int number;

    SandboxPullRequest(Hub hub, String repository, int number) {
        this.hub = hub;
        this.repository = repository;
        this.number = number;
    }

    PullRequest in(Repo repo) {
        return Objects.requireNonNull(repo.pulls().get(number), "no pull request " + number);
    }

    private <T> T now(Function<PullRequest, T> what) {
        return hub.alone(() -> what.apply(in(hub.repo(repository))));
    }

    /** The half of it that is an issue: title, text, labels, comments, open or closed. */
    public SandboxIssue issue() {
        return new SandboxIssue(hub, repository, number);
    }

    /** The repository's full name. */
    public String repository() {
        return repository;
    }

    /** The number. */
    public int number() {
        return number;
    }

    /** The branch it comes from. */
    public String head() {
        return now(PullRequest::headRef);
    }

    /** The commit at its head. */
    public String headSha() {
        return now(PullRequest::headSha);
    }

    /** The branch it goes to. */
    public String base() {
        return now(PullRequest::baseRef);
    }

    /** Whether it is a draft. */
    public boolean isDraft() {
        return now(PullRequest::isDraft);
    }

    /** Whether it is merged by itself as soon as nothing stands in the way. */
    public boolean isMergedByItself() {
        return now(pull -> pull.autoMerge() != null);
    }

    /** Who is asked for a review. */
    public List<String> asked() {
        return now(pull -> List.copyOf(pull.requestedReviewers()));
    }

    /** Whether the thread that began with that comment is resolved. */
    public boolean isResolved(long comment) {
        return now(pull -> pull.resolved().contains(comment));
    }

    /** Whether it was merged. */
    public boolean isMerged() {
        return now(pull -> pull.merge() != null);
    }

    /** Whether base and head merge without a conflict. */
    public boolean isMergeable() {
        return now(pull ->
                new PullFacts(pull, hub.view(hub.repo(repository))).mergedTree().isPresent());
    }

    /** The messages of its commits, oldest first. */
    public List<String> commits() {
        return now(pull -> new PullFacts(pull, hub.view(hub.repo(repository)))
                .commits().stream().map(RevCommit::getFullMessage).toList());
    }

    /** What it changes, file by file. */
    public List<FileChange> changes() {
        return now(pull -> new PullFacts(pull, hub.view(hub.repo(repository))).files());
    }

    /** Its reviews, oldest first. */
    public List<Review> reviews() {
        return now(pull -> List.copyOf(pull.reviews()));
    }

    /** The comments on its lines, oldest first. */
    public List<ReviewComment> reviewComments() {
        return now(pull -> List.copyOf(pull.reviewComments()));
    }

    @Override
    public String toString() {
        return repository + "!" + number;
    }
}
