package dev.pawl.sandbox.act;

import dev.pawl.sandbox.world.Account;
import dev.pawl.sandbox.world.Happening;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.PullRequest;
import dev.pawl.sandbox.world.PullRequest.Tip;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.lib.ObjectId;

/** Opens pull requests and changes them. */
public record PullActs(Act act) {
    /** Title and text of a pull request. */
    public record Words(String title, String body) {}

    /** Opens a pull request between two branches that exist. */
    public PullRequest open(Tip head, Tip base, Words words, boolean isDraft) {
        Issue issue = act.issues().create(words.title(), words.body());
        var pull = new PullRequest(act.nextId(), issue.number(), head, base, null);
        pull.draft(isDraft);
        return opened(issue, pull, head);
    }

    /** Opens a pull request from the actor's fork; its commit is here already, as GitHub's forks share objects. */
    public PullRequest openFromFork(Tip head, Tip base, Words words) {
        Issue issue = act.issues().create(words.title(), words.body());
        String owner = act.actor().login();
        return opened(issue, new PullRequest(act.nextId(), issue.number(), head, base, owner), head);
    }

    private PullRequest opened(Issue issue, PullRequest pull, Tip head) {
        pull.headMoved(head.sha(), act.repo().settings().unknownMergeabilities());
        act.repo().pulls().put(pull.number(), pull);
        act.git().restoreRef("refs/pull/" + pull.number() + "/head", ObjectId.fromString(head.sha()));
        act.tellOf(issue, "opened");
        return pull;
    }

    /** The pull request's half that is an issue. */
    public Issue issueOf(PullRequest pull) {
        return Objects.requireNonNull(act.repo().issues().get(pull.number()));
    }

    /** Makes a ready pull request of a draft, or the other way round. */
    public void draft(PullRequest pull, boolean isDraft) {
        if (pull.isDraft() != isDraft) {
            pull.draft(isDraft);
            act.happened(issueOf(pull), isDraft ? new Happening.ConvertedToDraft() : new Happening.ReadyForReview());
            act.tellOf(issueOf(pull), isDraft ? "converted_to_draft" : "ready_for_review");
        }
    }

    /** Lets it go to another branch. */
    public void rebaseOnto(PullRequest pull, Tip base) {
        pull.rebaseOnto(base);
        act.tellOf(issueOf(pull), "edited");
    }

    /** Asks for reviews. */
    public void requestReviews(PullRequest pull, List<String> logins) {
        for (String login : logins) {
            Account who = act.hub().account(login);
            if (!pull.requestedReviewers().contains(who.login())) {
                pull.requestedReviewers().add(who.login());
                act.happened(issueOf(pull), new Happening.ReviewRequested(who.login()));
                act.tellOf(
                        issueOf(pull),
                        "review_requested",
                        p -> p.set("requested_reviewer", act.view().user(who.login())));
            }
        }
    }
}
