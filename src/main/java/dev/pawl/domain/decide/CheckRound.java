package dev.pawl.domain.decide;

import dev.pawl.domain.model.Check;
import dev.pawl.domain.model.Hash;
import dev.pawl.domain.model.PullFacts;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.policy.MergeRules;
import dev.pawl.domain.policy.Policy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the checks of an open pull request say of its head, as far as they count: those that the base's rules or the policy
 * ask for.
 *
 * @param head the head that they ran on
 * @param failed those that failed, by name
 * @param pending how many began and haven't ended
 * @param held how many wait for a person's leave
 * @param silent how many must report and haven't
 */
public record CheckRound(Sha head, List<Check> failed, int pending, int held, int silent) {
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
        List<Check> counted = facts.checks().stream()
                .filter(c -> all || c.required() || asked.contains(c.name()))
                .toList();
        List<Check> failed = counted.stream()
                .filter(c -> c.result().isRed())
                .sorted(Comparator.comparing(Check::name))
                .toList();
        int silent =
                (int) asked.stream().filter(name -> facts.named(name).isEmpty()).count();
        return new CheckRound(
                facts.pull().head(),
                failed,
                count(counted, Check.Result.PENDING),
                count(counted, Check.Result.ACTION_REQUIRED),
                silent);
    }

    private static int count(List<Check> checks, Check.Result result) {
        return (int) checks.stream().filter(c -> c.result() == result).count();
    }

    /** How many haven't ended, or haven't begun. */
    int due() {
        return pending + held + silent;
    }

    /** Whether something failed, and all that began has ended: one round repairs all of it. */
    public boolean isBroken() {
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
                ? failed.stream()
                        .map(Check::job)
                        .flatMap(Optional::stream)
                        .map(Check.Job::run)
                        .distinct()
                        .toList()
                : List.of();
    }
}
