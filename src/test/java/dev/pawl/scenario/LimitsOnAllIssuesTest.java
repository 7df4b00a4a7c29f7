package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.program.Program;
import dev.pawl.sandbox.Client;
import dev.pawl.sandbox.SandboxIssue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for all issues of a repository together. */
@Tag(Program.TAG)
@DisplayName("SEC-24")
class LimitsOnAllIssuesTest {
    private static final String BOOK = "refs/pawl/daybook";

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-03-01T12:30:00Z");

    private Story story(String limits) {
        return new Story(folder, Story.POLICY + "limits: " + limits + "\n", (InstantSource) () -> now).checked();
    }

    private static Client client(Story story) {
        return new Client(story.github, story.github.actionsToken());
    }

    private static String head(Story story) {
        return client(story)
                .get("/repos/octo/shop/git/ref/heads/main")
                .json()
                .path("object")
                .path("sha")
                .asText();
    }

    private static void bookIs(Story story, String text) {
        Client client = client(story);
        String tree = client.get("/repos/octo/shop/git/commits/" + head(story))
                .json()
                .path("tree")
                .path("sha")
                .asText();
        String commit = client.post(
                        "/repos/octo/shop/git/commits",
                        "{'message':'%s','tree':'%s'}".formatted(text.replace("\n", "\\n"), tree))
                .json()
                .path("sha")
                .asText();
        assertThat(client.post("/repos/octo/shop/git/refs", "{'ref':'%s','sha':'%s'}".formatted(BOOK, commit))
                        .status())
                .isEqualTo(201);
    }

    private static String book(Story story) {
        return client(story)
                .get("/repos/octo/shop/git/commits/" + story.repo.ref(BOOK).orElseThrow())
                .json()
                .path("message")
                .asText();
    }

    @Test
    @DisplayName("SEC-24 a day's money is one for all issues, and the next day there is more")
    void aDaysMoney() {
        try (var story = story("{cost_usd_per_day: 0.05}")) {
            story.bug();
            assertThat(Story.moves(story.rings())).endsWith("open_pr advanced");
            SandboxIssue second = story.issue("The other sum is wrong", "It says 5, and it should say 4, too.", "bug");

            List<Story.Ended> ended = story.rings();

            assertThat(Story.moves(ended)).containsExactly("triage advanced", "plan advanced");
            assertThat(ended.getLast().output("outcome")).isEqualTo("waiting");
            assertThat(story.saidOn(second).getFirst())
                    .contains("agents used up the repository's money for a day ($0.05 of $0.05) until");
            assertThat(story.agent.asked()).hasSize(5);

            story.maintainer.comments(second, "/pawl retry");
            assertThat(Story.moves(story.rings())).as("nobody can wave it away").isEmpty();

            now = now.plus(Duration.ofHours(25));
            story.repo.scheduleEvent("0 * * * *", "pawl.yml");
            assertThat(Story.moves(story.rings())).startsWith("implement advanced");
        }
    }

    @Test
    @DisplayName("SEC-24 one person's issues together have a limit within an hour")
    void onePerson() {
        try (var story = story("{runs_per_hour: 5, concurrent: 1}")) {
            story.bug();
            assertThat(Story.moves(story.rings())).endsWith("open_pr advanced");
            SandboxIssue second = story.issue("The other sum is wrong", "It says 5, and it should say 4, too.", "bug");

            story.rings();

            assertThat(story.agent.asked()).hasSize(5);
            assertThat(story.saidOn(second).getFirst()).contains("(5 of 5 for one person) until");
        }
    }

    @Test
    @DisplayName(
            "SEC-24 agents work on so many issues at once and no more; one that died counts with all it might have used")
    void atOnce() {
        try (var story = story("{concurrent: 1, cost_usd_per_day: 3}")) {
            bookIs(story, """
                    pawl-daybook v1
                    start 2026-03-01T12:29:00Z 99
                    open 77 1 2026-03-01T12:29:00Z 2026-03-01T13:14:00Z 3000000
                    """);
            now = now.minus(Duration.ofSeconds(30));
            SandboxIssue issue = story.bug();

            story.rings();
            assertThat(story.saidOn(issue).getFirst())
                    .contains("used up the repository's money for a day ($3.00 of $3.00)");
            assertThat(story.agent.asked()).isEmpty();

            now = now.plus(Duration.ofHours(2));
            story.repo.scheduleEvent("0 * * * *", "pawl.yml");
            story.rings();
            assertThat(story.agent.asked())
                    .as("its lease is over, and its money is gone")
                    .isEmpty();

            now = now.plus(Duration.ofHours(24));
            story.repo.scheduleEvent("0 * * * *", "pawl.yml");
            assertThat(Story.moves(story.rings())).startsWith("plan advanced");
            assertThat(book(story)).doesNotContain("open ").contains("spent 2026-03-02T14:00:00Z 40000");
        }
    }

    @Test
    @DisplayName("SEC-24 an issue waits for its turn while agents work on others")
    void turns() {
        try (var story = story("{concurrent: 1}")) {
            bookIs(story, "pawl-daybook v1\nopen 77 1 2026-03-01T12:29:00Z 2026-03-01T13:14:00Z 3000000\n");
            SandboxIssue issue = story.bug();

            story.rings();
            assertThat(story.saidOn(issue).getFirst()).contains("Waiting for: its turn", "(1 of 1)");
            assertThat(story.agent.asked()).isEmpty();

            now = now.plus(Duration.ofHours(1));
            story.repo.scheduleEvent("0 * * * *", "pawl.yml");
            assertThat(Story.moves(story.rings())).startsWith("plan advanced");
        }
    }

    @Test
    @DisplayName("SEC-24 a count that can't be read counts as used up")
    void unreadable() {
        try (var story = story("{concurrent: 1}")) {
            bookIs(story, "pawl-daybook v1\nspent nothing at all\n");
            SandboxIssue issue = story.bug();

            story.rings();

            assertThat(story.agent.asked()).isEmpty();
            assertThat(issue.labels()).contains("pawl:blocked");
            assertThat(story.saidOn(issue).getFirst()).contains("the ref " + BOOK + " isn't as Pawl wrote it");
        }
    }

    @Test
    @DisplayName("SEC-24 fifty comments in a minute start no more agents than the limits allow")
    void aFlood() {
        try (var story = story("{runs_per_issue: 4}")) {
            story.agent.says("clarify", """
                    {"version":1,"status":"needs_input","summary":"unclear",
                    "questions":[{"text":"Which sum?","about":"scope"}]}""");
            SandboxIssue issue = story.issue("It is wrong", "", "bug");
            story.rings();
            for (int i = 0; i < 25; i++) {
                story.author.comments(issue, "This one, number " + i + ".");
                story.stranger.comments(issue, "/pawl start");
            }

            story.rings();

            assertThat(story.agent.asked().size()).isLessThanOrEqualTo(4);
            assertThat(story.saidOn(issue))
                    .filteredOn(said -> said.startsWith("Pawl does this for people with"))
                    .hasSize(1);
        }
    }
}
