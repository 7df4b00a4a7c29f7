package dev.pawl.domain.decide;

import dev.pawl.domain.policy.Limits;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.state.IssueState;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.StageStatus;
import dev.pawl.domain.state.Waiting;
import dev.pawl.domain.state.Waiting.Reason;
import java.time.Instant;
import java.util.Optional;

/** The limits that hold before an agent starts. */
final class Budget {
    private Budget() {}

    /** The run, stopped at the limit that it has reached; empty while there is room for one more start. */
    static Optional<RunState> stops(RunState state, Policy policy, Stage stage, StageRecord record, Instant now) {
        Limits limits = policy.limits();
        var spending = state.spending();
        if (record.attemptsUsed() >= policy.attempts(stage)) {
            return blocked(state, Reason.ATTEMPTS, now, record.attemptsUsed() + " of " + policy.attempts(stage));
        }
        if (spending.runs() >= limits.runsPerIssue()) {
            return blocked(state, Reason.RUNS, now, spending.runs() + " of " + limits.runsPerIssue());
        }
        if (spending.counted().reaches(limits.costPerIssue())) {
            String cost = spending.counted().forPeople() + " of "
                    + limits.costPerIssue().forPeople();
            return blocked(state, Reason.COST, now, cost);
        }
        if (spending.idle() > policy.attempts(stage)) {
            return blocked(state, Reason.NO_PROGRESS, now, spending.idle() + " starts");
        }
        var recent = spending.startsWithinHour(now);
        if (recent.size() >= limits.runsPerHour()) {
            Instant until = recent.getFirst().plusSeconds(3600);
            return Optional.of(state.waiting(
                    state.state(),
                    new Waiting(
                            Reason.HOURLY, now, Optional.of(until), recent.size() + " of " + limits.runsPerHour())));
        }
        return Optional.empty();
    }

    /** Whoever died in a stage without an agent paid nothing for it; a stage that kills everybody has to end all the same. */
    static Decision withoutAgent(RunState state, Policy policy, Decision.Start start, Instant now) {
        boolean died =
                state.due().filter(s -> s.status() == StageStatus.RUNNING).isPresent();
        if (!died) {
            return start;
        }
        RunState again = start.state().with(start.state().spending().again());
        return stopsAgain(state, policy, Runs.configured(state, policy, start.stage()), now)
                .<Decision>map(s -> new Decision.Escalate(s, start.command()))
                .orElseGet(() -> new Decision.Start(start.stage(), again, start.command()));
    }

    /** The same for a stage without an agent that an invocation died in: it is begun again as often as it may be tried. */
    private static Optional<RunState> stopsAgain(RunState state, Policy policy, Stage stage, Instant now) {
        int idle = state.spending().idle();
        return idle >= policy.attempts(stage)
                ? blocked(state, Reason.NO_PROGRESS, now, stage.kind().word() + " was cut short " + idle + " times")
                : Optional.empty();
    }

    private static Optional<RunState> blocked(RunState state, Reason reason, Instant now, String detail) {
        return Optional.of(state.waiting(IssueState.BLOCKED, new Waiting(reason, now, Optional.empty(), detail)));
    }
}
