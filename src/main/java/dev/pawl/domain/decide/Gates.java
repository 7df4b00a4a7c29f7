package dev.pawl.domain.decide;

import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.PullFacts;
import dev.pawl.domain.model.PullRequest;
import dev.pawl.domain.model.Review;
import dev.pawl.domain.model.ReviewThread;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.state.RunState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Which gates keep a pull request from being merged. GitHub's own rules hold besides: it has the last word. */
final class Gates {
    /** The most reviewers that are asked about; the reviews of others don't count as approvals, and do as requests. */
    private static final int MOST_ASKED = 5;

    private final Policy policy;
    private final RunState state;
    private final Snapshot snapshot;
    private final Authority authority;

    Gates(Snapshot snapshot, Policy policy, RunState state, Authority authority) {
        this.snapshot = snapshot;
        this.policy = policy;
        this.state = state;
        this.authority = authority;
    }

    /** What came of looking. */
    sealed interface Looked {
        /**
         * It depends on something that wasn't asked yet.
         *
         * @param ask what
         */
        record Unknown(Decision.Ask ask) implements Looked {}

        /**
         * These are closed; none where it may be merged.
         *
         * @param gates which
         */
        record Closed(List<Gate> gates) implements Looked {
            public Closed {
                gates = List.copyOf(gates);
            }
        }
    }

    Looked look(PullSeen seen, PullFacts facts) {
        var verdicts = latest(facts);
        Optional<Actor> unknown = unknown(verdicts, facts.pull().head());
        if (unknown.isPresent()) {
            return new Looked.Unknown(new Decision.Ask.PermissionOf(unknown.get()));
        }
        Optional<Decision.Ask> wish = unknownWish(seen, facts.pull());
        if (wish.isPresent()) {
            return new Looked.Unknown(wish.get());
        }
        var closed = new ArrayList<Gate>();
        close(closed, !seen.signed(), new Gate.Signed());
        close(closed, !facts.complete(), new Gate.Seen());
        ofThePull(closed, facts);
        ofPeople(closed, facts, verdicts);
        ofChecks(seen, facts).ifPresent(closed::add);
        close(
                closed,
                !isWished(seen, facts.pull()),
                new Gate.Wished(policy.merge().label()));
        return new Looked.Closed(closed);
    }

    private static void close(List<Gate> closed, boolean is, Gate gate) {
        if (is) {
            closed.add(gate);
        }
    }

    private void ofThePull(List<Gate> closed, PullFacts facts) {
        PullRequest pull = facts.pull();
        close(closed, pull.draft(), new Gate.Ready());
        boolean retargeted =
                state.work().base().filter(base -> !base.equals(pull.base())).isPresent();
        close(closed, retargeted, new Gate.OnItsBase());
        close(closed, pull.merging().mergeable() == PullRequest.Mergeable.CONFLICT, new Gate.Fitting());
        close(closed, pull.merging().state() == PullRequest.MergeState.BEHIND, new Gate.Current());
        close(
                closed,
                !facts.rules().methods().contains(policy.merge().method()),
                new Gate.Allowed(policy.merge().method()));
    }

    private void ofPeople(List<Gate> closed, PullFacts facts, Map<Long, Review> verdicts) {
        Sha head = facts.pull().head();
        int approvals = (int) verdicts.values().stream()
                .filter(r -> approves(r, head))
                .filter(r -> authority.maySteer(r.author()).orElse(false))
                .count();
        int missing = needed(facts) - approvals;
        close(closed, missing > 0, new Gate.Approved(missing));
        int against = (int) verdicts.values().stream()
                .filter(r -> r.verdict() == Review.Verdict.CHANGES_REQUESTED)
                .filter(r -> authority.maySteer(r.author()).orElse(true))
                .count();
        close(closed, against > 0, new Gate.Unopposed(against));
        int open = (int) facts.threads().stream()
                .filter(Predicate.not(ReviewThread::resolved))
                .count();
        close(closed, facts.rules().threadsResolved() && open > 0, new Gate.Resolved(open));
    }

    private int needed(PullFacts facts) {
        return Math.max(policy.merge().approvals(), facts.rules().approvals());
    }

    /** Everybody's last word: a mere comment takes nothing back. */
    private static Map<Long, Review> latest(PullFacts facts) {
        var latest = new LinkedHashMap<Long, Review>();
        facts.reviews().stream()
                .filter(r -> r.verdict() != Review.Verdict.COMMENTED)
                .forEach(r -> latest.put(r.author().id(), r));
        return latest;
    }

    /** Whoever started the run asked for the work, and doesn't approve it, too. */
    private boolean approves(Review review, Sha head) {
        return review.verdict() == Review.Verdict.APPROVED
                && review.of(head)
                && review.author().id() != state.people().startedBy();
    }

    /** A reviewer whose word would count, and of whom nobody knows yet whether it does. */
    private Optional<Actor> unknown(Map<Long, Review> verdicts, Sha head) {
        return verdicts.values().stream()
                .filter(r -> approves(r, head) || r.verdict() == Review.Verdict.CHANGES_REQUESTED)
                .map(Review::author)
                .limit(MOST_ASKED)
                .filter(a -> authority.maySteer(a).isEmpty())
                .findFirst();
    }

    private Optional<Gate> ofChecks(PullSeen seen, PullFacts facts) {
        CheckRound checks = CheckRound.beforeMerge(facts, policy);
        boolean ours = state.work().head().equals(Optional.of(facts.pull().head()));
        if (ours && !seen.starts() && checks.silent() > 0 && facts.checks().isEmpty()) {
            return Optional.of(new Gate.Unstarted());
        }
        return checks.due() + checks.failed().size() == 0
                ? Optional.empty()
                : Optional.of(new Gate.Green(checks.due(), checks.failed().size()));
    }

    private boolean isLabelled(PullRequest pull) {
        return policy.merge()
                .label()
                .filter(l -> pull.has(l) || snapshot.issue().has(l))
                .isPresent();
    }

    private boolean isCommanded(PullRequest pull) {
        return state.after().wish().equals(Optional.of(pull.head()));
    }

    private Optional<Decision.Ask> unknownWish(PullSeen seen, PullRequest pull) {
        if (isCommanded(pull) || !isLabelled(pull)) {
            return Optional.empty();
        }
        if (seen.wisher().isEmpty()) {
            return Optional.of(new Decision.Ask.MergeWisher());
        }
        return seen.wisher().get().filter(a -> authority.maySteer(a).isEmpty()).map(Decision.Ask.PermissionOf::new);
    }

    private boolean isWished(PullSeen seen, PullRequest pull) {
        return policy.merge().label().isEmpty()
                || isCommanded(pull)
                || (isLabelled(pull)
                        && seen.wisher()
                                .flatMap(by -> by)
                                .flatMap(authority::maySteer)
                                .orElse(false));
    }
}
