package dev.pawl.domain.policy;

import static dev.pawl.domain.policy.StageKind.CLARIFY;
import static dev.pawl.domain.policy.StageKind.COMMENT_ISSUE;
import static dev.pawl.domain.policy.StageKind.IMPLEMENT;
import static dev.pawl.domain.policy.StageKind.MERGE;
import static dev.pawl.domain.policy.StageKind.OPEN_PR;
import static dev.pawl.domain.policy.StageKind.PLAN;
import static dev.pawl.domain.policy.StageKind.RESEARCH;
import static dev.pawl.domain.policy.StageKind.REVIEW;
import static dev.pawl.domain.policy.StageKind.SUMMARIZE;
import static dev.pawl.domain.policy.StageKind.TRIAGE;
import static dev.pawl.domain.policy.StageKind.VALIDATE;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Types and workflows that hold where the policy names none. Those that end in a merge wait there while the policy leaves merging to people. */
public final class DefaultWorkflows {
    private DefaultWorkflows() {}

    /** The types, first match first. */
    public static List<IssueType> types() {
        return List.of(
                new IssueType("bug", List.of("bug"), List.of("fix:", "bug:"), 1),
                new IssueType("feature", List.of("enhancement", "feature"), List.of("feat:", "feature:"), 2),
                new IssueType("chore", List.of(), List.of("chore:"), 3),
                new IssueType("docs", List.of("documentation"), List.of("docs:"), 3),
                new IssueType("research", List.of(), List.of("research:"), 4));
    }

    /** The workflows, by type. */
    public static Map<String, Workflow> workflows() {
        return Stream.of(
                        workflow("bug", TRIAGE, PLAN, IMPLEMENT, VALIDATE, REVIEW, OPEN_PR, MERGE),
                        new Workflow(
                                "feature",
                                List.of(
                                        Stage.of(TRIAGE),
                                        Stage.of(CLARIFY),
                                        Stage.of(PLAN).withApproval(),
                                        Stage.of(IMPLEMENT),
                                        Stage.of(VALIDATE),
                                        Stage.of(REVIEW),
                                        Stage.of(OPEN_PR),
                                        Stage.of(MERGE)),
                                false),
                        workflow("research", TRIAGE, RESEARCH, SUMMARIZE, COMMENT_ISSUE),
                        workflow("chore", TRIAGE, IMPLEMENT, VALIDATE, OPEN_PR, MERGE),
                        workflow("docs", TRIAGE, IMPLEMENT, REVIEW, OPEN_PR, MERGE))
                .collect(Collectors.toMap(Workflow::name, w -> w));
    }

    private static Workflow workflow(String name, StageKind... kinds) {
        return new Workflow(name, Stream.of(kinds).map(Stage::of).toList(), false);
    }
}
