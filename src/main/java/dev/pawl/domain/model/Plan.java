package dev.pawl.domain.model;

import java.util.List;
import java.util.Optional;

/**
 * The work plan, as an agent wrote it.
 *
 * @param approach how the work will be done
 * @param tasks in order; at least one
 * @param risks what may go wrong
 * @param criteria how one sees that it is done
 */
public record Plan(Untrusted approach, List<Task> tasks, List<Untrusted> risks, List<Untrusted> criteria) {
    public Plan {
        tasks = List.copyOf(tasks);
        risks = List.copyOf(risks);
        criteria = List.copyOf(criteria);
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("a plan has at least one task");
        }
    }

    /**
     * One task.
     *
     * @param id the agent's name for it, such as {@code T1}
     * @param title in a few words
     * @param kind {@code implement}, {@code test} or {@code review}
     * @param detail more, where there is more
     * @param files paths that it expects to touch
     * @param agent the agent that should do it, by its name in the policy
     * @param tier {@code small}, {@code standard} or {@code large}
     */
    public record Task(
            String id,
            Untrusted title,
            String kind,
            Optional<Untrusted> detail,
            List<String> files,
            Optional<String> agent,
            Optional<String> tier) {
        public Task {
            files = List.copyOf(files);
        }
    }
}
