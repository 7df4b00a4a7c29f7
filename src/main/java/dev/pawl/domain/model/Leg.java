package dev.pawl.domain.model;

import java.util.List;
import java.util.Optional;

/**
 * The tasks of a plan that one attempt does, between those that attempts before it did and those left for later ones.
 *
 * @param before tasks that are done
 * @param now tasks to do, at least one
 * @param after tasks to leave
 */
public record Leg(List<Plan.Task> before, List<Plan.Task> now, List<Plan.Task> after) {
    public Leg {
        before = List.copyOf(before);
        now = List.copyOf(now);
        after = List.copyOf(after);
        if (now.isEmpty()) {
            throw new IllegalArgumentException("a leg has at least one task");
        }
    }

    /** All tasks of a plan. */
    public static Leg whole(Plan plan) {
        return new Leg(List.of(), plan.tasks(), List.of());
    }

    /** The tasks from one, counted from 0, to another, which isn't part of it any more. */
    public static Leg of(Plan plan, int from, int to) {
        var tasks = plan.tasks();
        return new Leg(tasks.subList(0, from), tasks.subList(from, to), tasks.subList(to, tasks.size()));
    }

    /** Its task, if it has just one. */
    public Optional<Plan.Task> only() {
        return now.size() == 1 ? Optional.of(now.getFirst()) : Optional.empty();
    }

    /** Whether there is nothing before it and nothing after it. */
    public boolean isWhole() {
        return before.isEmpty() && after.isEmpty();
    }

    /** How many of the plan's tasks are done after it. */
    public int reaches() {
        return before.size() + now.size();
    }
}
