package dev.pawl.sandbox;

import dev.pawl.sandbox.act.Hub;
import dev.pawl.sandbox.git.BareRepository;
import dev.pawl.sandbox.world.Comment;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.PullRequest;
import dev.pawl.sandbox.world.Reaction;
import dev.pawl.sandbox.world.Repo;
import dev.pawl.sandbox.world.Review;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * The world in words that stay the same when the same things are done once more: things are named by their order instead
 * of their ids, commits by tree and message instead of their sha, and moments aren't told.
 */
final class Description {
    private static final Pattern SHA = Pattern.compile("\\b[0-9a-f]{40}\\b");
    private static final Pattern ID = Pattern.compile("(?<![0-9a-fA-F.])1[0-9]{6}(?![0-9a-fA-F])");

    private final Hub hub;
    private final UnaryOperator<String> normalisation;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> names = new HashMap<>();

    Description(Hub hub, UnaryOperator<String> normalisation) {
        this.hub = hub;
        this.normalisation = normalisation;
    }

    String text() {
        hub.world().repos().forEach(this::tell);
        return text.toString();
    }

    private void tell(Repo repo) {
        BareRepository git = hub.git(repo);
        learnNames(repo);
        line("repository " + repo.fullName());
        repo.labels().values().forEach(l -> line("label " + l.name() + " " + l.color() + " " + l.description()));
        repo.issues().values().forEach(issue -> tell(repo, issue, git));
        repo.runs().values().stream()
                .filter(run -> !run.path().endsWith("/pawl.yml"))
                .forEach(run -> line("run of " + run.path() + " by " + run.event() + ", attempt " + run.attempt()));
        git.refs(Constants.R_HEADS).forEach((name, head) -> tellBranch(name, head, git));
        git.refs(Constants.R_REFS).keySet().stream()
                .filter(name -> !name.startsWith(Constants.R_HEADS))
                .forEach(name -> line("ref " + name));
    }

    /** Ids that texts may speak of, by order of creation. */
    private void learnNames(Repo repo) {
        int order = 0;
        for (Comment comment : repo.comments().values()) {
            names.put(Long.toString(comment.id()), "comment-" + ++order);
        }
        order = 0;
        for (long run : repo.runs().keySet()) {
            names.put(Long.toString(run), "run-" + ++order);
        }
    }

    private void tell(Repo repo, Issue issue, BareRepository git) {
        PullRequest pull = repo.pulls().get(issue.number());
        line((pull == null ? "issue #" : "pull request #") + issue.number() + " by " + issue.author());
        line("  title " + words(issue.title(), git));
        line("  body " + words(issue.body(), git));
        String state = issue.isOpen() ? "open" : "closed";
        line("  " + state + " " + issue.stateReason() + (issue.isDeleted() ? " deleted" : "")
                + (issue.lock() == null ? "" : " locked"));
        line("  labels " + issue.labels().stream().sorted().toList());
        line("  assignees " + issue.assignees().stream().sorted().toList());
        tellReactions(repo.reactions(issue.id()));
        if (pull != null) {
            tell(pull, git);
        }
        for (Comment comment : repo.commentsOf(issue.number())) {
            line("  comment by " + comment.author() + ": " + words(comment.body(), git));
            tellReactions(repo.reactions(comment.id()));
        }
    }

    private void tell(PullRequest pull, BareRepository git) {
        line("  " + pull.headRef() + " -> " + pull.baseRef() + (pull.isDraft() ? " draft" : "")
                + (pull.merge() == null ? "" : " merged by " + pull.merge().by()));
        line("  head " + words(pull.headSha(), git));
        line("  reviewers " + pull.requestedReviewers());
        for (Review review : pull.reviews()) {
            line("  review by " + review.author() + " " + review.verdict() + ": " + words(review.body(), git));
        }
        if (pull.autoMerge() != null) {
            line("  merges itself by " + pull.autoMerge().method());
        }
        pull.reviewComments()
                .forEach(c -> line("  on " + c.place().path() + ":" + c.place().line() + " by " + c.author()
                        + (pull.resolved().contains(c.id()) ? " resolved" : "") + ": " + words(c.body(), git)));
    }

    private void tellReactions(List<Reaction> reactions) {
        reactions.stream()
                .map(r -> "    reaction " + r.content() + " by " + r.account())
                .sorted()
                .forEach(this::line);
    }

    private void tellBranch(String name, ObjectId head, BareRepository git) {
        line("branch " + name.substring(Constants.R_HEADS.length()) + " tree "
                + git.objects().commit(head).getTree().name());
        for (RevCommit commit : git.comparison().history(head)) {
            line("  commit by " + commit.getAuthorIdent().getName() + ": " + words(commit.getFullMessage(), git));
        }
    }

    private String words(String raw, BareRepository git) {
        String named = SHA.matcher(raw)
                .replaceAll(sha -> git.objects()
                        .commit(sha.group())
                        .map(commit -> "commit(" + commit.getTree().name().substring(0, 12) + ")")
                        .orElse(sha.group()));
        String numbered = ID.matcher(named).replaceAll(id -> names.getOrDefault(id.group(), id.group()));
        return normalisation.apply(numbered).replace("\n", "\n      ");
    }

    private void line(String words) {
        text.append(words).append('\n');
    }
}
