package dev.pawl.agent.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.agent.session.Sessions.Opening;
import dev.pawl.agent.session.Sessions.Talk;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentRequest.Conversation;
import dev.pawl.domain.port.AgentSession.Beginning;
import dev.pawl.domain.port.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a conversation goes on, and what is believed of what the folder holds. */
class SessionsTest {
    private static final Slot SLOT = slot(42, "mine");
    private static final String TASK = "a".repeat(64);
    private static final Usage COUNTED = new Usage(Optional.empty(), 2000, 100, Usd.ofMicros(9180), 0);

    @TempDir
    Path folder = Path.of("");

    private Instant now = Instant.parse("2026-11-21T07:00:00Z");

    @Test
    void theOneThatTheRunNamesGoesOn() {
        keep(SLOT, "s-1", "hello\n");

        assertThat(open("s-1")).isInstanceOfSatisfying(Opening.Resume.class, resume -> {
            assertThat(resume.content()).isEqualTo("hello\n");
            assertThat(resume.kept().id()).isEqualTo("s-1");
            assertThat(resume.kept().counted()).isEqualTo(COUNTED);
            assertThat(resume.kept().at()).isEqualTo(now);
        });
    }

    @Test
    void anotherNameBeginsAnew() {
        keep(SLOT, "s-1", "hello");

        assertThat(open("s-2")).isEqualTo(anew(Beginning.OTHER));
    }

    @Test
    void aRunThatNamesNoneAsksForAFreshStart() {
        assertThat(sessions().open(SLOT, new Conversation(1, TASK, Optional.empty())))
                .isEqualTo(anew(Beginning.UNTOLD));

        keep(SLOT, "s-1", "hello");

        assertThat(sessions().open(SLOT, new Conversation(1, TASK, Optional.empty())))
                .isEqualTo(anew(Beginning.FRESH));
    }

    @Test
    void whatPeopleWroteSinceBeginsAnew() {
        keep(SLOT, "s-1", "hello");

        assertThat(sessions().open(SLOT, new Conversation(1, "b".repeat(64), Optional.of("s-1"))))
                .isEqualTo(anew(Beginning.CHANGED));
    }

    @Test
    void withoutAFolderOrWithAnEmptyOneItBeginsAnew() {
        assertThat(Sessions.off().open(SLOT, named("s-1"))).isEqualTo(anew(Beginning.OFF));
        assertThat(Sessions.off().open(SLOT, new Conversation(1, TASK, Optional.empty())))
                .isEqualTo(anew(Beginning.UNTOLD));
        assertThat(Sessions.off().keep(SLOT, TASK, talk("s-1", new PlainFile.Found.Text("hello"))))
                .isEmpty();
        assertThat(open("s-1")).isEqualTo(anew(Beginning.GONE));
        assertThat(folder.resolve("sessions")).doesNotExist();
    }

    @Test
    void eachAgentStageIssueAndKindHasItsOwn() {
        keep(SLOT, "s-1", "hello");
        keep(slot(42, "other"), "s-2", "hello");
        keep(slot(43, "mine"), "s-3", "hello");
        keep(new Slot(1, 42, StageKind.PLAN, "mine", AgentSpec.Kind.CODEX), "s-4", "hello");
        keep(new Slot(1, 42, StageKind.IMPLEMENT, "mine", AgentSpec.Kind.CLAUDE_CODE), "s-5", "hello");
        keep(new Slot(2, 42, StageKind.IMPLEMENT, "mine", AgentSpec.Kind.CODEX), "s-6", "hello");

        assertThat(open("s-1")).isInstanceOf(Opening.Resume.class);
    }

    @Test
    void twoFailedResumesEndItUntilPeopleChangeTheTask() {
        keep(SLOT, "s-1", "hello");
        var kept = ((Opening.Resume) open("s-1")).kept();
        sessions().refused(SLOT, kept);
        var once = ((Opening.Resume) open("s-1")).kept();
        assertThat(once.failedResumes()).isEqualTo(1);
        sessions().refused(SLOT, once);

        assertThat(open("s-1")).isEqualTo(new Opening.Anew(Beginning.GIVEN_UP, 2));
        assertThat(sessions().open(SLOT, new Conversation(1, "b".repeat(64), Optional.of("s-1"))))
                .isEqualTo(anew(Beginning.CHANGED));
    }

    @Test
    void aConversationThatIsTooLargeIsNotKeptAndThatIsSaid() {
        keep(SLOT, "s-1", "hello");
        keep(SLOT, "s-1", "x".repeat(Sessions.LARGEST + 1));

        assertThat(open("s-1")).isEqualTo(anew(Beginning.LARGE));
        assertThat(file("conversation")).doesNotExist();

        sessions().keep(SLOT, TASK, talk("s-2", new PlainFile.Found.TooLarge(1L << 40)));
        assertThat(open("s-2")).isEqualTo(anew(Beginning.LARGE));

        keep(SLOT, "s-1", "x".repeat(Sessions.LARGEST));
        assertThat(open("s-1")).isInstanceOf(Opening.Resume.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\":1 | \"version\":2",
                "\"version\":1 | \"version\":1.5",
                "\"version\":1 | \"version\":1,\"version\":1",
                "\"version\":1 | \"version\":1,\"run\":\"sh\"",
                "\"session\":\"s-1\" | \"session\":\"../s-1\"",
                "\"session\":\"s-1\" | \"session\":\"--resume\"",
                "\"session\":\"s-1\" | \"session\":[\"s-1\"]",
                "\"kind\":\"codex\" | \"kind\":\"claude-code\"",
                "\"task\":\"aa | \"task\":\"AA",
                "\"failed_resumes\":0 | \"failed_resumes\":-1",
                "\"failed_resumes\":0 | \"failed_resumes\":99999999999",
                "\"failed_resumes\":0 | \"failed_resumes\":\"0\"",
                "\"input_tokens\":2000 | \"input_tokens\":-1",
                "\"input_tokens\":2000 | \"input_tokens\":1e99",
                "\"cost_micros\":9180 | \"cost_micros\":9180,\"more\":1",
                "\"bytes\":5 | \"bytes\":-5",
                "\"sha256\":\" | \"sha256\":\"0",
                "2026-11-21T07:00:00Z | yesterday",
                "} | } {}",
            })
    void whatWeDidNotWriteIsNotBelieved(String ours, String theirs) throws IOException {
        keep(SLOT, "s-1", "hello");
        String about = Files.readString(file("session.json"));
        assertThat(about).contains(ours);

        Files.writeString(file("session.json"), about.replace(ours, theirs));

        assertThat(open("s-1")).isEqualTo(anew(Beginning.DAMAGED));
    }

    @Test
    void aConversationThatWasChangedIsNotBelieved() throws IOException {
        keep(SLOT, "s-1", "hello");
        Files.writeString(file("conversation"), "hullo");
        assertThat(open("s-1")).isEqualTo(anew(Beginning.DAMAGED));

        Files.delete(file("conversation"));
        assertThat(open("s-1")).isEqualTo(anew(Beginning.DAMAGED));

        Files.write(file("conversation"), new byte[] {(byte) 0xff});
        assertThat(open("s-1")).isEqualTo(anew(Beginning.DAMAGED));

        keep(SLOT, "s-1", "hello");
        Files.writeString(file("session.json"), " ".repeat(5000) + Files.readString(file("session.json")));
        assertThat(open("s-1")).isEqualTo(anew(Beginning.DAMAGED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"conversation", "session.json", "", "..", "../.."})
    void linksAreNotFollowed(String path) throws IOException {
        keep(SLOT, "s-1", "hello");
        Path place = file(path).normalize();
        Path elsewhere = folder.resolve("elsewhere");
        Files.move(place, elsewhere);
        Files.createSymbolicLink(place, elsewhere);

        assertThat(open("s-1")).isEqualTo(anew(Beginning.DAMAGED));

        keep(SLOT, "s-1", "again");
        assertThat(open("s-1")).isInstanceOf(Opening.Resume.class);
        assertThat(place)
                .as("replaced")
                .satisfies(p -> assertThat(Files.isSymbolicLink(p)).isFalse());
        assertThat(text(elsewhere)).as("not written through").doesNotContain("again");
    }

    private static String text(Path place) {
        try (Stream<Path> files = Files.walk(place)) {
            return String.join(
                    "\n",
                    files.filter(Files::isRegularFile).map(SessionsTest::read).toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void somethingElseInThePlaceOfAFileIsLeftAlone() throws IOException {
        keep(SLOT, "s-1", "hello");
        Files.delete(file("conversation"));
        Files.createDirectory(file("conversation"));
        Files.createFile(file("conversation").resolve("x"));

        assertThat(open("s-1")).isEqualTo(anew(Beginning.DAMAGED));
        assertThat(sessions().keep(SLOT, TASK, talk("s-1", new PlainFile.Found.Text("again"))))
                .as("can't be kept, and that isn't an error")
                .isEmpty();
    }

    @Test
    void secretsAreNotKept() {
        var secrets = Secrets.of(
                List.of("MODEL_KEY", "SHORT_KEY", "MODE", "UNSET_TOKEN"),
                Map.of(
                        "MODEL_KEY",
                        "sk-4711-canary",
                        "SHORT_KEY",
                        "1",
                        "MODE",
                        "production",
                        "OTHER_KEY",
                        "sk-4712-canary"));
        String said = "{\"output\":\"MODEL_KEY=sk-4711-canary MODE=production 1 sk-4712-canary\"}";

        sessions().keep(SLOT, TASK, new Talk("s-1", 0, COUNTED, new PlainFile.Found.Text(said), secrets));

        assertThat(file("conversation"))
                .hasContent("{\"output\":\"MODEL_KEY=removed-by-pawl MODE=production 1 sk-4712-canary\"}");
        assertThat(open("s-1")).isInstanceOf(Opening.Resume.class);
    }

    @Test
    void everythingIsItsOwnersOnly() throws IOException {
        keep(SLOT, "s-1", "hello");

        try (Stream<Path> files = Files.walk(folder.resolve("sessions"))) {
            assertThat(files)
                    .hasSize(6)
                    .allSatisfy(f -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(f)))
                            .isEqualTo(Files.isDirectory(f) ? "rwx------" : "rw-------"));
        }
    }

    /** In a container we are root, and the step that saves the cache isn't. */
    @Test
    void whatRootKeepsBelongsToWhomTheFolderBelongsTo() throws IOException {
        assumeTrue(Files.getOwner(folder).getName().equals("root"), "only root can give files away");
        Path sessions = Files.createDirectory(folder.resolve("sessions"));
        var runner = sessions.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("12345");
        Files.setOwner(sessions, runner);

        keep(SLOT, "s-1", "hello");

        try (Stream<Path> files = Files.walk(sessions)) {
            assertThat(files)
                    .hasSize(6)
                    .allSatisfy(f -> assertThat(Files.getOwner(f)).isEqualTo(runner));
        }
    }

    @Test
    void theOldestGoFirstWhenThereIsNoRoomAndNothingElseIsTouched() throws IOException {
        Path foreign = Files.createDirectories(folder.resolve("sessions/1/7/notes"));
        Files.writeString(foreign.resolve("session.json"), "mine");
        String large = "x".repeat(Sessions.LARGEST);
        for (int issue = 9; issue > 0; issue--) {
            keep(slot(issue, "mine"), "s-" + issue, large);
            now = now.plusSeconds(1);
        }

        assertThat(open(slot(9, "mine"), "s-9")).isEqualTo(anew(Beginning.GONE));
        assertThat(open(slot(8, "mine"), "s-8")).isInstanceOf(Opening.Resume.class);
        assertThat(open(slot(1, "mine"), "s-1")).isInstanceOf(Opening.Resume.class);
        assertThat(foreign.resolve("session.json")).hasContent("mine");

        for (int i = 0; i < 200; i++) {
            keep(slot(100 + i, "mine"), "s-1", "small");
            now = now.plusSeconds(1);
        }
        assertThat(open(slot(1, "mine"), "s-1")).isEqualTo(anew(Beginning.GONE));
        assertThat(open(slot(100, "mine"), "s-1")).isInstanceOf(Opening.Resume.class);
    }

    private static Slot slot(int issue, String agent) {
        return new Slot(1, issue, StageKind.IMPLEMENT, agent, AgentSpec.Kind.CODEX);
    }

    private Sessions sessions() {
        return Sessions.in(folder.resolve("sessions"), () -> now);
    }

    private void keep(Slot slot, String id, String text) {
        assertThat(sessions().keep(slot, TASK, talk(id, new PlainFile.Found.Text(text))))
                .contains(id);
    }

    private static Talk talk(String id, PlainFile.Found content) {
        return new Talk(id, 0, COUNTED, content, new Secrets(List.of()));
    }

    private Opening open(String session) {
        return open(SLOT, session);
    }

    private Opening open(Slot slot, String session) {
        return sessions().open(slot, named(session));
    }

    private static Conversation named(String session) {
        return new Conversation(1, TASK, Optional.of(session));
    }

    private static Opening anew(Beginning why) {
        return new Opening.Anew(why, 0);
    }

    private Path file(String name) {
        return folder.resolve("sessions/1/42/implement.mine.codex").resolve(name);
    }
}
