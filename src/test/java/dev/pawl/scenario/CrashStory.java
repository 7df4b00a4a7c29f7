package dev.pawl.scenario;

import dev.pawl.sandbox.Person;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.SandboxJob;
import dev.pawl.sandbox.world.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The stories that are killed everywhere: each workflow of the default policy, with what people do on the way. */
enum CrashStory {
    BUG("The sum is wrong", "bug", "The file sum.txt says that 2 + 2 is 5, and it should say 4."),
    FEATURE("feat: correct sums", "", "The file sum.txt should hold correct sums only."),
    RESEARCH("research: which sum is right", "", "Look at both files and compare them."),
    CHORE("chore: tidy the sums", "", "Every sum in sum.txt should be a correct one."),
    DOCS("docs: say which sums are right", "", "The file sum.txt is read by people, who should find correct sums."),
    /** A plan for two agents: implement goes through it in two legs. */
    LEGS("The sums are wrong", "bug", "The file sum.txt says that 2 + 2 is 5, and it should say 4."),
    /** Too little to start on: questions are asked, and answered. */
    VAGUE("It is wrong", "bug", ""),
    /** Merged by Pawl, once somebody asks for it. */
    MERGED("chore: tidy the sums", "", "Every sum in sum.txt should be a correct one."),
    /** A reviewer asks for changes on the open pull request. */
    REVIEWED("chore: tidy the sums", "", "Every sum in sum.txt should be a correct one."),
    /** The base moves on, and its rules ask for branches that have all of it. */
    BEHIND("chore: tidy the sums", "", "Every sum in sum.txt should be a correct one."),
    /** The base moves on against the work. */
    CONFLICT("chore: tidy the sums", "", "Every sum in sum.txt should be a correct one."),
    /** A check of the open pull request fails, is run again, fails again, and is repaired. */
    REPAIRED("chore: tidy the sums", "", "Every sum in sum.txt should be a correct one."),
    /** Validated by the repository's own workflow. */
    WORKFLOW("chore: tidy the sums", "", "Every sum in sum.txt should be a correct one.");

    private final String title;
    private final String label;
    private final String body;

    CrashStory(String title, String label, String body) {
        this.title = title;
        this.label = label;
        this.body = body;
    }

    /** The repository's policy. */
    String policy() {
        return switch (this) {
            case LEGS -> LegsTest.POLICY;
            case MERGED -> Story.POLICY + "merge: {enabled: true, approvals: 0, delete_branch: true}\n";
            case REPAIRED -> Story.POLICY + "pull_request: {rerun_checks: true}\n";
            case WORKFLOW -> OwnWorkflowTest.POLICY;
            case BUG, FEATURE, RESEARCH, CHORE, DOCS, VAGUE, REVIEWED, BEHIND, CONFLICT -> Story.POLICY;
        };
    }

    /** An issue that waits for its first invocation. */
    SandboxIssue begin(Story story) {
        story.agent.runs("implement", WalkTest.SECOND_TRY);
        if (this == WORKFLOW) {
            OwnWorkflowTest.hasWorkflow(story);
        }
        if (Set.of(CHORE, DOCS, MERGED, REVIEWED, BEHIND, CONFLICT, REPAIRED, WORKFLOW)
                .contains(this)) {
            // No plan and no second try: the shortest ways there are.
            story.agent.runs("implement", "echo '2 + 2 = 4' > sum.txt");
        }
        if (this == MERGED) {
            story.inputs.put("STATE-KEY", MergeTest.KEY);
        }
        if (this == BEHIND) {
            UpdateBranchTest.asksForUpToDate(story);
        }
        if (this == CONFLICT) {
            story.agent.runs("update_branch", UpdateBranchTest.SOLVES).answers("update_branch", "");
        }
        if (this == REVIEWED) {
            story.agent.runs("address_review", ReviewRoundsTest.ANSWERS);
        }
        if (this == REPAIRED) {
            story.agent.runs("fix_ci", "echo '# repaired' >> sum.txt");
        }
        if (this == LEGS) {
            story.agent
                    .answers("plan", LegsTest.plan("-", "second", "second"))
                    .runs("implement", "echo \"${1:-scripted}\" >> steps.txt; echo '2 + 2 = 4' > sum.txt");
        }
        if (this == VAGUE) {
            story.agent.runs(
                    "clarify",
                    "if grep -q '\"kind\":\"answer\"' \"$PAWL_REQUEST\"; then"
                            + " printf '{\"version\":1,\"status\":\"ok\",\"summary\":\"clear\"}' > \"$PAWL_RESULT\"; exit; fi");
            story.agent.says("clarify", """
                    {"version":1,"status":"needs_input","summary":"unclear",
                    "questions":[{"text":"Which sum?","about":"scope"}]}""");
        }
        return label.isEmpty() ? story.issue(title, body) : story.issue(title, body, label);
    }

    /** What people do, one after the other, each time that nothing moves any more. */
    List<Consumer<Deed>> deeds() {
        return switch (this) {
            case FEATURE -> List.of(d -> d.story().maintainer.comments(d.issue(), "Looks good.\n\n/pawl approve"));
            case VAGUE -> List.of(d -> d.story().author.comments(d.issue(), "The one in sum.txt."));
            case MERGED -> List.of(d -> d.story().maintainer.comments(d.issue(), "/pawl merge"));
            case REVIEWED ->
                List.of(d -> {
                    Person reviewer = d.story().github.person("reviewer", Role.NONE);
                    d.story().repo.grants(reviewer, Role.WRITE);
                    var pull = d.story().repo.pullRequests().getFirst();
                    reviewer.reviews(pull, Person.Says.REQUEST_CHANGES, "One more line, please.");
                });
            case BEHIND ->
                List.of(d -> d.story().maintainer.pushes(d.story().repo, "main", Map.of("other.txt", "More.\n")));
            case CONFLICT -> List.of(d -> UpdateBranchTest.baseConflicts(d.story()));
            case REPAIRED ->
                List.of(
                        d -> {
                            String branch =
                                    d.story().repo.pullRequests().getFirst().head();
                            d.story()
                                    .repo
                                    .runsCi("ci.yml", branch, SandboxJob.failed("lint", "Run lint", FixCiTest.LOG));
                        },
                        d -> OwnWorkflowTest.ends(
                                d.story(), "failure", SandboxJob.failed("lint", "Run lint", FixCiTest.LOG)));
            case WORKFLOW -> List.of(d -> OwnWorkflowTest.ends(d.story(), "success", SandboxJob.passed("lint")));
            case BUG, RESEARCH, CHORE, DOCS, LEGS -> List.of();
        };
    }

    /** Where what people do is done. */
    record Deed(Story story, SandboxIssue issue) {}
}
