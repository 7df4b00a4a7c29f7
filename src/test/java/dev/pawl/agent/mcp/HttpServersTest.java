package dev.pawl.agent.mcp;

import static dev.pawl.agent.mcp.HttpServerOfTools.fine;
import static dev.pawl.agent.mcp.ScriptedServer.text;
import static dev.pawl.agent.mcp.ScriptedServer.tools;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.Requests;
import dev.pawl.agent.command.BaseFiles;
import dev.pawl.agent.mcp.HttpServerOfTools.Asked;
import dev.pawl.agent.mcp.HttpServerOfTools.Reply;
import dev.pawl.agent.mcp.McpTool.Used;
import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.domain.policy.AgentOptions;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.McpServer;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.FailureKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers of tools behind HTTP, as revision 2025-06-18 has them, and such as don't keep to it. */
@Timeout(120)
class HttpServersTest {
    private static final String TOKEN = "t-canary-4711";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

    @TempDir
    Path folder = Path.of("");

    private final ProcessRunner runner = new ProcessRunner(InstantSource.system(), () -> "mark");
    private final Map<String, String> environment = new HashMap<>(Map.of("DOCS_TOKEN", TOKEN + "\n"));
    private final HttpServerOfTools server = new HttpServerOfTools(fine(tools("look"), text("done")));

    @AfterEach
    void close() {
        server.close();
        runner.close();
    }

    private McpServers.Opened open(Duration patience) {
        var place = new McpServer.Place.Address(server.address(), Optional.of("DOCS_TOKEN"));
        var docs = new McpServer("docs", place, Optional.empty(), List.of());
        var options = new AgentOptions(Optional.empty(), Optional.empty(), Map.of(), 5, List.of(docs));
        var agent = new AgentSpec("small", AgentSpec.Kind.MODEL, Optional.of("m"), List.of(), List.of(), options);
        var host = new McpServers.Host(runner, environment, folder, BaseFiles.ofWorkTree(), () -> patience);
        return McpServers.open(Requests.least(StageKind.IMPLEMENT, agent, LONG), folder, host);
    }

    private McpServers ready(Duration patience) {
        McpServers.Opened opened = open(patience);
        assertThat(opened).isInstanceOf(McpServers.Opened.Ready.class);
        return ((McpServers.Opened.Ready) opened).servers();
    }

    private McpServers.Opened.Failed failed(Duration patience) {
        McpServers.Opened opened = open(patience);
        assertThat(opened).isInstanceOf(McpServers.Opened.Failed.class);
        return (McpServers.Opened.Failed) opened;
    }

    /** What comes of a call that is answered in this way. */
    private Used used(Function<Asked, Reply> call) {
        server.now(asked -> asked.method().equals("tools/call")
                ? call.apply(asked)
                : fine(tools("look"), text("done")).apply(asked));
        try (var servers = ready(Duration.ofSeconds(5))) {
            return servers.tools().getFirst().use(NOTHING);
        }
    }

    @Test
    void everyMessageIsARequestWithSessionVersionAndToken() {
        server.now(asked -> fine(tools("look"), text("done")).apply(asked).with("Mcp-Session-Id", "s!~1"));

        try (var servers = ready(LONG)) {
            assertThat(servers.tools().getFirst().use(NOTHING)).isEqualTo(new Used.Said("done\n", false));
            assertThat(servers.secrets()).containsExactly(TOKEN);
        }

        assertThat(server.methods())
                .containsExactly("initialize", "notifications/initialized", "tools/list", "tools/call", "DELETE");
        assertThat(server.asked()).allSatisfy(asked -> {
            boolean first = asked.method().equals("initialize");
            assertThat(asked.header("Mcp-session-id")).isEqualTo(first ? "" : "s!~1");
            assertThat(asked.header("Mcp-protocol-version")).isEqualTo(first ? "" : "2025-06-18");
            assertThat(asked.header("Authorization")).isEqualTo("Bearer " + TOKEN);
            assertThat(asked.body().toString()).doesNotContain(TOKEN);
        });
        assertThat(server.asked().subList(0, 4)).allSatisfy(asked -> {
            assertThat(asked.verb()).isEqualTo("POST");
            assertThat(asked.header("Accept")).isEqualTo("application/json, text/event-stream");
            assertThat(asked.header("Content-type")).isEqualTo("application/json");
        });
        assertThat(server.asked().getFirst().body())
                .hasToString(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"initialize\",\"id\":1,\"params\":{\"protocolVersion\":\"2025-06-18\","
                                + "\"capabilities\":{},\"clientInfo\":{\"name\":\"pawl\",\"version\":\"1\"}}}");
    }

    @Test
    void aServerWithoutSessionsIsNotToldOfAnEnd() {
        ready(LONG).close();

        assertThat(server.methods()).containsExactly("initialize", "notifications/initialized", "tools/list");
    }

    @Test
    void anOlderRevisionIsSpokenWhereTheServerWantsIt() {
        server.now(asked -> asked.method().equals("initialize")
                ? asked.result(ScriptedServer.GREETING.replace("2025-06-18", "2025-03-26"))
                : fine(tools("look"), text("done")).apply(asked));

        ready(LONG).close();

        assertThat(server.asked().getLast().header("Mcp-protocol-version")).isEqualTo("2025-03-26");
    }

    static Stream<Arguments> streams() {
        return Stream.of(
                Arguments.of("one event", "data: MESSAGE\n\n"),
                Arguments.of("other line ends", "data: MESSAGE\r\n\r\n"),
                Arguments.of("the oldest line ends", "data: MESSAGE\r\r"),
                Arguments.of("with all fields", ":hello\nevent: message\nid: 1\nretry: 5\ndata:MESSAGE\n\n"),
                Arguments.of("over two lines", "data: {\"jsonrpc\":\"2.0\",\ndata: REST\n\n"),
                Arguments.of(
                        "behind others",
                        "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\ndata: what?\n\ndata\n\n"
                                + "data: {\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}\n\ndata: MESSAGE\n\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void anAnswerMayComeAsAStream(String name, String stream) {
        Function<Asked, Reply> call = asked -> {
            String message = asked.message(text("streamed"));
            String rest = message.substring("{\"jsonrpc\":\"2.0\",".length());
            return Reply.events(stream.replace("MESSAGE", message).replace("REST", rest));
        };

        assertThat(used(call)).isEqualTo(new Used.Said("streamed\n", false));
        assertThat(used(call.andThen(Reply::andStays))).isEqualTo(new Used.Said("streamed\n", false));
    }

    @Test
    void aQuestionInAStreamIsAnsweredInARequestOfItsOwn() {
        assertThat(used(asked -> Reply.events("data: {\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"ping\"}\n\ndata: "
                        + asked.message(text("x")) + "\n\n")))
                .isEqualTo(new Used.Said("x\n", false));

        assertThat(server.asked().getLast().body()).hasToString("{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"result\":{}}");
    }

    @Test
    void aListOfMessagesIsReadAsOlderServersSendIt() {
        assertThat(used(asked -> Reply.json("[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"},"
                        + asked.message(text("x")) + "]")))
                .isEqualTo(new Used.Said("x\n", false));
    }

    static Stream<Arguments> oddAnswers() {
        String unread = "said something that can't be read";
        return Stream.of(
                odd("HTML", _ -> Reply.json("<html>"), unread),
                odd("nothing", _ -> Reply.of(200), unread),
                odd("accepted", _ -> Reply.of(202), unread + " (HTTP 202)"),
                odd("another's answer", _ -> Reply.json("{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{}}"), unread),
                odd("two keys", asked -> Reply.json(asked.message("{},\"result\":{}")), unread),
                odd("no object", asked -> asked.result("[]"), unread),
                odd("much", asked -> Reply.json(" ".repeat(16 << 20) + asked.message(text("x"))), unread),
                odd(
                        "a flood of messages",
                        asked -> Reply.events("data: {\"jsonrpc\":\"2.0\",\"method\":\"x\"}\n\n".repeat(200) + "data: "
                                + asked.message(text("x")) + "\n\n"),
                        unread),
                odd("a stream that ends", _ -> Reply.events("data: {}\n\n"), "can't be reached, or broke off"),
                odd(
                        "a stream without end",
                        _ -> Reply.events("data: " + "x".repeat(17 << 20)),
                        "can't be reached, or broke off"),
                odd("500", _ -> Reply.of(500), "can't be reached, or broke off (HTTP 500)"),
                odd("429", _ -> Reply.of(429), "can't be reached, or broke off (HTTP 429)"),
                odd("403", _ -> Reply.of(403), "refuses the token or the address (HTTP 403)"),
                odd("404", _ -> Reply.of(404), "refuses the token or the address (HTTP 404)"));
    }

    private static Arguments odd(String name, Function<Asked, Reply> call, String why) {
        return Arguments.of(name, call, why);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddAnswers")
    void anOddAnswerIsSaidToTheModel(String name, Function<Asked, Reply> call, String why) {
        assertThat(used(call)).isEqualTo(new Used.Failed("the server docs " + why));
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUpAndCancelled() {
        for (Reply stalls :
                List.of(Reply.json("{").andStays(), Reply.events(": wait\n\n").andStays())) {
            server.now(asked -> asked.method().equals("tools/call")
                    ? stalls
                    : fine(tools("look"), text("done")).apply(asked));
            try (var servers = ready(Duration.ofSeconds(1))) {
                assertThat(servers.tools().getFirst().use(NOTHING))
                        .isEqualTo(new Used.Failed("the server docs gave no answer in time"));
            }
            assertThat(server.asked().getLast().body())
                    .hasToString(
                            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":3}}");
        }
    }

    @Test
    void aForgottenSessionIsBegunAnewOnce() {
        var fine = fine(tools("look"), text("done"));
        server.now(asked -> {
            boolean old = asked.header("Mcp-session-id").equals("one");
            String next = server.methods().stream().filter("initialize"::equals).count() == 1 ? "one" : "two";
            return old && asked.method().equals("tools/call")
                    ? Reply.of(404)
                    : fine.apply(asked).with("Mcp-Session-Id", next);
        });

        try (var servers = ready(LONG)) {
            assertThat(servers.tools().getFirst().use(NOTHING)).isEqualTo(new Used.Said("done\n", false));
        }

        assertThat(server.methods().subList(3, 7))
                .containsExactly("tools/call", "initialize", "notifications/initialized", "tools/call");
        assertThat(server.asked().get(4).header("Mcp-session-id")).isEmpty();
        assertThat(server.asked().get(6).header("Mcp-session-id")).isEqualTo("two");

        server.now(asked -> asked.verb().equals("POST") && asked.method().equals("tools/call")
                ? Reply.of(404)
                : fine.apply(asked).with("Mcp-Session-Id", "one"));
        try (var servers = ready(LONG)) {
            assertThat(servers.tools().getFirst().use(NOTHING))
                    .isEqualTo(new Used.Failed("the server docs forgot the session (HTTP 404)"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, access, refuses the token or the address (HTTP 401)",
        "403, access, refuses the token or the address (HTTP 403)",
        "404, access, refuses the token or the address (HTTP 404)",
        "405, access, refuses the token or the address (HTTP 405)",
        "307, access, refuses the token or the address (HTTP 307)",
        "429, provider-outage, 'can''t be reached, or broke off (HTTP 429)'",
        "503, provider-outage, 'can''t be reached, or broke off (HTTP 503)'"
    })
    void aServerThatRefusesAtTheBeginningEndsTheRun(int status, String kind, String why) {
        server.now(_ -> Reply.of(status).with("Location", server.address() + "/elsewhere"));

        var failed = failed(LONG);

        assertThat(failed.kind().word()).isEqualTo(kind);
        assertThat(failed.reason()).isEqualTo("The MCP server docs of agent small " + why + ".");
        assertThat(failed.details())
                .isEqualTo(kind.equals("access") ? List.of() : List.of("the MCP server docs of agent small " + why));
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void whoIsNotThereIsWaitedFor() {
        server.close();

        var failed = failed(LONG);

        assertThat(failed.kind()).isEqualTo(FailureKind.PROVIDER_OUTAGE);
        assertThat(failed.reason()).isEqualTo("The MCP server docs of agent small can't be reached, or broke off.");
    }

    @ParameterizedTest
    @CsvSource({"''", "' '", "a b", "é", "'a\rb'"})
    void aTokenThatIsNoneIsNeverSent(String token) {
        environment.put("DOCS_TOKEN", token);

        assertThat(failed(LONG))
                .isEqualTo(new McpServers.Opened.Failed(
                        FailureKind.ACCESS,
                        "The variable with the token of the MCP server docs of agent small isn't set, or holds no"
                                + " token: give it a value in the step.",
                        List.of("DOCS_TOKEN")));
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'a b'", "é"})
    void aSessionOfOddCharactersIsNone(String session) {
        server.now(asked -> fine(tools("look"), text("done")).apply(asked).with("Mcp-Session-Id", session));

        assertThat(failed(LONG).kind()).isEqualTo(FailureKind.AGENT_CRASH);
        assertThat(server.asked()).hasSize(1);
    }
}
