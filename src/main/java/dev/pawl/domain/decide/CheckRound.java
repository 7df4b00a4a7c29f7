package dev.pawl.domain.decide;

import dev.pawl.domain.model.Check;
import dev.pawl.domain.model.Hash;
import dev.pawl.domain.model.PullFacts;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.MergeRules;
import dev.pawl.domain.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the checks of an open pull request say of its head, as far as they count: those that the base's rules or the
 * policy ask for. Of the runs of one workflow on that head, the newest counts.
 *
 * @param head the head that they ran on
 * @param failed those that failed, by name
 * @param pending how many began and haven't ended
 * @param green how many are fine
 * @param silent how many must report and haven't
 */
public record CheckRound(Sha head, List<Check> failed, int pending, int green, int silent) {
    public CheckRound {
        failed = List.copyOf(failed);
    }

    /** The checks that a merge waits for. */
    static CheckRound beforeMerge(PullFacts facts, Policy policy) {
        return of(facts, policy.merge().checks() == MergeRules.Checks.ALL);
    }

    /** The checks that are repaired: the same, and all that there are where none is asked for. */
    public static CheckRound toRepair(PullFacts facts, Policy policy) {
        boolean none = facts.rules().requiredChecks().isEmpty()
                && facts.checks().stream().noneMatch(Check::required);
        return of(facts, none || policy.merge().checks() == MergeRules.Checks.ALL);
    }

    private static CheckRound of(PullFacts facts, boolean all) {
        List<String> asked = facts.rules().requiredChecks();
        List<Check> counted = newest(facts.checks()).stream()
                .filter(c -> all || c.required() || asked.contains(c.name()))
                .toList();
        List<Check> failed = counted.stream()
                .filter(c -> c.result().isRed())
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
        int green = (int) counted.stream().filter(c -> c.result().isGreen()).count();
        int silent =
                (int) asked.stream().filter(name -> facts.named(name).isEmpty()).count();
        return new CheckRound(facts.pull().head(), failed, counted.size() - failed.size() - green, green, silent);
    }

    private static List<Check> newest(List<Check> checks) {
        Map<String, Check> byJob = new LinkedHashMap<>();
        var others = new ArrayList<Check>();
        for (Check check : checks) {
            check.job()
                    .ifPresentOrElse(
                            job -> byJob.merge(
                                    job.workflow() + "/" + check.name(), check, (a, b) -> run(a) >= run(b) ? a : b),
                            () -> others.add(check));
        }
        others.addAll(byJob.values());
        return others;
    }

    private static long run(Check check) {
        return check.job().map(Check.Job::run).orElse(0L);
    }

    /** How many haven't ended, or haven't begun. */
    int due() {
        return pending + silent;
    }

    /** Whether everything reported that has to, and nothing is left to repair. */
    boolean isGreen() {
        return failed.isEmpty() && due() == 0 && green > 0;
    }

    /** Whether something failed, and all that began has ended: one round repairs all of it. */
    boolean isBroken() {
        return !failed.isEmpty() && pending == 0;
    }

    /** This head with these failures, and no other. */
    public String key() {
        var text = new StringBuilder(head.value());
        failed.forEach(c -> text.append('\n').append(c.name()));
        return Hash.sha256(text.toString()).substring(0, 16);
    }

    /** The runs whose jobs are among the failures, each once; none where something else than a job failed. */
    public List<Long> runs() {
        return failed.stream().allMatch(c -> c.job().isPresent())
                ? failed.stream().map(CheckRound::run).distinct().toList()
                : List.of();
    }
}
