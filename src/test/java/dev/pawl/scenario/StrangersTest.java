package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.Security;
import dev.pawl.program.Program;
import dev.pawl.sandbox.Person;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Faults;
import dev.pawl.sandbox.http.Incoming;
import dev.pawl.sandbox.world.Comment;
import dev.pawl.sandbox.world.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People who may not, bots, ourselves, and whoever writes what only Pawl writes. */
@Tag(Program.TAG)
@Security
class StrangersTest {
    @TempDir
    Path folder;

    private static SandboxIssue opened(Story story) {
        SandboxIssue issue =
                story.author.opensIssue(story.repo, "fix: the sum is wrong", "The file sum.txt says that 2 + 2 is 5.");
        story.github.takeEvents();
        return issue;
    }

    private static void assertRefused(Story story, List<Story.Ended> ended) {
        assertThat(Story.moves(ended)).isEmpty();
        assertThat(story.agent.asked()).isEmpty();
        assertThat(ended.stream().mapToLong(Story.Ended::writes).sum()).isLessThanOrEqualTo(1);
        // 75: nobody could be asked, and nothing was done.
        assertThat(ended).allSatisfy(e -> assertThat(e.exit()).isIn(0, 75));
    }

    @ParameterizedTest
    @CsvSource({"NONE, command", "READ, command", "TRIAGE, command", "TRIAGE, label"})
    @DisplayName("SEC-07 who may not write starts nothing")
    void whoMayNot(Role role, String way) {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = opened(story);
            Person somebody = story.github.person("somebody", role);
            story.repo.grants(somebody, role);
            if (way.equals("label")) {
                somebody.labels(issue, "pawl");
            } else {
                somebody.comments(issue, "/pawl start");
            }

            assertRefused(story, story.rings());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 403, 500, 200, 0})
    @DisplayName("SEC-07 an answer about the permission that can't be had, or makes no sense, means no")
    void noAnswerMeansNo(int status) {
        var story = new Story(folder);
        try (story) {
            SandboxIssue issue = opened(story);
            story.maintainer.labels(issue, "pawl");
            story.github.faults(new Faults() {
                @Override
                public Fate beforeApplied(Incoming request) {
                    if (!request.path().endsWith("/permission")) {
                        return new Fate.Proceed();
                    }
                    return status == 0
                            ? new Fate.Abort()
                            : new Fate.AnswerWith(Answer.of(status, "{\"permission\":\"owner\",\"message\":\"odd\"}"));
                }
            });

            assertRefused(story, story.rings());
        }
    }

    @Test
    @DisplayName("SEC-33 SEC-07 an account that took over somebody's login is somebody else")
    void aLoginThatChangedHands() {
        try (var story = new Story(folder)) {
            SandboxIssue issue = opened(story);
            story.maintainer.labels(issue, "pawl");
            String login = "\"login\":\"maintainer\"";
            story.github.faults(new Faults() {
                @Override
                public Fate beforeApplied(Incoming request) {
                    return request.path().endsWith("/permission")
                            ? new Fate.AnswerWith(Answer.of(
                                    200,
                                    "{\"permission\":\"admin\",\"role_name\":\"admin\",\"user\":{\"id\":4711,"
                                            + "\"type\":\"User\"," + login + "}}"))
                            : new Fate.Proceed();
                }
            });

            assertRefused(story, story.rings());
        }
    }

    @Test
    @DisplayName("SEC-25 SEC-07 a bot starts nothing unless the policy lists its id")
    void bots() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = opened(story);
            Person bot = story.github.app("helper[bot]");
            story.repo.grants(bot, Role.WRITE);
            bot.comments(issue, "/pawl start");

            assertRefused(story, story.rings());
        }
    }

    @Test
    @DisplayName("SEC-25 what Pawl itself wrote moves nothing, however often it is delivered")
    void ourOwnWords() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = story.issue("feat: correct sums", "The file sum.txt should hold correct sums only.");
            assertThat(Story.moves(story.rings())).containsExactly("triage advanced", "plan waiting");
            Person ourselves = story.github.actions();
            for (int i = 0; i < 30; i++) {
                ourselves.comments(issue, i % 2 == 0 ? "/pawl approve" : "/pawl retry plan");
            }
            story.author.comments(issue, "Nice.");

            List<Story.Ended> ended = new ArrayList<>(story.rings());

            assertThat(Story.moves(ended)).isEmpty();
            assertThat(story.agent.asked()).containsExactly("plan");
        }
    }

    private static Comment state(SandboxIssue issue) {
        return issue.comments().stream()
                .filter(c -> c.body().startsWith("<!-- pawl:state"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            "status":"waiting"          | "status":"succeeded"
            "state":"waiting-on-human"  | "state":"in-progress"
            "epoch":                    | "epoch":9
            "repository":               | "repository":7
            "issue":1,                  | "issue":2,
            "seq":                      | "seq":9
            "runs":                     | "runs":0,"runs":
            sig=                        | sig=0
            v1 {                        | v7 {
            v1 {                        | v1 {"approve":true,
            -->                         | x -->
            """, delimiter = '|', quoteCharacter = '\u0001')
    @DisplayName("SEC-05 a state that somebody changed isn't believed, and that is said once")
    void aChangedState(String from, String to) {
        try (var story = new Story(folder).checked()) {
            story.inputs.put("STATE-KEY", "a key of thirty-two characters!!");
            SandboxIssue issue = story.issue("feat: correct sums", "The file sum.txt should hold correct sums only.");
            story.rings();
            Comment state = state(issue);
            story.maintainer.editsComment(issue, state.id(), state.body().replaceFirst(Pattern.quote(from), to));
            assertThat(state(issue).body()).isNotEqualTo(state.body());
            int said = story.saidOn(issue).size();
            story.maintainer.comments(issue, "/pawl approve");
            story.maintainer.comments(issue, "/pawl approve");

            List<Story.Ended> ended = story.rings();

            assertThat(Story.moves(ended)).isEmpty();
            assertThat(story.agent.asked()).containsExactly("plan");
            assertThat(story.saidOn(issue)).hasSize(said + 1);
            assertThat(ended.stream().mapToLong(Story.Ended::writes).sum()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"/pawl approve, 1", "/pawl stop, 0"})
    @DisplayName("SEC-05 an older state, rightly signed, that is put back over the newer one brings nothing back")
    void aStateThatWasPutBack(String since, int pulls) {
        try (var story = new Story(folder).checked()) {
            story.inputs.put("STATE-KEY", "a key of thirty-two characters!!");
            SandboxIssue issue = story.issue("feat: correct sums", "The file sum.txt should hold correct sums only.");
            story.rings();
            Comment old = state(issue);
            story.maintainer.comments(issue, since);
            story.rings();
            List<String> asked = story.agent.asked();
            String newer = state(issue).body();
            assertThat(story.repo.pullRequests()).hasSize(pulls);
            story.passes(Duration.ofMinutes(2));

            story.maintainer.editsComment(issue, old.id(), old.body());
            story.maintainer.comments(issue, "/pawl approve");
            List<Story.Ended> ended = new ArrayList<>(story.rings());
            ended.add(story.sweeps());

            assertThat(story.agent.asked()).isEqualTo(asked);
            assertThat(story.repo.pullRequests()).hasSize(pulls);
            assertThat(state(issue).body()).isNotEqualTo(old.body());
            assertThat(word(state(issue).body())).isEqualTo(word(newer));
        }
    }

    /** The issue's state, as the state comment has it. */
    private static String word(String body) {
        return body.replaceAll("(?s).*\"state\":\"([^\"]*)\".*", "$1");
    }

    @Test
    @DisplayName("SEC-05 a state that a stranger posts, or that comes from another issue, is a comment like others")
    void aForeignState() {
        try (var story = new Story(folder).checked()) {
            SandboxIssue issue = story.issue("feat: correct sums", "The file sum.txt should hold correct sums only.");
            story.rings();
            SandboxIssue other = opened(story);
            String state = state(issue).body();
            story.stranger.comments(other, state);
            story.stranger.comments(other, state.replace("\"issue\":1,", "\"issue\":2,"));
            story.github.actions().comments(other, "> " + state.replace("\"issue\":1,", "\"issue\":2,"));

            assertThat(Story.moves(story.rings())).isEmpty();

            assertThat(story.agent.asked()).containsExactly("plan");
            assertThat(other.labels()).doesNotContain("pawl:waiting-on-human");
        }
    }

    @Test
    @DisplayName(
            "SEC-11 SEC-27 a pull request from a fork moves nothing and isn't fetched, whatever its branch is called")
    void forks() {
        var asked = new CopyOnWriteArrayList<String>();
        try (var story = new Story(folder).checked()) {
            story.github.observe(exchange -> asked.add(exchange.path() + " " + exchange.requestBody()));
            SandboxIssue issue = story.bug();
            story.rings();
            var before = story.agent.asked();
            asked.clear();
            var fork = story.stranger.opensPullRequestFromFork(
                    story.repo, "pawl/1-the-sum-is-wrong", "Mine is better", Map.of("sum.txt", "evil\n"));
            story.stranger.reviews(fork, Person.Says.COMMENT, "/pawl retry implement");
            story.stranger.comments(fork.issue(), "/pawl retry implement");

            List<Story.Ended> ended = story.rings();

            assertThat(Story.moves(ended)).isEmpty();
            assertThat(ended)
                    .isNotEmpty()
                    .allSatisfy(e -> assertThat(e.writes()).isZero());
            assertThat(story.agent.asked()).isEqualTo(before);
            assertThat(asked).noneMatch(a -> a.contains(".git/") || a.contains("refs/pull"));
            assertThat(issue.labels()).contains("pawl:waiting-on-review");
        }
    }
}
