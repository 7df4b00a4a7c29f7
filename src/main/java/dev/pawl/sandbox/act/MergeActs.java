package dev.pawl.sandbox.act;

import dev.pawl.sandbox.git.BareRepository;
import dev.pawl.sandbox.git.BareRepository.Moved;
import dev.pawl.sandbox.json.CheckJson;
import dev.pawl.sandbox.json.Gates;
import dev.pawl.sandbox.json.PullFacts;
import dev.pawl.sandbox.world.Happening;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.PullRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/** Merges pull requests, really, in git. */
public record MergeActs(Act act) {
    /** See <a href="https://docs.github.com/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue">closing keywords</a>. */
    private static final Pattern CLOSES =
            Pattern.compile("\\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):? #(\\d{1,9})\\b", Pattern.CASE_INSENSITIVE);

    /** How to merge. */
    public enum Method {
        /** A merge commit. */
        MERGE,
        /** One commit with everything. */
        SQUASH,
        /** Every commit again on top; here all of them in one tree, one commit each message. */
        REBASE
    }

    /**
     * Lets a pull request be merged as soon as nothing stands in the way; why not, where nothing does, or it can't. See
     * <a href="https://docs.github.com/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/automatically-merging-a-pull-request">automatically merging</a>.
     */
    public Optional<String> wait(PullRequest pull, String method, @Nullable String message) {
        if (!act.pulls().issueOf(pull).isOpen()) {
            return Optional.of("Pull request is closed");
        }
        if (!pull.isDraft() && new Gates(pull, act.view()).blocking().isEmpty() && !isBehind(pull)) {
            boolean isGreen = CheckJson.isAllGreen(pull.headSha(), act.repo());
            return Optional.of("Pull request Pull request is in " + (isGreen ? "clean" : "unstable") + " status");
        }
        pull.autoMerge(new PullRequest.AutoMerge(act.actor().login(), method, message, act.now()));
        act.tellOf(act.pulls().issueOf(pull), "auto_merge_enabled");
        return Optional.empty();
    }

    /** Takes that back. */
    public void waitNoMore(PullRequest pull) {
        pull.autoMerge(null);
        act.tellOf(act.pulls().issueOf(pull), "auto_merge_disabled");
    }

    /** Merges what waited, and has nothing in its way now: as whoever wanted it. */
    public void whatWaits() {
        for (PullRequest pull : List.copyOf(act.repo().pulls().values())) {
            var auto = pull.autoMerge();
            if (auto != null && isDue(pull)) {
                var merged = new Act(act.hub(), act.repo(), act.hub().account(auto.by()))
                        .merges()
                        .merge(pull, Method.valueOf(auto.method().toUpperCase(Locale.ROOT)), auto.message());
                if (merged.isPresent()) {
                    pull.autoMerge(null);
                }
            }
        }
    }

    private boolean isDue(PullRequest pull) {
        return act.pulls().issueOf(pull).isOpen()
                && !pull.isDraft()
                && new Gates(pull, act.view()).blocking().isEmpty()
                && !isBehind(pull);
    }

    private boolean isBehind(PullRequest pull) {
        return new Gates(pull, act.view()).isBehind();
    }

    /** Merges an open pull request; empty where it conflicts or its base is gone. */
    public Optional<ObjectId> merge(PullRequest pull, Method method, @Nullable String message) {
        var facts = new PullFacts(pull, act.view());
        ObjectId base = act.git().branch(pull.baseRef());
        Optional<ObjectId> tree = facts.mergedTree();
        if (base == null || tree.isEmpty()) {
            return Optional.empty();
        }
        Issue issue = act.pulls().issueOf(pull);
        String title = issue.title() + " (#" + pull.number() + ")";
        ObjectId commit =
                switch (method) {
                    case MERGE ->
                        commit(
                                tree.get(),
                                List.of(base, ObjectId.fromString(pull.headSha())),
                                message == null ? mergeMessage(pull, issue) : message);
                    case SQUASH, REBASE ->
                        commit(tree.get(), List.of(base), message == null ? squashMessage(title, facts) : message);
                };
        pull.rebaseOnto(new PullRequest.Tip(pull.baseRef(), base.name()));
        pull.merged(new PullRequest.Merge(act.actor().login(), act.now(), commit.name()));
        act.happened(issue, new Happening.Merged(commit.name()));
        act.issues().close(issue, null);
        act.refs().move(Constants.R_HEADS + pull.baseRef(), commit, false);
        if (pull.baseRef().equals(BareRepository.DEFAULT_BRANCH)) {
            closeWhatItCloses(issue);
        }
        return Optional.of(commit);
    }

    /** Merges the base into the head, as the button "Update branch" does; empty where they conflict. */
    public Optional<ObjectId> update(PullRequest pull) {
        ObjectId base = act.git().branch(pull.baseRef());
        Optional<ObjectId> tree = new PullFacts(pull, act.view()).mergedTree();
        if (base == null || tree.isEmpty()) {
            return Optional.empty();
        }
        String message = "Merge branch '%s' into %s".formatted(pull.baseRef(), pull.headRef());
        ObjectId commit = commit(tree.get(), List.of(ObjectId.fromString(pull.headSha()), base), message);
        Moved moved = act.refs().move(Constants.R_HEADS + pull.headRef(), commit, false);
        return moved == Moved.DONE ? Optional.of(commit) : Optional.empty();
    }

    private String mergeMessage(PullRequest pull, Issue issue) {
        return "Merge pull request #%d from %s/%s%n%n%s"
                .formatted(pull.number(), act.repo().owner(), pull.headRef(), issue.title());
    }

    private static String squashMessage(String title, PullFacts facts) {
        List<RevCommit> commits = facts.commits();
        var text = new StringBuilder(title);
        for (RevCommit commit : commits) {
            text.append("\n\n* ").append(commit.getFullMessage().strip());
        }
        return text.toString();
    }

    private ObjectId commit(ObjectId tree, List<ObjectId> parents, String message) {
        var commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parents);
        commit.setAuthor(act.ident());
        commit.setCommitter(act.ident());
        commit.setMessage(message);
        return act.git().objects().write(commit);
    }

    private void closeWhatItCloses(Issue merged) {
        CLOSES.matcher(merged.body())
                .results()
                .map(found -> act.repo().issues().get(Integer.parseInt(found.group(1))))
                .filter(issue -> issue != null && issue.isOpen())
                .forEach(issue -> act.issues().close(issue, "completed"));
    }
}
