package dev.pawl.agent.acp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder = Path.of("");

    private Path tree = Path.of("");
    private final ToolCalls calls = new ToolCalls();

    @BeforeEach
    void lay() throws IOException {
        tree = Files.createDirectory(folder.resolve("tree")).toRealPath();
        Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(tree.resolve("out"), folder.resolve("elsewhere"));
    }

    @ParameterizedTest
    @CsvSource({
        "read, true, true",
        "search, true, true",
        "think, true, true",
        "fetch, true, true",
        "edit, false, true",
        "delete, false, true",
        "move, false, true",
        "execute, false, true",
        "other, false, true",
        "switch_mode, false, false",
        "fly, false, false"
    })
    void theStageSaysWhatKindsAreAllowed(String kind, boolean reading, boolean working) {
        var call = call("{\"kind\": \"KIND\", \"locations\": [{\"path\": \"TREE/a.txt\"}]}".replace("KIND", kind));

        assertThat(permissions(false).allows(call)).as("while reading").isEqualTo(reading);
        assertThat(permissions(true).allows(call)).as("while working").isEqualTo(working);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\": \"read\", \"locations\": [{\"path\": \"/etc/passwd\"}]}",
                "{\"kind\": \"edit\", \"locations\": [{\"path\": \"TREE/../elsewhere/a.txt\"}]}",
                "{\"kind\": \"edit\", \"locations\": [{\"path\": \"../elsewhere/a.txt\"}]}",
                "{\"kind\": \"edit\", \"locations\": [{\"path\": \"TREE/out/a.txt\"}]}",
                "{\"kind\": \"edit\", \"locations\": [{\"path\": \"TREE/a.txt\"}, {\"path\": \"/etc/passwd\"}]}",
                "{\"kind\": \"edit\", \"content\": [{\"type\": \"diff\", \"path\": \"/etc/passwd\", \"newText\": \"\"}]}",
                "{\"kind\": \"other\", \"rawInput\": {\"filepath\": \"/etc/passwd\"}}",
                "{\"kind\": \"execute\", \"rawInput\": {\"command\": \"ls\", \"cwd\": \"/etc\"}}",
                "{\"kind\": \"read\", \"locations\": [{\"path\": \"TREE/\\u0000\"}]}"
            })
    void nobodyLeavesTheWorkTree(String said) {
        assertThat(permissions(true).allows(call(said))).isFalse();
    }

    @Test
    void manyPathsHideNoneOfThem() {
        var paths = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            paths.append("{\"path\": \"TREE/").append(i).append("\"},");
        }

        assertThat(permissions(true)
                        .allows(call(
                                "{\"kind\": \"edit\", \"locations\": [" + paths + "{\"path\": \"/etc/passwd\"}]}")))
                .isFalse();
    }

    @Test
    void aStageThatReadsWritesItsResultAndNothingElse() throws IOException {
        String write = "{\"kind\": \"edit\", \"locations\": [{\"path\": \"TREE/result.json\"}]}";
        assertThat(permissions(false).allows(call(write))).isTrue();
        assertThat(permissions(false).allows(call("{\"kind\": \"edit\"}"))).isFalse();
        assertThat(permissions(false)
                        .allows(call("{\"kind\": \"edit\", \"locations\": [{\"path\": \"TREE/result.json\"},"
                                + " {\"path\": \"TREE/a.txt\"}]}")))
                .isFalse();
        assertThat(permissions(false)
                        .allows(call("{\"kind\": \"execute\", \"locations\": [{\"path\": \"TREE/result.json\"}]}")))
                .isFalse();

        Files.createSymbolicLink(tree.resolve("result.json"), folder.resolve("elsewhere/a.txt"));
        assertThat(permissions(false).allows(call(write))).as("through a link").isFalse();
    }

    @Test
    void whatWasSaidOfACallBeforeCounts() {
        calls.note(json("{\"toolCallId\": \"c\", \"kind\": \"edit\", \"locations\": [{\"path\": \"/etc/passwd\"}]}"));

        assertThat(permissions(true).allows(calls.note(json("{\"toolCallId\": \"c\"}"))))
                .isFalse();
        assertThat(calls.count()).isEqualTo(1);
    }

    @Test
    void callsWithoutAnIdOrWithALongOneAreTheirOwn() {
        calls.note(json("{\"kind\": \"edit\", \"locations\": [{\"path\": \"/etc/passwd\"}]}"));
        assertThat(permissions(true).allows(calls.note(json("{\"kind\": \"edit\"}"))))
                .isTrue();
        calls.note(json("{\"toolCallId\": \"" + "x".repeat(1000) + "1\"}"));
        calls.note(json("{\"toolCallId\": \"" + "x".repeat(1000) + "2\"}"));

        assertThat(calls.count()).isEqualTo(4);
    }

    @Test
    void theAnswerIsOneThatTheAgentOffers() {
        JsonNode usual = json(
                "[{\"optionId\": \"always\", \"kind\": \"allow_always\"},"
                        + " {\"optionId\": \"once\", \"kind\": \"allow_once\"}, {\"optionId\": \"no\", \"kind\": \"reject_once\"}]");
        JsonNode odd = json("[{\"optionId\": \"always\", \"kind\": \"allow_always\"},"
                + " {\"optionId\": \"never\", \"kind\": \"reject_always\"}]");

        assertThat(Permissions.answer(true, usual))
                .isEqualTo(json("{\"outcome\": {\"outcome\": \"selected\", \"optionId\": \"once\"}}"));
        assertThat(Permissions.answer(false, usual))
                .isEqualTo(json("{\"outcome\": {\"outcome\": \"selected\", \"optionId\": \"no\"}}"));
        assertThat(Permissions.answer(false, odd))
                .isEqualTo(json("{\"outcome\": {\"outcome\": \"selected\", \"optionId\": \"never\"}}"));
        assertThat(Permissions.answer(true, odd))
                .as("nothing is allowed for ever")
                .isEqualTo(json("{\"outcome\": {\"outcome\": \"cancelled\"}}"));
    }

    private Permissions permissions(boolean changesFiles) {
        return new Permissions(tree, tree.resolve("result.json"), changesFiles);
    }

    private ToolCalls.Call call(String said) {
        return new ToolCalls().note(json(said.replace("TREE", tree.toString())));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
