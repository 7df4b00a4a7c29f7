package dev.pawl.sandbox.json;

import dev.pawl.sandbox.git.BareRepository;
import dev.pawl.sandbox.world.CheckRun;
import dev.pawl.sandbox.world.PullRequest;
import dev.pawl.sandbox.world.Review;
import dev.pawl.sandbox.world.ReviewComment;
import dev.pawl.sandbox.world.Right;
import dev.pawl.sandbox.world.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What the rules of the default branch say of a pull request. See
 * <a href="https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches">about
 * protected branches</a>.
 */
public final class Gates {
    private final PullRequest pull;
    private final View view;
    private final Settings.Rules rules;

    /** The rules for this pull request. */
    public Gates(PullRequest pull, View view) {
        this.pull = pull;
        this.view = view;
        this.rules = pull.baseRef().equals(BareRepository.DEFAULT_BRANCH)
                ? view.repo().settings().rules()
                : Settings.Rules.NONE;
    }

    /** The rules. */
    public Settings.Rules rules() {
        return rules;
    }

    /** The first rule that isn't met, in GitHub's words. */
    public Optional<String> blocking() {
        long approvals = opinions().values().stream()
                .filter(Review.Verdict.APPROVED::equals)
                .count();
        if (rules.approvals() > 0 && opinions().containsValue(Review.Verdict.CHANGES_REQUESTED)) {
            return Optional.of("Changes must be addressed before merging.");
        }
        if (approvals < rules.approvals()) {
            return Optional.of("At least " + rules.approvals() + " approving review"
                    + (rules.approvals() == 1 ? " is" : "s are") + " required by reviewers with write access.");
        }
        for (String name : rules.checks()) {
            Optional<String> result = result(name);
            if (result.isEmpty()) {
                return Optional.of("Required status check \"" + name + "\" is expected.");
            }
            if (!CheckJson.isGreen(result.get())) {
                return Optional.of("Required status check \"" + name + "\" is "
                        + (result.get().equals("pending") ? "pending." : "failing."));
            }
        }
        boolean isOpen = rules.threadsResolved()
                && pull.reviewComments().stream()
                        .filter(comment -> comment.inReplyTo() == null)
                        .map(ReviewComment::id)
                        .anyMatch(id -> !pull.resolved().contains(id));
        return isOpen
                ? Optional.of("A conversation must be resolved before this pull request can be merged.")
                : Optional.empty();
    }

    /** Whether the base has what the head hasn't, and the rules mind. */
    public boolean isBehind() {
        ObjectId base = view.git().branch(pull.baseRef());
        return rules.upToDate()
                && base != null
                && !view.git()
                        .comparison()
                        .commits(ObjectId.fromString(pull.headSha()), base)
                        .isEmpty();
    }

    /** The last word of each who may push, comments aside. */
    private Map<String, Review.Verdict> opinions() {
        var opinions = new LinkedHashMap<String, Review.Verdict>();
        for (Review review : pull.reviews()) {
            boolean counts = view.world()
                    .account(review.author())
                    .filter(who -> Right.PUSH.isOf(who, view.repo()))
                    .isPresent();
            switch (review.verdict()) {
                case APPROVED, CHANGES_REQUESTED -> {
                    if (counts) {
                        opinions.put(review.author(), review.verdict());
                    }
                }
                case DISMISSED, COMMENTED -> {}
            }
        }
        return opinions;
    }

    /** What the newest check of that name says of the head; {@code pending} until it ends. */
    private Optional<String> result(String name) {
        List<CheckRun> runs = view.repo().checkRuns().stream()
                .filter(run ->
                        run.headSha().equals(pull.headSha()) && run.name().equals(name))
                .toList();
        if (!runs.isEmpty()) {
            return Optional.of(Optional.ofNullable(runs.getLast().conclusion()).orElse("pending"));
        }
        return CheckJson.latest(pull.headSha(), view.repo()).stream()
                .filter(status -> status.context().equals(name))
                .map(status -> status.state())
                .findFirst();
    }
}
