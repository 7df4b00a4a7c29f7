package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.Person;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.SandboxPullRequest;
import dev.pawl.sandbox.world.Role;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pull request is merged once policy, people and checks agree; until then one sentence says what is missing. */
@Tag(Program.TAG)
class MergeTest {
    static final String POLICY = Story.POLICY + "merge: {enabled: true, delete_branch: true}\n";
    static final String KEY = "a key of thirty-two characters!!";

    private static final String WAITS = "Waiting for: the merge of the pull request, and that for ";
    private static final String APPROVAL =
            "an approval of its newest commit by people who may, other than who asked for the work";
    private static final String WISH = "somebody who asks for it: `/pawl merge`, or the label `pawl:merge`";

    @TempDir
    Path folder;

    private Story story(String policy) {
        var story = new Story(folder, policy).checked();
        story.inputs.put("STATE-KEY", KEY);
        return story;
    }

    private static Person reviewer(Story story) {
        Person reviewer = story.github.person("reviewer", Role.NONE);
        story.repo.grants(reviewer, Role.WRITE);
        return reviewer;
    }

    private static SandboxPullRequest pull(Story story) {
        return story.repo.pullRequests().getFirst();
    }

    private static String state(Story story, SandboxIssue issue) {
        return story.saidOn(issue).getFirst();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void itIsMergedOnceItIsApprovedAndAskedFor(int copies) {
        try (var story = story(POLICY).deliveringEach(copies)) {
            Person reviewer = reviewer(story);
            SandboxIssue issue = story.bug();
            assertThat(Story.moves(story.rings())).endsWith("open_pr advanced");
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
            assertThat(state(story, issue)).contains(WAITS + APPROVAL + "; " + WISH + ".");

            reviewer.reviews(pull(story), Person.Says.APPROVE, "Good.");
            story.rings();
            assertThat(issue.labels()).contains("pawl:waiting-on-human");
            assertThat(state(story, issue)).contains(WAITS + WISH + ".");

            story.maintainer.labels(pull(story).issue(), "pawl:merge");
            var ended = story.rings();

            assertThat(Story.moves(ended)).as("%s", ended).containsExactly("merge advanced");
            assertThat(ended).allSatisfy(e -> assertThat(e.requests()).isLessThanOrEqualTo(24));
            assertThat(pull(story).isMerged()).isTrue();
            assertThat(story.repo.file("main", "sum.txt")).contains("2 + 2 = 4\n");
            assertThat(story.repo.branches()).containsExactly("main");
            assertThat(issue.isOpen()).isFalse();
            assertThat(issue.labels()).contains("pawl:completed");
            assertThat(state(story, issue)).contains("| merge | merged | 1 |", "The run is complete.");
        }
    }

    @Test
    void aCommandAsksForTheMergeOfTheHeadThatIsThere() {
        try (var story = story(POLICY)) {
            Person reviewer = reviewer(story);
            SandboxIssue issue = story.bug();
            story.rings();
            story.maintainer.comments(issue, "/pawl merge");
            story.rings();
            assertThat(state(story, issue)).contains(WAITS + APPROVAL + ".");

            reviewer.pushes(story.repo, pull(story).head(), Map.of("more.txt", "More.\n"));
            story.rings();
            assertThat(state(story, issue)).contains(WAITS + APPROVAL + "; " + WISH + ".");

            reviewer.reviews(pull(story), Person.Says.APPROVE, "");
            story.maintainer.comments(issue, "/pawl merge");
            assertThat(Story.moves(story.rings())).containsExactly("merge advanced");
            assertThat(story.repo.file("main", "more.txt")).contains("More.\n");
        }
    }

    @Test
    void withoutAKeyItStaysOff() {
        try (var story = new Story(folder, POLICY + "").checked()) {
            Person reviewer = reviewer(story);
            SandboxIssue issue = story.bug();
            story.rings();
            reviewer.reviews(pull(story), Person.Says.APPROVE, "");
            story.maintainer.labels(issue, "pawl:merge");
            story.rings();

            assertThat(pull(story).isMerged()).isFalse();
            assertThat(state(story, issue)).contains(WAITS + "a key that signs Pawl's states (the input `state-key`).");
        }
    }

    @Test
    void aStrangersWishAndApprovalAreNone() {
        try (var story = story(POLICY)) {
            SandboxIssue issue = story.bug();
            story.rings();
            story.stranger.reviews(pull(story), Person.Says.APPROVE, "Ship it.");
            story.maintainer.reviews(pull(story), Person.Says.APPROVE, "My own wish.");
            story.stranger.comments(issue, "/pawl merge");
            story.rings();

            assertThat(pull(story).isMerged()).isFalse();
            assertThat(state(story, issue)).contains(WAITS + APPROVAL + "; " + WISH + ".");
        }
    }

    @Test
    void draftsWaitAndAPullRequestThatIsOpenedAgainGoesOn() {
        try (var story = story(POLICY.replace("true, delete", "true, label: off, delete"))) {
            Person reviewer = reviewer(story);
            SandboxIssue issue = story.bug();
            story.rings();
            story.maintainer.drafts(pull(story), true);
            reviewer.reviews(pull(story), Person.Says.APPROVE, "");
            story.rings();
            assertThat(state(story, issue)).contains(WAITS + "somebody who marks it as ready for review.");
            assertThat(issue.labels()).contains("pawl:waiting-on-human");

            story.maintainer.closesPullRequest(pull(story));
            story.rings();
            assertThat(issue.labels()).contains("pawl:closed-unresolved");

            story.maintainer.reopens(pull(story).issue());
            story.rings();
            assertThat(issue.labels()).contains("pawl:waiting-on-human");

            story.maintainer.drafts(pull(story), false);
            assertThat(Story.moves(story.rings())).containsExactly("merge advanced");
        }
    }

    @Test
    void aMergeByHandCompletesTheRunAndClearsUp() {
        try (var story = story(POLICY)) {
            SandboxIssue issue = story.bug();
            story.rings();

            story.maintainer.mergesPullRequest(pull(story));
            story.rings();

            assertThat(issue.labels()).contains("pawl:completed");
            assertThat(story.repo.branches()).containsExactly("main");
        }
    }

    @Test
    void aMergeThatNobodyHeardOfIsFoundByTheClock() {
        try (var story = story(POLICY)) {
            SandboxIssue issue = story.bug();
            story.rings();
            story.maintainer.mergesPullRequest(pull(story));
            story.github.takeEvents();

            story.sweeps();

            assertThat(issue.labels()).contains("pawl:completed");
        }
    }
}
