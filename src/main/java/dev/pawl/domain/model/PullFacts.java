package dev.pawl.domain.model;

import java.util.List;

/**
 * What people and machines say of a pull request, as the forge shows it now. One picture: all of it was read together.
 *
 * @param pull the pull request
 * @param reviews submitted reviews, oldest first; those that were dismissed among them
 * @param threads the conversations on its lines, oldest first
 * @param checks what reported on its head; a name may come more than once, from several runs
 * @param rules what the base's rules ask for, and what the repository allows
 * @param complete whether all of it was read: not where there is too much, nor where the token may not see all of it
 *     ({@code checks: read}, {@code statuses: read}); never merge on an incomplete picture
 */
public record PullFacts(
        PullRequest pull,
        List<Review> reviews,
        List<ReviewThread> threads,
        List<Check> checks,
        Rules rules,
        boolean complete) {
    public PullFacts {
        reviews = List.copyOf(reviews);
        threads = List.copyOf(threads);
        checks = List.copyOf(checks);
    }

    /** The checks of that name; none where nothing of that name reported on the head yet. */
    public List<Check> named(String name) {
        return checks.stream().filter(check -> check.name().equals(name)).toList();
    }

    /**
     * What the base's rules ask for, from branch protection and rulesets together, and what the repository allows.
     *
     * @param requiredChecks the names of checks that must be green; some may not have reported yet
     * @param approvals how many approvals are needed
     * @param upToDate whether a ruleset asks for an up-to-date branch; branch protection tells nobody but administrators
     * @param threadsResolved whether every thread must be resolved
     * @param autoMerge whether the repository lets a pull request be merged by itself
     * @param methods the ways of merging that the repository allows
     */
    public record Rules(
            List<String> requiredChecks,
            int approvals,
            boolean upToDate,
            boolean threadsResolved,
            boolean autoMerge,
            List<MergeMethod> methods) {
        /** No rules, and everything but auto-merge allowed. */
        public static final Rules NONE = new Rules(List.of(), 0, false, false, false, List.of(MergeMethod.values()));

        public Rules {
            requiredChecks = List.copyOf(requiredChecks);
            methods = List.copyOf(methods);
        }
    }
}
