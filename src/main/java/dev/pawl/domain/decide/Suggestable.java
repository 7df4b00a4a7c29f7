package dev.pawl.domain.decide;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Check;
import dev.pawl.domain.model.Hash;
import dev.pawl.domain.model.Permission;
import dev.pawl.domain.model.PullFacts;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.state.PastLease;
import java.util.List;
import java.util.Optional;

/**
 * Whether a pull request of somebody's gets suggestions, once its checks are done. It has no run and no state: what was done
 * before is told by its reviews and by the ledger.
 */
public final class Suggestable {
    /** So many reviews with suggestions a pull request gets at most. */
    static final int MOST_REVIEWS = 3;

    private static final String PAUSE = "pawl:pause";
    private static final int HASH = 16;

    private Suggestable() {}

    /** What is to be done. */
    public sealed interface Verdict {
        /**
         * Suggestions are due.
         *
         * @param pull the pull request
         * @param failed the checks that failed
         * @param key what the suggestions are known by
         * @param before whether others were given before, for other commits or checks
         */
        record Due(PullRequest pull, List<Check> failed, Key key, boolean before) implements Verdict {
            public Due {
                failed = List.copyOf(failed);
            }
        }

        /**
         * None are.
         *
         * @param why why
         */
        record Not(Unsuggested why) implements Verdict {}
    }

    /**
     * What suggestions are known by: the commit and the checks that failed on it.
     *
     * @param hash a hash of both
     */
    public record Key(String hash) {
        private static final String REVIEW = "suggestions-";

        static Key of(Sha head, List<Check> failed) {
            List<String> names =
                    failed.stream().map(Check::name).distinct().sorted().toList();
            return new Key(
                    Hash.sha256(head.value() + "\n" + String.join("\n", names)).substring(0, HASH));
        }

        /** The review's key. */
        public String review() {
            return REVIEW + hash;
        }

        /** The ledger's word for suggestions that were given. */
        public String given() {
            return "suggested-" + hash;
        }

        /** The ledger's word for an agent that had nothing to suggest. */
        public String looked() {
            return "unsuggested-" + hash;
        }

        /** The ledger's word for an agent's work of which nothing came. */
        public String failed() {
            return "untold-" + hash;
        }
    }

    /** Why the pull request gets none, by what a list shows of it; empty where nothing of that stands against it. */
    public static Optional<Unsuggested> keptFrom(PullRequest pull, Policy policy) {
        if (pull.status() != PullRequest.Status.OPEN || !pull.sameRepository()) {
            return Optional.of(Unsuggested.NO_PULL);
        }
        if (pull.has(PAUSE) || policy.start().exclude().stream().anyMatch(pull::has)) {
            return Optional.of(Unsuggested.EXCLUDED);
        }
        return mayBeAsked(pull.author(), policy) ? Optional.empty() : Optional.of(Unsuggested.NOT_PERMITTED);
    }

    private static boolean mayBeAsked(Actor author, Policy policy) {
        return author.isPerson() || policy.start().allowBots().contains(author.id());
    }

    /** Whether whoever opened it answers for what agents cost: checks authorise nothing. */
    public static boolean may(Permission permission, Policy policy) {
        return permission.atLeast(policy.start().permission());
    }

    /** Whether suggestions are due by what the pull request shows. */
    public static Verdict of(PullFacts facts, Policy policy) {
        Optional<Unsuggested> kept = keptFrom(facts.pull(), policy);
        if (kept.isPresent()) {
            return new Verdict.Not(kept.get());
        }
        if (!facts.complete()) {
            return new Verdict.Not(Unsuggested.UNSEEN);
        }
        if (facts.checks().stream().anyMatch(c -> c.result() == Check.Result.PENDING)) {
            return new Verdict.Not(Unsuggested.PENDING);
        }
        List<Check> failed =
                facts.checks().stream().filter(Suggestable::isFailure).toList();
        if (failed.isEmpty()) {
            return new Verdict.Not(Unsuggested.GREEN);
        }
        Key key = Key.of(facts.pull().head(), failed);
        List<String> given = facts.reviews().stream()
                .flatMap(review -> review.key().stream())
                .filter(k -> k.startsWith(Key.REVIEW))
                .toList();
        if (given.contains(key.review())) {
            return new Verdict.Not(Unsuggested.GIVEN);
        }
        return given.size() >= MOST_REVIEWS
                ? new Verdict.Not(Unsuggested.ENOUGH)
                : new Verdict.Due(facts.pull(), failed, key, !given.isEmpty());
    }

    /** One that was cancelled or given up says nothing of the change. */
    private static boolean isFailure(Check check) {
        return switch (check.result()) {
            case FAILURE, TIMED_OUT, STARTUP_FAILURE -> true;
            case PENDING, SUCCESS, NEUTRAL, SKIPPED, CANCELLED, STALE, ACTION_REQUIRED -> false;
        };
    }

    /**
     * Why no agent starts, by what the ledger knows of earlier ones.
     *
     * @param past the pull request's leases, the newest first, our own not among them
     */
    public static Optional<Unsuggested> keptBy(List<PastLease> past, Key key, Policy policy) {
        if (past.stream().anyMatch(l -> l.ended(key.given()))) {
            return Optional.of(Unsuggested.GIVEN);
        }
        if (past.stream().anyMatch(l -> l.ended(key.looked()))) {
            return Optional.of(Unsuggested.LOOKED);
        }
        long failed = past.stream().filter(l -> l.ended(key.failed())).count();
        long died = past.stream().takeWhile(l -> l.end().isEmpty()).count();
        if (failed + died >= policy.limits().attempts()) {
            return Optional.of(Unsuggested.FAILED);
        }
        long starts = past.stream().filter(PastLease::ranStage).count();
        return starts >= policy.limits().runsPerIssue() ? Optional.of(Unsuggested.STARTS) : Optional.empty();
    }
}
