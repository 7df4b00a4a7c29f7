package dev.pawl.config;

import dev.pawl.domain.policy.StageKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The order that the stages of a workflow must keep. */
final class WorkflowRules {
    /** Stages that work on what another has made: that one must stand before them. */
    private static final Map<StageKind, StageKind> NEEDS = new EnumMap<>(Map.of(
            StageKind.VALIDATE, StageKind.IMPLEMENT,
            StageKind.REVIEW, StageKind.IMPLEMENT,
            StageKind.OPEN_PR, StageKind.IMPLEMENT,
            StageKind.MERGE, StageKind.OPEN_PR,
            StageKind.ADDRESS_REVIEW, StageKind.OPEN_PR,
            StageKind.FIX_CI, StageKind.OPEN_PR,
            StageKind.UPDATE_BRANCH, StageKind.OPEN_PR,
            StageKind.SUMMARIZE, StageKind.RESEARCH,
            StageKind.COMMENT_ISSUE, StageKind.RESEARCH));

    /** Stages that come too late after others. */
    private static final Map<StageKind, List<StageKind>> BEFORE = new EnumMap<>(Map.of(
            StageKind.CLARIFY, List.of(StageKind.PLAN, StageKind.IMPLEMENT, StageKind.RESEARCH),
            StageKind.PLAN, List.of(StageKind.IMPLEMENT),
            StageKind.SUMMARIZE, List.of(StageKind.COMMENT_ISSUE)));

    private WorkflowRules() {}

    /** Says what is wrong with the order of the stages. */
    static void check(List<StageReader.Written> stages) {
        var seen = new ArrayList<StageKind>();
        for (StageReader.Written stage : stages) {
            problem(stage.kind(), seen).ifPresent(p -> stage.value().refused(p, Optional.empty()));
            seen.add(stage.kind());
        }
    }

    private static Optional<String> problem(StageKind kind, List<StageKind> seen) {
        if (seen.isEmpty()) {
            return kind == StageKind.TRIAGE
                    ? Optional.empty()
                    : Optional.of("a workflow begins with triage, not with " + kind.word());
        }
        if (seen.contains(kind)) {
            return Optional.of(kind.word() + " stands in this workflow twice");
        }
        if (seen.contains(StageKind.MERGE)) {
            return Optional.of("nothing comes after merge");
        }
        StageKind needed = NEEDS.get(kind);
        if (needed != null && !seen.contains(needed)) {
            return Optional.of(kind.word() + " comes only after " + needed.word());
        }
        return BEFORE.getOrDefault(kind, List.of()).stream()
                .filter(seen::contains)
                .findFirst()
                .map(later -> kind.word() + " comes only before " + later.word());
    }
}
