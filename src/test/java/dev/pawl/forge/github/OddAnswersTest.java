package dev.pawl.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.domain.decide.StateFound;
import dev.pawl.domain.effect.Effect;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.model.Comment;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.state.FailureKind;
import dev.pawl.domain.state.RunState;
import dev.pawl.forge.github.http.RestClient;
import dev.pawl.forge.github.http.ScriptedServer;
import dev.pawl.forge.github.http.ScriptedServer.Reply;
import dev.pawl.forge.github.http.Worlds;
import dev.pawl.forge.marker.NoteMarker;
import dev.pawl.forge.marker.RandomStates;
import dev.pawl.forge.marker.Shortened;
import dev.pawl.forge.marker.StateMarker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Answers that the embedded GitHub doesn't give. */
class OddAnswersTest {
    private static final RunState STATE = new RandomStates(1).next();
    private static final String SAVED = new StateMarker(Optional.of("key")).write(STATE, "text\n");

    private final ScriptedServer server = new ScriptedServer();
    private final GitHubForge forge =
            new GitHubForge(GitHubConnection.open(settings(Duration.ofSeconds(60)), new Worlds().world()));

    private GitHubSettings settings(Duration patience) {
        return new GitHubSettings(
                server.address(),
                "o",
                "r",
                OptionalLong.of(7),
                Optional.of("main"),
                "ghs_x",
                OptionalLong.empty(),
                Optional.of("key"),
                GitHubSettings.WorkflowRun.NONE,
                patience,
                GitHubSettings.LEDGER_PREFIX);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static ObjectNode comment(long id, String body) {
        ObjectNode json = RestClient.object()
                .put("id", id)
                .put("body", body)
                .put("created_at", "2026-11-21T10:00:00Z")
                .put("updated_at", "2026-11-21T10:00:00Z");
        json.putObject("user")
                .put("id", Account.GITHUB_ACTIONS)
                .put("login", "github-actions[bot]")
                .put("type", "Bot");
        return json;
    }

    private static Reply comments(ObjectNode... comments) {
        return Reply.of(200, java.util.Arrays.toString(comments));
    }

    private static Reply issue(int number, String repository) {
        return Reply.of(
                200,
                RestClient.object()
                        .put("id", 5)
                        .put("number", number)
                        .put("title", "t")
                        .put("state", "open")
                        .put("updated_at", "2026-11-21T10:00:00Z")
                        .put("repository_url", "https://api.example.org/repos/" + repository)
                        .toString());
    }

    @Test
    void aTransferredIssueIsGoneAndThatOfARenamedRepositoryIsNot() {
        server.then(Reply.of(301, "{}", "Location", "/repositories/99/issues/42"), issue(42, "o/other"));
        assertThat(forge.issue(42)).isEmpty();
        server.then(Reply.of(301, "{}", "Location", "/repos/o/other/issues/42"), issue(42, "o/other"));
        assertThat(forge.issue(42)).isEmpty();
        server.then(Reply.of(301, "{}", "Location", "/repositories/7/issues/42"), issue(42, "o/renamed"));
        assertThat(forge.issue(42)).hasValueSatisfying(issue -> {
            assertThat(issue.author()).isEqualTo(Actor.GHOST);
            assertThat(issue.body().raw()).isEmpty();
        });
    }

    @Test
    void anIssueThatIsGoneIsEmptyAndOneThatMayNotBeReadIsNot() {
        server.then(Reply.of(410, "{\"message\":\"This issue was deleted\"}"));
        assertThat(forge.issue(42)).isEmpty();
        server.then(Reply.of(403, "{\"message\":\"Resource not accessible by integration\"}"));
        assertThatThrownBy(() -> forge.issue(42))
                .isInstanceOfSatisfying(
                        ForgeFailure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.ACCESS))
                .hasMessageContaining("issues: read");
    }

    @Test
    @DisplayName("SEC-33 a comment of a deleted account is a ghosts")
    void aCommentOfADeletedAccountIsAGhosts() {
        ObjectNode json = comment(1, SAVED);
        json.putNull("user");
        server.then(comments(json));
        var conversation = forge.conversation(42);
        assertThat(conversation.state()).isEqualTo(new StateFound.None());
        assertThat(conversation.comments()).extracting(Comment::author).containsExactly(Actor.GHOST);
    }

    @Test
    void pagesThatShiftAndOverlapAreReadOnceAndInOrder() {
        server.then(
                Reply.of(
                        200,
                        "[" + comment(3, "c") + "," + comment(1, "a") + "]",
                        "Link",
                        "<" + server.address() + "/repositories/7/issues/42/comments?page=2>; rel=\"next\""),
                comments(comment(3, "c"), comment(2, "b")));
        assertThat(forge.conversation(42).comments()).extracting(Comment::id).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aSaveIsReadBackWhereTheAnswerShowsSomethingElse() {
        server.then(
                Reply.of(201, comment(9, "something else").toString()),
                Reply.of(200, comment(9, SAVED).toString()));
        assertThat(forge.saveState(Optional.empty(), STATE, "text\n")).isEqualTo(9);
        assertThat(server.lines())
                .containsExactly("POST /repos/o/r/issues/42/comments", "GET /repos/o/r/issues/comments/9");

        Reply other = Reply.of(200, comment(9, "something else").toString());
        server.then(other, other, other, other);
        assertThatThrownBy(() -> forge.saveState(Optional.of(9L), STATE, "text\n"))
                .isInstanceOfSatisfying(
                        ForgeFailure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.FORGE_OUTAGE));
    }

    @Test
    void aCommentThatShowsUpLateIsNotWrittenTwice() {
        server.then(new Reply.Cut(), comments(), comments(comment(9, SAVED)));
        assertThat(forge.saveState(Optional.empty(), STATE, "text\n")).isEqualTo(9);
        assertThat(server.lines()).filteredOn(line -> line.startsWith("POST")).hasSize(1);
    }

    /** It is looked for until it must have shown: half a minute, of a patience of a minute. */
    @Test
    void aCommentThatNeverShowsUpIsWrittenOnceMoreAndNotOftener() {
        server.then(new Reply.Cut(), comments(), comments(), comments(), comments());
        server.then(new Reply.Cut(), comments(), comments(), comments(), comments());
        assertThatThrownBy(() -> forge.saveState(Optional.empty(), STATE, "text\n"))
                .isInstanceOfSatisfying(
                        ForgeFailure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.FORGE_OUTAGE));
        assertThat(server.lines()).filteredOn(line -> line.startsWith("POST")).hasSize(2);
    }

    @Test
    void aCommentIsNotWrittenTwiceWhereItCannotBeWaitedFor() {
        GitHubForge hurried = new GitHubForge(GitHubConnection.open(settings(Duration.ZERO), new Worlds().world()));
        server.then(new Reply.Cut(), comments());
        assertThatThrownBy(() -> hurried.saveState(Optional.empty(), STATE, "text\n"))
                .isInstanceOfSatisfying(
                        ForgeFailure.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.FORGE_OUTAGE));
        assertThat(server.lines()).filteredOn(line -> line.startsWith("POST")).hasSize(1);
    }

    /** GitHub refuses more than 65,536 characters; we write less, and still shorten once where it takes less. */
    @Test
    void aCommentThatIsTooLongIsShortenedOnce() {
        var note = new Effect.EnsureNote(
                Note.Topic.PLAN,
                "plan",
                "r-1",
                "words ".repeat(1_000),
                Optional.of(new Note.Data.Found(new Untrusted("data"))));
        String whole = NoteMarker.write(42, note);
        String shorter = Shortened.of(whole);
        Reply tooLong = Reply.of(
                422,
                "{\"message\":\"Validation Failed\",\"errors\":[{\"message\":\"Body is too long (maximum is 4096"
                        + " characters)\"}]}");
        server.then(tooLong, Reply.of(201, comment(9, shorter).toString()));

        Note written = forge.ensureNote(42, note, List.of());

        assertThat(written.id()).isEqualTo(9);
        assertThat(written.data()).as("the data stays whole").isEqualTo(note.data());
        assertThat(server.seen().getLast().body()).hasSizeLessThan(whole.length() * 2 / 3);
        server.then(tooLong, tooLong);
        assertThatThrownBy(() -> forge.ensureNote(42, note, List.of()))
                .isInstanceOf(ForgeFailure.class)
                .hasMessageContaining("too long");
    }

    @Test
    void theSecretsAreNotInTheSettingsText() {
        assertThat(new GitHubSettings(
                                server.address(),
                                "o",
                                "r",
                                OptionalLong.empty(),
                                Optional.empty(),
                                "t0ken",
                                OptionalLong.empty(),
                                Optional.of("s3cret"),
                                GitHubSettings.WorkflowRun.NONE,
                                Duration.ZERO,
                                "refs/pawl")
                        .toString())
                .doesNotContain("t0ken", "s3cret");
    }
}
