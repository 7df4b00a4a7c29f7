package dev.pawl.sandbox;

import dev.pawl.sandbox.act.Act;
import dev.pawl.sandbox.act.Hub;
import dev.pawl.sandbox.act.MergeActs.Method;
import dev.pawl.sandbox.act.PullActs.Words;
import dev.pawl.sandbox.act.ReviewActs.Remark;
import dev.pawl.sandbox.world.Comment;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.PullRequest;
import dev.pawl.sandbox.world.Repo;
import dev.pawl.sandbox.world.Review;
import dev.pawl.sandbox.world.ReviewComment.Place;
import dev.pawl.sandbox.world.Right;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who acts in the web interface. Each act leaves its events; one that GitHub wouldn't let this account do throws
 * {@link IllegalStateException}, as a story that needs it isn't true.
 */
public final class Person {
    private final Hub hub;
    private final String login;

    Person(Hub hub, String login) {
        this.hub = hub;
        this.login = login;
    }

    /** The login. */
    public String login() {
        return login;
    }

    /** The numeric id. */
    public long id() {
        return hub.alone(() -> hub.account(login).id());
    }

    /** A token that acts as this account. */
    public String token() {
        return hub.alone(() -> hub.account(login).token());
    }

    /** Opens an issue. */
    public SandboxIssue opensIssue(SandboxRepository in, String title, String body, String... labels) {
        return acts(in.fullName(), Right.SPEAK, act -> {
            boolean mayTriage = Right.TRIAGE.isOf(act.actor(), act.repo());
            if (labels.length > 0 && !mayTriage) {
                throw new IllegalStateException(login + " may not label in " + in.fullName());
            }
            Issue issue = act.issues().open(title, body, List.of(labels), List.of());
            return new SandboxIssue(hub, in.fullName(), issue.number());
        });
    }

    /** Edits title and text of an issue or pull request. */
    public void edits(SandboxIssue issue, String title, String body) {
        does(
                issue,
                isOwn(issue) ? Right.SPEAK : Right.MODERATE,
                act -> act.issues().edit(issue.in(act.repo()), title, body));
    }

    private boolean isOwn(SandboxIssue issue) {
        return issue.author().equals(login);
    }

    /** Puts labels on. */
    public void labels(SandboxIssue issue, String... names) {
        does(issue, Right.TRIAGE, act -> act.labels().add(issue.in(act.repo()), List.of(names)));
    }

    /** Takes labels off. */
    public void unlabels(SandboxIssue issue, String... names) {
        does(issue, Right.TRIAGE, act -> {
            for (String name : names) {
                act.repo().label(name).ifPresent(label -> act.labels().remove(issue.in(act.repo()), label));
            }
        });
    }

    /** Assigns people. */
    public void assigns(SandboxIssue issue, String... logins) {
        does(issue, Right.TRIAGE, act -> act.issues().assign(issue.in(act.repo()), List.of(logins)));
    }

    /** Closes an issue or a pull request. */
    public void closes(SandboxIssue issue) {
        closes(issue, "completed");
    }

    /** Closes an issue for a reason: completed, not_planned or duplicate. */
    public void closes(SandboxIssue issue, String reason) {
        does(
                issue,
                isOwn(issue) ? Right.SPEAK : Right.TRIAGE,
                act -> act.issues().close(issue.in(act.repo()), reason));
    }

    /** Opens it again. */
    public void reopens(SandboxIssue issue) {
        does(
                issue,
                isOwn(issue) ? Right.SPEAK : Right.TRIAGE,
                act -> act.issues().reopen(issue.in(act.repo())));
    }

    /** Locks the conversation. */
    public void locks(SandboxIssue issue) {
        does(issue, Right.MODERATE, act -> act.issues().lock(issue.in(act.repo()), null));
    }

    /** Unlocks it. */
    public void unlocks(SandboxIssue issue) {
        does(issue, Right.MODERATE, act -> act.issues().unlock(issue.in(act.repo())));
    }

    /** Transfers it to another repository, with its comments; it gets the next number there. Returns it as it is there. */
    public SandboxIssue transfers(SandboxIssue issue, SandboxRepository to) {
        return acts(issue.repository(), Right.REPORT_CHECKS, act -> {
            Issue moved = act.issues().transfer(issue.in(act.repo()), hub.repo(to.fullName()));
            return new SandboxIssue(hub, to.fullName(), moved.number());
        });
    }

    /** Makes a discussion of it: the issue is closed and locked. */
    public void makesDiscussion(SandboxIssue issue) {
        does(issue, Right.MODERATE, act -> act.issues().toDiscussion(issue.in(act.repo())));
    }

    /** Renames a repository; who asks for it by its old name is sent to the new one. */
    public void renames(SandboxRepository repository, String name) {
        acts(repository.fullName(), Right.REPORT_CHECKS, act -> {
            hub.world().rename(act.repo(), act.repo().owner(), name);
            return name;
        });
    }

    /** Deletes it. */
    public void deletes(SandboxIssue issue) {
        does(issue, Right.REPORT_CHECKS, act -> act.issues().delete(issue.in(act.repo())));
    }

    /** Lets an issue wait for another. */
    public void blocks(SandboxIssue issue, SandboxIssue by) {
        does(issue, Right.TRIAGE, act -> act.issues().block(issue.in(act.repo()), by.in(act.repo())));
    }

    /** Sets the issue type, or removes it. */
    public void types(SandboxIssue issue, @Nullable String type) {
        does(issue, Right.TRIAGE, act -> act.issues().type(issue.in(act.repo()), type));
    }

    /** Comments, and returns the comment's id. */
    public long comments(SandboxIssue issue, String body) {
        return acts(issue.repository(), Right.SPEAK, act -> {
            if (!act.issues().maySpeak(issue.in(act.repo()))) {
                throw new IllegalStateException(login + " may not comment: locked");
            }
            return act.comments().say(issue.in(act.repo()), body).id();
        });
    }

    /** Edits a comment, one's own or, with write permission, anybody's. */
    public void editsComment(SandboxIssue issue, long comment, String body) {
        does(issue, rightOver(issue, comment), act -> act.comments().edit(comment(act.repo(), comment), body));
    }

    /** Deletes a comment. */
    public void deletesComment(SandboxIssue issue, long comment) {
        does(issue, rightOver(issue, comment), act -> act.comments().delete(comment(act.repo(), comment)));
    }

    private Right rightOver(SandboxIssue issue, long comment) {
        return hub.alone(() ->
                comment(hub.repo(issue.repository()), comment).author().equals(login) ? Right.SPEAK : Right.MODERATE);
    }

    private static Comment comment(Repo repo, long id) {
        return Objects.requireNonNull(repo.comments().get(id), "no comment " + id);
    }

    /** Reacts to a comment. */
    public void reacts(SandboxIssue issue, long comment, String content) {
        does(issue, Right.SPEAK, act -> act.comments().react(comment, content));
    }

    /** Commits files and pushes them to a branch, which is created where needed; null removes a file. */
    public String pushes(SandboxRepository to, String branch, Map<String, ? extends @Nullable String> files) {
        return acts(
                to.fullName(),
                Right.PUSH,
                act -> new Commits(act)
                        .toBranch(branch, "Change " + String.join(", ", files.keySet()), files)
                        .name());
    }

    /** Deletes a branch. */
    public void deletesBranch(SandboxRepository in, String branch) {
        acts(in.fullName(), Right.PUSH, act -> act.refs().delete("refs/heads/" + branch));
    }

    /** Opens a pull request into the default branch. */
    public SandboxPullRequest opensPullRequest(SandboxRepository in, String branch, String title, String body) {
        return acts(in.fullName(), Right.OPEN_PULLS, act -> {
            PullRequest pull = act.pulls().open(tip(act, branch), tip(act, "main"), new Words(title, body), false);
            return new SandboxPullRequest(hub, in.fullName(), pull.number());
        });
    }

    /** Opens a pull request from a branch of a fork of one's own, with these files changed. */
    public SandboxPullRequest opensPullRequestFromFork(
            SandboxRepository in, String branch, String title, Map<String, String> files) {
        return acts(in.fullName(), Right.OPEN_PULLS, act -> {
            var head = new PullRequest.Tip(
                    branch, new Commits(act).loose(title, files).name());
            PullRequest pull = act.pulls().openFromFork(head, tip(act, "main"), new Words(title, ""));
            return new SandboxPullRequest(hub, in.fullName(), pull.number());
        });
    }

    private static PullRequest.Tip tip(Act act, String branch) {
        ObjectId head = Objects.requireNonNull(act.hub().git(act.repo()).branch(branch), "no branch " + branch);
        return new PullRequest.Tip(branch, head.name());
    }

    /** What a review says. */
    public enum Says {
        /** It may be merged. */
        APPROVE,
        /** It must change. */
        REQUEST_CHANGES,
        /** Only words. */
        COMMENT;

        private Review.Verdict verdict() {
            return switch (this) {
                case APPROVE -> Review.Verdict.APPROVED;
                case REQUEST_CHANGES -> Review.Verdict.CHANGES_REQUESTED;
                case COMMENT -> Review.Verdict.COMMENTED;
            };
        }
    }

    /** Reviews the present head, and returns the review's id. */
    public long reviews(SandboxPullRequest pull, Says says, String body) {
        return reviews(pull, says, body, new Line[0]);
    }

    /** Comments on a line of the diff, and returns the comment's id. */
    public long commentsOnLine(SandboxPullRequest pull, String path, int line, String body) {
        return acts(pull.repository(), Right.REVIEW, act -> {
            var place = new Place(path, line, null, "RIGHT", pull.in(act.repo()).headSha());
            return act.reviews()
                    .remark(pull.in(act.repo()), new Remark(place, body, null))
                    .id();
        });
    }

    /**
     * A comment on a line, given with a review.
     *
     * @param path the file
     * @param line the line in the head
     * @param body what it says
     */
    public record Line(String path, int line, String body) {}

    /** Reviews the present head with comments on lines, and returns the review's id. */
    public long reviews(SandboxPullRequest pull, Says says, String body, Line... lines) {
        if (isOwn(pull.issue()) && says != Says.COMMENT) {
            throw new IllegalStateException(login + " may not judge an own pull request");
        }
        return acts(pull.repository(), Right.REVIEW, act -> {
            String head = pull.in(act.repo()).headSha();
            List<Remark> remarks = Stream.of(lines)
                    .map(line ->
                            new Remark(new Place(line.path(), line.line(), null, "RIGHT", head), line.body(), null))
                    .toList();
            return act.reviews()
                    .submit(pull.in(act.repo()), says.verdict(), body, remarks)
                    .id();
        });
    }

    /** Replies in the thread that began with that comment, and returns the reply's id. */
    public long replies(SandboxPullRequest pull, long comment, String body) {
        return acts(pull.repository(), Right.REVIEW, act -> {
            PullRequest found = pull.in(act.repo());
            Place place = found.reviewComments().stream()
                    .filter(c -> c.id() == comment)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no comment " + comment))
                    .place();
            return act.reviews().remark(found, new Remark(place, body, comment)).id();
        });
    }

    /** Resolves the thread that began with that comment, or unresolves it. */
    public void resolves(SandboxPullRequest pull, long comment, boolean isResolved) {
        does(pull.issue(), Right.EDIT_PULLS, act -> act.reviews().resolve(pull.in(act.repo()), comment, isResolved));
    }

    /** Lets it be merged as soon as nothing stands in the way: merge, squash or rebase. */
    public void mergesLater(SandboxPullRequest pull, String method) {
        does(
                pull.issue(),
                Right.PUSH,
                act -> act.merges().wait(pull.in(act.repo()), method, null).ifPresent(why -> {
                    throw new IllegalStateException(why);
                }));
    }

    /** Lets it go to another branch. */
    public void retargets(SandboxPullRequest pull, String base) {
        does(pull.issue(), Right.EDIT_PULLS, act -> act.pulls().rebaseOnto(pull.in(act.repo()), tip(act, base)));
    }

    /** Takes a review back. */
    public void dismisses(SandboxPullRequest pull, long review) {
        does(pull.issue(), Right.EDIT_PULLS, act -> {
            PullRequest found = pull.in(act.repo());
            found.reviews().stream()
                    .filter(r -> r.id() == review)
                    .toList()
                    .forEach(r -> act.reviews().dismiss(found, r));
        });
    }

    /** Makes a draft ready for review, or a draft of it. */
    public void drafts(SandboxPullRequest pull, boolean isDraft) {
        does(pull.issue(), Right.EDIT_PULLS, act -> act.pulls().draft(pull.in(act.repo()), isDraft));
    }

    /** Merges with a merge commit, and returns its sha. */
    public String mergesPullRequest(SandboxPullRequest pull) {
        return acts(
                pull.repository(),
                Right.PUSH,
                act -> act.merges()
                        .merge(pull.in(act.repo()), Method.MERGE, null)
                        .map(ObjectId::name)
                        .orElseThrow(() -> new IllegalStateException("conflicts: #" + pull.number())));
    }

    /** Closes without merging. */
    public void closesPullRequest(SandboxPullRequest pull) {
        closes(pull.issue());
    }

    private <T> T acts(String repository, Right right, Function<Act, T> what) {
        return hub.alone(() -> {
            var act = new Act(hub, hub.repo(repository), hub.account(login));
            if (!right.isOf(act.actor(), act.repo())) {
                throw new IllegalStateException(login + " may not do that in " + repository + ": " + right);
            }
            return what.apply(act);
        });
    }

    private interface Deed {
        void in(Act act);
    }

    private void does(SandboxIssue issue, Right right, Deed deed) {
        acts(issue.repository(), right, act -> {
            deed.in(act);
            return act;
        });
    }
}
