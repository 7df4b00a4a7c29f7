package dev.pawl.engine;

import dev.pawl.domain.decide.AgentUse;
import dev.pawl.domain.decide.CheckRound;
import dev.pawl.domain.decide.PullSeen;
import dev.pawl.domain.model.Check;
import dev.pawl.domain.model.CiRun;
import dev.pawl.domain.model.Feedback;
import dev.pawl.domain.model.JobLog;
import dev.pawl.domain.model.PullFacts;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.ValidationRules;
import dev.pawl.domain.port.Ci;
import dev.pawl.domain.port.Validation;
import dev.pawl.domain.stage.Context;
import dev.pawl.domain.stage.Work;
import dev.pawl.domain.text.CiLog;
import dev.pawl.domain.text.CiText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the repository's own workflows say of the work, as a stage can use it.
 *
 * @param ci reads runs and logs
 */
record OwnCi(Ci ci) {
    /** The most logs that are read for one stage: each is two requests. */
    private static final int MOST_LOGS = 3;

    private static final int MOST_CHECKS = 10;
    private static final int MOST_BYTES = 512 * 1024;

    /** The work of a stage that starts no agent: where failed checks are to be run again, what is left of that. */
    Work withoutAgent(Context context) {
        return checks(context)
                .filter(checks -> AgentUse.mayRerun(checks, context.state(), context.policy()))
                .map(checks -> checks.isBroken() ? broken(checks) : repeated(context))
                .orElseGet(Work.Rules::new);
    }

    private Work broken(CheckRound checks) {
        return new Work.Repeatable(
                checks.runs().stream().filter(run -> attempt(run) == 1).toList(), false);
    }

    /** Nothing fails: perhaps because what failed was asked to run again by somebody who died behind that. */
    private Work repeated(Context context) {
        boolean again = facts(context).stream()
                .flatMap(facts -> facts.checks().stream())
                .filter(check -> check.result() == Check.Result.PENDING)
                .flatMap(check -> check.job().map(Check.Job::run).stream())
                .distinct()
                .limit(MOST_LOGS)
                .anyMatch(run -> attempt(run) > 1);
        return again ? new Work.Repeatable(List.of(), true) : new Work.Rules();
    }

    private int attempt(long run) {
        return ci.run(run).map(CiRun::attempt).orElse(0);
    }

    /** What the workflow that validates the work says of its head. */
    Work validated(Context context) {
        String workflow = context.policy().validation().workflow().orElseThrow();
        Sha head = context.state().work().head().orElseThrow();
        Optional<CiRun> run = ci.newest(workflow, head);
        return run.filter(r -> r.result() != Check.Result.PENDING)
                .<Work>map(r -> new Work.Validated(results(workflow, r)))
                .orElseGet(() -> new Work.Dispatched(run.isPresent()));
    }

    private List<Validation.Result> results(String workflow, CiRun run) {
        if (run.result().isGreen()) {
            return List.of(result(workflow, Validation.Result.Status.PASSED, Untrusted.EMPTY));
        }
        List<JobLog> logs = ci.failedJobs(run.id(), MOST_LOGS, MOST_BYTES);
        return logs.isEmpty()
                ? List.of(result(workflow, Validation.Result.Status.FAILED, CiText.ended(run)))
                : logs.stream()
                        .map(log -> result(
                                workflow + " / " + log.name(), Validation.Result.Status.FAILED, CiLog.excerpt(log)))
                        .toList();
    }

    private static Validation.Result result(String name, Validation.Result.Status status, Untrusted log) {
        var command = new ValidationRules.Command(name, List.of(name), Duration.ZERO, true, List.of());
        return new Validation.Result(command, status, Duration.ZERO, List.of(), log);
    }

    /** The same, where failing checks are to be repaired: with what their logs say. */
    Context told(Context context) {
        return checks(context)
                .map(c -> context.hearing(feedback(c.failed(), MOST_LOGS)))
                .orElse(context);
    }

    /** What the checks say, for a stage that repairs them. */
    private static Optional<CheckRound> checks(Context context) {
        return facts(context).map(facts -> CheckRound.toRepair(facts, context.policy()));
    }

    private static Optional<PullFacts> facts(Context context) {
        return context.snapshot()
                .known()
                .pull()
                .flatMap(PullSeen::facts)
                .filter(_ -> context.kind() == StageKind.FIX_CI);
    }

    /**
     * What failed checks say.
     *
     * @param failed the checks; the first ten are told of
     * @param mostLogs how many logs are read at most; each is a request, and so is each run whose jobs they are
     */
    List<Feedback> feedback(List<Check> failed, int mostLogs) {
        var logs = new ArrayList<JobLog>();
        failed.stream()
                .flatMap(c -> c.job().map(Check.Job::run).stream())
                .distinct()
                .limit(mostLogs)
                .takeWhile(_ -> logs.size() < mostLogs)
                .forEach(run -> logs.addAll(ci.failedJobs(run, mostLogs - logs.size(), MOST_BYTES)));
        var feedback = new ArrayList<Feedback>();
        for (Check check : failed.stream().limit(MOST_CHECKS).toList()) {
            Untrusted said = logs.stream()
                    .filter(log -> isOf(log, check))
                    .findFirst()
                    .map(log -> CiText.failed(check, log))
                    .orElseGet(() -> CiText.failed(check));
            feedback.add(new Feedback(
                    "check-" + (feedback.size() + 1), Feedback.Kind.CI, said, Optional.empty(), OptionalInt.empty()));
        }
        return feedback;
    }

    private static boolean isOf(JobLog log, Check check) {
        return check.job()
                .filter(job -> job.job().isPresent()
                        ? job.job().getAsLong() == log.job()
                        : check.name().equals(log.name()))
                .isPresent();
    }
}
