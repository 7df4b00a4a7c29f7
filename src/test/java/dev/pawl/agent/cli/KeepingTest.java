package dev.pawl.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.agent.session.PlainFile;
import dev.pawl.agent.session.PlainFile.Found;
import dev.pawl.agent.session.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Conversations where each program leaves them, and where it looks for them in a new home. */
class KeepingTest {
    private static final String ID = "6a549c3d-dc30-413d-9633-ca84dbae92ee";

    @TempDir
    Path folder = Path.of("");

    private final List<List<String>> asked = new ArrayList<>();

    /** The program, where it leaves the file, and where it finds it again. */
    static Stream<Arguments> places() {
        return Stream.of(
                Arguments.of(
                        new ClaudeCode(),
                        ".claude/projects/-tmp-before/" + ID + ".jsonl",
                        ".claude/projects/pawl/" + ID + ".jsonl"),
                Arguments.of(
                        new Codex(),
                        ".codex/sessions/2026/11/26/rollout-2026-11-26T18-42-43-" + ID + ".jsonl",
                        ".codex/sessions/2000/01/01/rollout-2000-01-01T00-00-00-" + ID + ".jsonl"),
                Arguments.of(
                        new Copilot(),
                        ".copilot/session-state/" + ID + "/events.jsonl",
                        ".copilot/session-state/" + ID + "/events.jsonl"),
                Arguments.of(
                        new Gemini(),
                        ".gemini/tmp/pawl/chats/session-2026-11-26T18-42-6a549c3d.jsonl",
                        ".gemini/tmp/pawl/chats/session-2000-01-01T00-00-6a549c3d.jsonl"),
                Arguments.of(
                        new Qwen(),
                        ".qwen/projects/-tmp-before/chats/" + ID + ".jsonl",
                        ".qwen/projects/-tmp-now-tree-1/chats/" + ID + ".jsonl"));
    }

    @ParameterizedTest
    @MethodSource("places")
    void aFileIsTakenFromOneHomeAndPutIntoTheNext(Cli cli, String left, String found) throws IOException {
        String text = "{\"cwd\":\"/tmp/now/tree.1\",\"type\":\"user\"}\n{\"more\":\"…\"}\n";
        write(home("one").file(left), text);
        write(home("one").file(left.replace(ID, "0" + ID.substring(1)).replace("6a549c3d", "0a549c3d")), "another's");

        assertThat(cli.keeping().take(home("one"), ID)).isEqualTo(new Found.Text(text));
        assertThat(cli.keeping().put(home("two"), ID, text)).isTrue();
        assertThat(home("two").file(found)).hasContent(text);
        assertThat(cli.keeping().take(home("two"), ID)).isEqualTo(new Found.Text(text));
    }

    @ParameterizedTest
    @MethodSource("places")
    void whatIsNoPlainFileOfABearableSizeIsNotTaken(Cli cli, String left, String found) throws IOException {
        assertThat(cli.keeping().take(home("none"), ID)).isEqualTo(new Found.Nothing());

        Path secret = write(folder.resolve("secret"), "secret");
        Path file = home("one").file(left);
        Files.createDirectories(file.resolve("..").normalize());
        Files.createSymbolicLink(file, secret);
        assertThat(cli.keeping().take(home("one"), ID)).isEqualTo(new Found.Nothing());

        Files.delete(file);
        Files.write(file, new byte[Sessions.LARGEST + 1]);
        assertThat(cli.keeping().take(home("one"), ID)).isEqualTo(new Found.TooLarge(Sessions.LARGEST + 1));
    }

    @Test
    void geminiLeavesStubsBesideTheConversation() throws IOException {
        String chats = ".gemini/tmp/pawl/chats/session-";
        write(home("one").file(chats + "2026-11-26T18-44-6a549c3d.jsonl"), "stub");
        write(home("one").file(chats + "2000-01-01T00-00-6a549c3d.jsonl"), "the conversation");

        assertThat(new Gemini().keeping().take(home("one"), ID)).isEqualTo(new Found.Text("the conversation"));
    }

    @Test
    void qwenIsToldThatItsConversationBelongsToTheNewWorkTree() throws IOException {
        var keeping = new Qwen().keeping();
        String rest = "\n{\"cwd\":\"/tmp/before\",\"type\":\"assistant\"}\n";

        assertThat(keeping.put(home("one"), ID, "{\"uuid\":\"u\",\"cwd\":\"/tmp/before\"}" + rest))
                .isTrue();

        assertThat(keeping.take(home("one"), ID))
                .isEqualTo(new Found.Text("{\"uuid\":\"u\",\"cwd\":\"/tmp/now/tree.1\"}" + rest));
        for (String odd : List.of("", "no JSON\n", "{\"uuid\":\"u\"}\n", "[]\n", "{\"cwd\":\"/tmp/before\"}")) {
            assertThat(keeping.put(home("two"), ID, odd)).as(odd).isFalse();
        }
    }

    @Test
    void opencodeTakesItsConversationOutAndPutsItBackWithoutWhatItMayDo() throws IOException {
        String id = "ses_1";
        String exported = """
                {"info": {"id": "ses_1", "permission": [{"permission": "*", "action": "allow"}], "title": "Pawl"},
                 "messages": []}
                """;
        var keeping = new Opencode().keeping();

        Found taken = keeping.take(home("one", Optional.of(exported)), id);
        assertThat(taken).isEqualTo(new Found.Text("{\"info\":{\"id\":\"ses_1\",\"title\":\"Pawl\"},\"messages\":[]}"));
        assertThat(keeping.put(home("two", Optional.of("Imported")), id, exported))
                .isTrue();

        Path file = home("two").file("pawl/session.json");
        assertThat(asked)
                .containsExactly(List.of("export", id, "--pure"), List.of("import", file.toString(), "--pure"));
        assertThat(PlainFile.read(file, 1000)).isEqualTo(taken);
    }

    @Test
    void whatIsNoConversationOfThatNameNeverReachesOpencode() {
        var keeping = new Opencode().keeping();
        for (String odd :
                List.of("", "[]", "{\"info\":{\"id\":\"ses_2\"},\"messages\":[]}", "{\"info\":{\"id\":\"ses_1\"}}")) {
            assertThat(keeping.put(home("one", Optional.of("")), "ses_1", odd))
                    .as(odd)
                    .isFalse();
            assertThat(keeping.take(home("one", Optional.of(odd)), "ses_1"))
                    .as(odd)
                    .isEqualTo(new Found.Nothing());
        }
        assertThat(asked).allSatisfy(words -> assertThat(words).startsWith("export"));
        assertThat(keeping.put(home("one"), "ses_1", "{\"info\":{\"id\":\"ses_1\"},\"messages\":[]}"))
                .as("the program failed")
                .isFalse();
    }

    private Keeping.Home home(String name) {
        return home(name, Optional.empty());
    }

    private Keeping.Home home(String name, Optional<String> prints) {
        return new Keeping.Home(folder.resolve(name), Path.of("/tmp/now/tree.1"), words -> {
            asked.add(words);
            return prints;
        });
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolve("..").normalize());
        return Files.writeString(file, text);
    }
}
