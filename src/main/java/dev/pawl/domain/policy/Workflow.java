package dev.pawl.domain.policy;

import java.util.List;
import java.util.Optional;

/**
 * The ordered stages for one type of issue.
 *
 * @param name the workflow's name, which is the type's
 * @param stages at least one; no kind twice
 * @param close whether the issue is closed when the run is finished without a pull request
 */
public record Workflow(String name, List<Stage> stages, boolean close) {
    public Workflow {
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a workflow has at least one stage: " + name);
        }
        if (stages.stream().map(Stage::kind).distinct().count() != stages.size()) {
            throw new IllegalArgumentException("a workflow has each kind of stage once: " + name);
        }
    }

    /** The stage of that kind, where the workflow has one. */
    public Optional<Stage> stage(StageKind kind) {
        return stages.stream().filter(s -> s.kind() == kind).findFirst();
    }
}
