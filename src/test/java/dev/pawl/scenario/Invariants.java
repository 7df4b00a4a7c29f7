package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.SandboxPullRequest;
import dev.pawl.sandbox.world.Comment;
import java.util.List;
import java.util.stream.Collectors;

/** What holds of a world at every moment, whatever happened in it. The numbers are those of the requirements' oracle. */
final class Invariants {
    private static final String US = "github-actions[bot]";

    private Invariants() {}

    /**
     * Holds a world against them.
     *
     * @param when said where one is broken
     */
    static void hold(Story story, String when) {
        for (SandboxIssue issue : story.repo.issues()) {
            oneBranchAndOnePullRequest(story, issue, when);
            noCommentTwice(issue, when);
        }
        assertThat(story.repo.branches().stream().filter(b -> !b.startsWith("pawl/")))
                .as("%s: branches that aren't Pawl's", when)
                .containsOnly("main");
    }

    /** I1. */
    private static void oneBranchAndOnePullRequest(Story story, SandboxIssue issue, String when) {
        String prefix = "pawl/" + issue.number() + "-";
        assertThat(story.repo.branches().stream().filter(b -> b.startsWith(prefix)))
                .as("%s: branches of %s", when, issue)
                .hasSizeLessThanOrEqualTo(1);
        assertThat(story.repo.pullRequests().stream()
                        .filter(p -> p.head().startsWith(prefix))
                        .filter(p -> p.issue().isOpen())
                        .map(SandboxPullRequest::number))
                .as("%s: open pull requests of %s", when, issue)
                .hasSizeLessThanOrEqualTo(1);
    }

    /** I2 and I6: each comment of ours has a topic and a key of its own; the state is one of them. */
    private static void noCommentTwice(SandboxIssue issue, String when) {
        List<String> ours = issue.comments().stream()
                .filter(c -> c.author().equals(US))
                .map(Comment::body)
                .map(Invariants::identity)
                .toList();
        assertThat(ours).as("%s: comments on %s", when, issue).doesNotHaveDuplicates();
    }

    /** A state is one, whatever it says; of the other markers topic, run and key. */
    private static String identity(String body) {
        String marker = body.lines().findFirst().orElse("");
        return marker.startsWith("<!-- pawl:state")
                ? "state"
                : marker.lines()
                        .flatMap(l -> List.of(l.split(" ")).stream())
                        .filter(w -> w.startsWith("pawl:") || w.startsWith("run=") || w.startsWith("key="))
                        .collect(Collectors.joining(" "));
    }
}
