package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.Person;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.world.Role;
import dev.pawl.sandbox.world.WebhookEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could go round and round, and doesn't. */
@Tag(Program.TAG)
class LoopsTest {
    @TempDir
    Path folder;

    private static SandboxIssue asking(Story story) {
        story.agent.says("clarify", """
                {"version":1,"status":"needs_input","summary":"unclear",
                "questions":[{"text":"Which sum?","about":"scope"}]}""");
        SandboxIssue issue = story.issue("It is wrong", "", "bug");
        assertThat(Story.moves(story.rings())).containsExactly("triage advanced", "clarify waiting");
        return issue;
    }

    @Test
    @DisplayName("Loops: a bot that answers every comment is no answer, and costs no agent and no write in 30 rounds")
    void anotherBotIsNoAnswer() {
        try (var story = new Story(folder)) {
            SandboxIssue issue = asking(story);
            Person bot = story.github.app("helpful[bot]");
            int asked = story.agent.asked().size();

            for (int round = 0; round < 30; round++) {
                bot.comments(issue, round % 2 == 0 ? "Could it be the one in sum.txt?" : "/pawl answer The first one.");
                List<Story.Ended> ended = story.rings();
                assertThat(ended).singleElement().satisfies(e -> {
                    assertThat(e.output("outcome")).as("%s", e).isEqualTo("nothing");
                    assertThat(e.writes()).isZero();
                });
            }
            story.deliver(story.sweep());

            assertThat(story.agent.asked()).hasSize(asked);
            story.agent.answers("clarify", "");
            story.author.comments(issue, "The one in sum.txt.");
            assertThat(Story.moves(story.rings()))
                    .startsWith("clarify advanced")
                    .endsWith("open_pr advanced");
        }
    }

    @Test
    @DisplayName("Loops: with a token whose acts ring, Pawl hears all of its own and does everything once")
    void ourOwnActsAreNoWishes() {
        try (var story = new Story(folder)) {
            Person machine = story.github.person("shop-machine", Role.WRITE);
            story.inputs.put("GITHUB-TOKEN", machine.token());
            SandboxIssue issue = story.bug();

            List<Story.Ended> ended = story.rings();

            assertThat(ended.size()).as("it hears itself").isGreaterThan(10);
            assertThat(Story.moves(ended)).hasSize(6).allMatch(m -> m.endsWith(" advanced"));
            assertThat(story.agent.asked()).containsExactly("plan", "implement", "review", "open_pr");
            assertThat(story.repo.pullRequests()).hasSize(1);
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
        }
    }

    @Test
    @DisplayName("Loops: with such a token, Pawl's own questions are no answer to themselves")
    void ourOwnQuestionsAreNoAnswers() {
        try (var story = new Story(folder)) {
            Person machine = story.github.person("shop-machine", Role.WRITE);
            story.inputs.put("GITHUB-TOKEN", machine.token());
            SandboxIssue issue = asking(story);

            assertThat(Story.moves(List.of(story.deliver(story.sweep())))).isEmpty();
            assertThat(issue.labels()).contains("pawl:needs-clarification");
            assertThat(story.agent.asked()).containsExactly("clarify");
        }
    }

    @Test
    @DisplayName("Loops: a chain of continuations that is longer than the limit ends")
    void aChainEnds() {
        try (var story = new Story(folder)) {
            story.bug();
            WebhookEvent next = story.after(story.heard().getFirst());
            var far = new WebhookEvent(
                    next.name(),
                    next.repository(),
                    next.sender(),
                    next.payload().replaceFirst("\"hop\"\\s*:\\s*\\d+", "\"hop\":31"));
            assertThat(far.payload()).isNotEqualTo(next.payload());

            Story.Ended ended = story.deliver(far);

            assertThat(ended.output("outcome")).isEqualTo("nothing");
            assertThat(ended.writes()).isZero();
            assertThat(story.agent.asked()).isEmpty();
        }
    }

    @Test
    @DisplayName("Loops: agent starts are limited, and a retry allows as many again")
    void startsAreLimited() {
        try (var story = new Story(folder, Story.POLICY + "limits: {runs_per_issue: 2}\n")) {
            SandboxIssue issue = story.bug();

            sweeps(story);
            assertThat(issue.labels()).contains("pawl:blocked");
            assertThat(story.agent.asked()).hasSize(2);
            assertThat(story.deliver(story.sweep()).writes())
                    .as("blocked, and said so")
                    .isZero();

            story.maintainer.comments(issue, "/pawl retry");
            sweeps(story);
            assertThat(story.agent.asked()).hasSize(4);
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
        }
    }

    /** What rings, and ten sweeps: the chain of continuations is as short as the limit on starts. */
    private static void sweeps(Story story) {
        story.rings();
        for (int hour = 0; hour < 10; hour++) {
            story.deliver(story.sweep());
            story.rings();
        }
    }

    @Test
    @DisplayName("Loops: implement and validate send work to each other as often as attempts allow")
    void workThatIsNeverRightEnds() {
        try (var story = new Story(folder)) {
            story.agent.runs("implement", "date +%N > sum.txt");
            SandboxIssue issue = story.bug();

            story.rings();

            assertThat(story.agent.asked()).containsExactly("plan", "implement", "implement", "implement");
            assertThat(issue.labels()).contains("pawl:blocked");
            assertThat(story.saidOn(issue).getFirst()).contains("validation: 3 of 3");
            story.maintainer.comments(issue, "/pawl retry implement");
            story.rings();
            assertThat(story.agent.asked()).as("its own counter begins anew").hasSize(7);
            assertThat(issue.labels()).contains("pawl:blocked");
        }
    }

    @Test
    @DisplayName(
            "Loops: a provider that is always over its limit is asked as often as attempts allow, and then no more")
    void aProviderThatNeverAnswersIsGivenUp() {
        try (var story = new Story(folder)) {
            story.agent.says("plan", """
                    {"version":1,"status":"failed","summary":"no",
                    "error":{"kind":"provider-limit","message":"too many"}}""");
            SandboxIssue issue = story.bug();
            story.rings();
            for (int hour = 0; hour < 12; hour++) {
                story.hours.pass(Duration.ofHours(1));
                story.deliver(story.sweep());
                story.rings();
            }
            assertThat(story.agent.asked()).hasSizeBetween(3, 4).containsOnly("plan");
            assertThat(issue.labels()).contains("pawl:blocked");
            assertThat(story.saidOn(issue).getFirst()).contains("without any progress");
        }
    }

    @Test
    @DisplayName("Loops: only a person who may lifts a pause")
    void onlyAPersonLiftsAPause() {
        try (var story = new Story(folder)) {
            SandboxIssue issue = story.bug();
            WebhookEvent plan = story.after(story.heard().getFirst());
            story.maintainer.comments(issue, "/pawl pause");
            story.rings();
            Person bot = story.github.app("helpful[bot]");

            bot.comments(issue, "/pawl resume");
            story.stranger.comments(issue, "/pawl resume");
            story.author.comments(issue, "/pawl resume");
            story.rings();
            story.deliver(plan);
            story.hours.pass(Duration.ofDays(30));
            story.deliver(story.sweep());
            assertThat(story.agent.asked()).isEmpty();
            assertThat(issue.labels()).contains("pawl:waiting-on-human");

            story.maintainer.comments(issue, "/pawl resume");
            assertThat(Story.moves(story.rings())).startsWith("plan advanced").endsWith("open_pr advanced");
        }
    }

    @Test
    @DisplayName("Loops: a bot that takes a label off lifts no block")
    void aBotLiftsNoBlock() {
        try (var story = new Story(folder)) {
            story.agent.says("plan", "{}");
            SandboxIssue issue = story.bug();
            story.rings();
            int asked = story.agent.asked().size();
            assertThat(issue.labels()).contains("pawl:blocked");
            Person bot = story.github.app("helpful[bot]");

            bot.unlabels(issue, "pawl:blocked");
            story.rings();
            story.deliver(story.sweep());
            assertThat(story.agent.asked()).hasSize(asked);
            assertThat(issue.labels()).contains("pawl:blocked");

            story.maintainer.unlabels(issue, "pawl:blocked");
            story.rings();
            assertThat(story.agent.asked()).hasSizeGreaterThan(asked);
        }
    }
}
