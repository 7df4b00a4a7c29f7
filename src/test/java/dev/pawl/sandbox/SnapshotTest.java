package dev.pawl.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
    @Test
    void aRestoredWorldIsTheOneThatWasKept(@TempDir Path folder) {
        try (var world = new World(folder)) {
            SandboxIssue issue = world.alice.opensIssue(world.repo, "Bug", "text", "pawl");
            world.alice.pushes(world.repo, "topic", Map.of("b.txt", "b"));
            SandboxPullRequest pull = world.alice.opensPullRequest(world.repo, "topic", "T", "Closes #1");
            Snapshot kept = world.github.snapshot();
            String before = world.github.describe();
            String head = pull.headSha();

            for (int round = 0; round < 2; round++) {
                change(world, issue, pull);
                assertThat(world.github.describe()).isNotEqualTo(before);

                world.github.restore(kept);
                assertThat(world.github.describe()).isEqualTo(before);
                assertThat(pull.headSha()).isEqualTo(head);
                assertThat(world.repo.branches()).containsExactly("main", "topic");
                assertThat(world.repo.ref("refs/pawl/issues/1")).isEmpty();
                assertThat(issue.comments()).isEmpty();
            }
            assertThat(world.events()).contains("issues.opened", "pull_request.opened");
        }
    }

    private static void change(World world, SandboxIssue issue, SandboxPullRequest pull) {
        world.alice.pushes(world.repo, "topic", Map.of("b.txt", "bb"));
        world.alice.pushes(world.repo, "other", Map.of("c.txt", "c"));
        String head = "{'ref':'refs/pawl/issues/1','sha':'%s'}".formatted(pull.headSha());
        assertThat(world.asActions().post(World.REPO + "/git/refs", head).status())
                .isEqualTo(201);
        long comment = world.alice.comments(issue, "hello");
        world.octo.reacts(issue, comment, "+1");
        world.octo.mergesPullRequest(pull);
        world.octo.deletesBranch(world.repo, "topic");
    }

    @Test
    void twoWorldsWithTheSameStoryAreDescribedAlike(@TempDir Path folder) {
        try (var one = new World(folder.resolve("one"));
                var other = new World(folder.resolve("other"))) {
            // Another id for the same comment, another moment for the same commit.
            other.alice.deletesComment(
                    tell(other), other.repo.issue(1).comments().getFirst().id());
            other.alice.comments(other.repo.issue(1), "first");
            tell(one);
            other.pass(Duration.ofMinutes(5));
            point(one);
            point(other);
            assertThat(other.github.describe()).isEqualTo(one.github.describe());
            one.alice.labels(one.repo.issue(1), "more");
            assertThat(other.github.describe()).isNotEqualTo(one.github.describe());
        }
    }

    private static SandboxIssue tell(World world) {
        SandboxIssue issue = world.alice.opensIssue(world.repo, "Bug", "text");
        world.alice.comments(issue, "first");
        return issue;
    }

    private static void point(World world) {
        String sha = world.alice.pushes(world.repo, "topic", Map.of("b.txt", "b"));
        long first = world.repo.issue(1).comments().getFirst().id();
        world.alice.comments(world.repo.issue(1), "see " + first + " at " + sha);
    }
}
