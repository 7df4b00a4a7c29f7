package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pawl.domain.state.IssueState;
import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Incoming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** REL-30: an issue with as many comments and labels as GitHub takes costs a page each hundred, and nothing else. */
@Tag(Program.TAG)
class CrowdedIssueTest {
    private static final String REFUSAL = "Commenting is disabled on issues with more than 2500 comments";
    private static final int MOST_LABELS = 100;
    private static final int PAGE = 100;

    @TempDir
    Path folder;

    private static void labelled(Story story, SandboxIssue issue, int labels) {
        story.maintainer.labels(
                issue, IntStream.range(0, labels).mapToObj(i -> "area-" + i).toArray(String[]::new));
        story.github.takeEvents();
    }

    private static void crowd(Story story, SandboxIssue issue, int comments) {
        for (int i = 0; i < comments; i++) {
            story.author.comments(issue, "Me, too, for the time no. " + i + ".");
        }
        story.github.takeEvents();
    }

    /** The requests of each invocation up to where the plan waits: one by its event, one by the clock, one by a comment. */
    private long[] requests(String place, int comments) {
        try (var story = new Story(folder.resolve(place)).checked()) {
            story.inputs.put("CONTINUE", "none");
            SandboxIssue issue = story.author.opensIssue(
                    story.repo, "feat: correct sums", "The file sum.txt should hold correct sums only.");
            crowd(story, issue, comments);
            // With the start label and the state's that is as many as there may be.
            labelled(story, issue, MOST_LABELS - 2);
            story.maintainer.labels(issue, "pawl");
            long labelled = story.rings().getFirst().requests();
            long swept = story.sweeps().requests();
            crowd(story, issue, comments == 0 ? 0 : PAGE);
            story.maintainer.comments(issue, "/pawl approve");
            Story.Ended approved = story.rings().getFirst();

            assertThat(approved.output("stage")).isEqualTo("implement");
            assertThat(new States(story, issue).state().state()).isEqualTo(IssueState.IN_PROGRESS);
            return new long[] {labelled, swept, approved.requests()};
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 2_300})
    void rel30ManyCommentsCostOneRequestForEachHundred(int comments) {
        long[] few = requests("few", 0);
        long begun = System.nanoTime();
        long[] many = requests("many", comments);

        for (int i = 0; i < few.length; i++) {
            assertThat(many[i]).as("requests of invocation " + i).isLessThanOrEqualTo(few[i] + comments / PAGE + 2);
        }
        assertThat((System.nanoTime() - begun) / 1_000_000_000).as("seconds").isLessThan(3 * 30);
    }

    /** GitHub refuses one label more than it takes; the state needs none. */
    @ParameterizedTest
    @ValueSource(ints = {98, 99})
    void rel30AnIssueFullOfLabelsMovesWithoutOneMore(int labels) {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.author.opensIssue(
                    story.repo, "feat: correct sums", "The file sum.txt should hold correct sums only.");
            labelled(story, issue, labels);
            story.maintainer.labels(issue, "pawl");
            story.github.faults(new Faults() {
                @Override
                public Fate beforeApplied(Incoming request) {
                    boolean more =
                            request.method().equals("POST") && request.path().endsWith("/issues/1/labels");
                    return more && issue.labels().size() >= MOST_LABELS
                            ? new Fate.AnswerWith(Answer.of(422, "{\"message\":\"Validation Failed\"}"))
                            : new Fate.Proceed();
                }
            });

            assertThat(Story.moves(story.rings())).containsExactly("triage advanced", "plan waiting");

            assertThat(new States(story, issue).state().state()).isEqualTo(IssueState.WAITING_ON_HUMAN);
            assertThat(issue.labels()).hasSize(MOST_LABELS);
            assertThat(issue.labels().contains("pawl:waiting-on-human")).isEqualTo(labels == 98);
        }
    }

    /** Where not even the first word can be posted, the job's summary has it. */
    @Test
    void rel30ARefusedCommentIsSaidInTheSummary() throws IOException {
        try (var story = new Story(folder)) {
            story.github.faults(new Faults() {
                @Override
                public Fate beforeApplied(Incoming request) {
                    boolean comment =
                            request.method().equals("POST") && request.path().endsWith("/comments");
                    var message = JsonNodeFactory.instance.objectNode().put("message", REFUSAL);
                    return comment ? new Fate.AnswerWith(Answer.of(403, message)) : new Fate.Proceed();
                }
            });
            story.inputs.putAll(Map.of("CONTINUE", "none"));
            SandboxIssue issue = story.bug();

            Story.Ended ended = story.rings().getLast();

            assertThat(ended.exit()).isEqualTo(77);
            assertThat(ended.output("outcome")).isEqualTo("error");
            Path summary = folder.resolve("run-" + story.invocations()).resolve("summary");
            assertThat(Files.readString(summary)).contains(REFUSAL);
            assertThat(issue.comments()).isEmpty();
        }
    }
}
