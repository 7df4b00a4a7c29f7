package dev.pawl.domain.decide;

import dev.pawl.domain.policy.Limits;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.state.Daybook;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.state.Waiting.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The limits on all issues together: money within a day, agent starts for one person, issues at once. */
public final class DayBudget {
    private static final Duration HOUR = Duration.ofHours(1);

    /** How soon it is worth looking whether another issue is done. */
    private static final Duration TURN = Duration.ofMinutes(1);

    private DayBudget() {}

    /**
     * A wish to start an agent.
     *
     * @param issue the issue's or pull request's number
     * @param by the account that answers for it
     */
    public record Wish(int issue, long by) {}

    /** The run, waiting for room; empty while there is room for one more start. */
    static Optional<RunState> stops(RunState state, Policy policy, Daybook book, Instant now) {
        var wish = new Wish(state.id().issue(), state.people().startedBy());
        return stops(wish, policy, book, now).map(waiting -> state.waiting(state.state(), waiting));
    }

    /** What that start waits for; empty while there is room for it. */
    public static Optional<Waiting> stops(Wish wish, Policy policy, Daybook book, Instant now) {
        Limits limits = policy.limits();
        Usd spent = book.spent();
        if (spent.reaches(limits.costPerDay())) {
            String cost = spent.forPeople() + " of " + limits.costPerDay().forPeople();
            return waits(Reason.DAILY, now, book.below(limits.costPerDay(), now), cost);
        }
        List<Instant> starts = book.startsBy(wish.by());
        int most = limits.runsPerHour() * limits.concurrent();
        if (starts.size() >= most) {
            Instant until = starts.get(starts.size() - most).plus(HOUR);
            return waits(Reason.HOURLY, now, until, starts.size() + " of " + most + " for one person");
        }
        int others = book.others(wish.issue());
        if (others >= limits.concurrent()) {
            return waits(Reason.CONCURRENT, now, now.plus(TURN), others + " of " + limits.concurrent());
        }
        return Optional.empty();
    }

    private static Optional<Waiting> waits(Reason reason, Instant now, Instant until, String detail) {
        return Optional.of(new Waiting(reason, now, Optional.of(until), detail));
    }

    /** What an agent may use at most: what its issue has left, and the day. */
    public static Usd left(RunState state, Policy policy, Daybook book) {
        return least(policy.limits().costPerIssue().minus(state.spending().counted()), policy, book);
    }

    /** What an agent may use at most that works for no run. */
    public static Usd left(Policy policy, Daybook book) {
        return least(policy.limits().costPerIssue(), policy, book);
    }

    private static Usd least(Usd issue, Policy policy, Daybook book) {
        Usd day = policy.limits().costPerDay().minus(book.spent());
        return issue.reaches(day) ? day : issue;
    }
}
