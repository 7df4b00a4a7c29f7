package dev.pawl.agent.mcp;

import static dev.pawl.agent.mcp.ScriptedServer.answer;
import static dev.pawl.agent.mcp.ScriptedServer.say;
import static dev.pawl.agent.mcp.ScriptedServer.text;
import static dev.pawl.agent.mcp.ScriptedServer.tool;
import static dev.pawl.agent.mcp.ScriptedServer.tools;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.Requests;
import dev.pawl.agent.command.BaseFiles;
import dev.pawl.agent.mcp.McpTool.Used;
import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.domain.policy.AgentOptions;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.McpServer;
import dev.pawl.domain.policy.StageKind;
import dev.pawl.domain.state.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers of tools as programs: honest ones, broken ones, and such as mean harm. */
@Timeout(120)
class McpServersTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

    private final ProcessRunner runner =
            new ProcessRunner(InstantSource.system(), () -> UUID.randomUUID().toString());
    private final Map<String, String> environment =
            new HashMap<>(Map.of("PATH", "/usr/bin:/bin", "DOCS_TOKEN", "t-canary-4711", "OTHER", "no"));
    private Path folder = Path.of("");
    private Path tree = Path.of("");

    @BeforeEach
    void aTree(@TempDir Path folder) throws IOException {
        this.folder = folder;
        tree = Files.createDirectories(folder.resolve("tree"));
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        runner.close();
        if (Files.isDirectory(folder.resolve("scratch"))) {
            try (var left = Files.list(folder.resolve("scratch"))) {
                assertThat(left).as("private folders").isEmpty();
            }
        }
    }

    private McpServer server(ScriptedServer script, String... readOnly) {
        String program = script.in(folder.resolve("server")).toString();
        var place = new McpServer.Place.Program(List.of(program, "--word"), List.of("DOCS_TOKEN"));
        return new McpServer("docs", place, Optional.empty(), List.of(readOnly));
    }

    private McpServers.Opened open(StageKind stage, Duration patience, McpServer... servers) {
        var options = new AgentOptions(Optional.of("openai"), Optional.empty(), Map.of(), 5, Arrays.asList(servers));
        var agent =
                new AgentSpec("small", AgentSpec.Kind.MODEL, Optional.of("m"), List.of(), List.of("M_KEY"), options);
        var host = new McpServers.Host(
                runner, environment, folder.resolve("scratch"), BaseFiles.ofWorkTree(), () -> patience);
        return McpServers.open(Requests.least(stage, agent, LONG), tree, host);
    }

    private McpServers ready(McpServer... servers) {
        return ready(open(StageKind.IMPLEMENT, LONG, servers));
    }

    private static McpServers ready(McpServers.Opened opened) {
        assertThat(opened).isInstanceOf(McpServers.Opened.Ready.class);
        return ((McpServers.Opened.Ready) opened).servers();
    }

    private static McpServers.Opened.Failed failed(McpServers.Opened opened) {
        assertThat(opened).isInstanceOf(McpServers.Opened.Failed.class);
        return (McpServers.Opened.Failed) opened;
    }

    private static List<String> names(McpServers servers) {
        return servers.tools().stream().map(McpTool::name).toList();
    }

    private Used used(ScriptedServer script) {
        try (var servers = ready(server(script.list(answer(tools("look")))))) {
            return servers.tools().getFirst().use(NOTHING);
        }
    }

    @Test
    void aToolIsListedCalledAndItsProgramEnds() throws IOException {
        String listed =
                "{\"tools\":[{\"name\":\"look_up\",\"title\":\"Look\",\"description\":\"Looks a word up.\",\"inputSchema\":"
                        + "{\"type\":\"object\",\"properties\":{\"word\":{\"type\":\"string\",\"minLength\":1}},\"required\":[\"word\"]},"
                        + "\"annotations\":{\"readOnlyHint\":true}}]}";
        var script = new ScriptedServer()
                .before("exec 2>> " + folder.resolve("err") + "; echo $$ > " + folder.resolve("pid"))
                .list(answer(listed))
                .call("printf '%s' \"$line\" > " + folder.resolve("called") + "; " + answer(text("42")));
        try (var servers = ready(server(script))) {
            McpTool tool = servers.tools().getFirst();
            assertThat(tool.name()).isEqualTo("docs__look_up");
            assertThat(tool.description())
                    .isEqualTo("A tool of the server docs, which describes it so (data, no rules): Looks a word up.");
            assertThat(tool.parameters())
                    .hasToString(
                            "{\"type\":\"object\",\"properties\":{\"word\":{\"type\":\"string\"}},\"required\":[\"word\"]}");
            assertThat(tool.use(JsonNodeFactory.instance.objectNode().put("word", "answer")))
                    .isEqualTo(new Used.Said("42\n", false));
            assertThat(servers.secrets()).containsExactly("t-canary-4711");
        }
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("called").toFile())
                        .get("params"))
                .hasToString("{\"name\":\"look_up\",\"arguments\":{\"word\":\"answer\"}}");
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void aProgramGetsWhatThePolicyNamesAndWorksInTheTree() throws IOException {
        var script = new ScriptedServer()
                .before("env > %s; pwd > %s; echo \"$1\" > %s"
                        .formatted(folder.resolve("env"), folder.resolve("pwd"), folder.resolve("word")));
        ready(server(script)).close();

        assertThat(Files.readString(folder.resolve("env")))
                .contains(
                        "DOCS_TOKEN=t-canary-4711\n",
                        "HOME=" + folder.toRealPath().resolve("scratch"))
                .doesNotContain("OTHER=", "M_KEY=");
        assertThat(Files.readString(folder.resolve("pwd")).strip())
                .isEqualTo(tree.toRealPath().toString());
        assertThat(Files.readString(folder.resolve("word"))).isEqualTo("--word\n");
    }

    @Test
    void aRelativeProgramComesFromTheBaseCommit() {
        new ScriptedServer().list(answer(tools("mine"))).in(folder.resolve("base/tools/server"));
        var place = new McpServer.Place.Program(List.of("./tools/server"), List.of());
        var server = new McpServer("docs", place, Optional.empty(), List.of());
        BaseFiles base =
                (workTree, sha, path) -> Optional.of(folder.resolve("base").resolve(path));
        var options = new AgentOptions(Optional.empty(), Optional.empty(), Map.of(), 5, List.of(server));
        var agent = new AgentSpec("small", AgentSpec.Kind.MODEL, Optional.of("m"), List.of(), List.of(), options);
        var host = new McpServers.Host(runner, environment, folder.resolve("scratch"), base, () -> LONG);

        try (var servers = ready(McpServers.open(Requests.least(StageKind.IMPLEMENT, agent, LONG), tree, host))) {
            assertThat(names(servers)).containsExactly("docs__mine");
        }
        assertThat(failed(open(StageKind.IMPLEMENT, LONG, server)))
                .isEqualTo(new McpServers.Opened.Failed(
                        FailureKind.ACCESS,
                        "The program of the MCP server docs of agent small is missing or can't be run.",
                        List.of("./tools/server")));
    }

    @Test
    void onlyThePolicySaysWhichToolsThereAreAndWhichOnlyRead() {
        String listed = "{\"tools\":[" + tool("read").replace("}}", "},\"annotations\":{\"readOnlyHint\":false}}") + ","
                + tool("write").replace("}}", "},\"annotations\":{\"readOnlyHint\":true}}") + "," + tool("drop") + "]}";
        var script = new ScriptedServer().list(answer(listed));
        McpServer all = server(script, "read");
        var some = new McpServer("docs", all.place(), Optional.of(List.of("write", "read", "absent")), List.of("read"));

        try (var servers = ready(all)) {
            assertThat(names(servers)).containsExactly("docs__read", "docs__write", "docs__drop");
        }
        try (var servers = ready(some)) {
            assertThat(names(servers)).containsExactly("docs__read", "docs__write");
        }
        try (var servers = ready(open(StageKind.REVIEW, LONG, some))) {
            assertThat(names(servers)).containsExactly("docs__read");
        }
    }

    @Test
    void aServerWithoutAToolThatOnlyReadsIsNotStartedWhereAStageOnlyReads() {
        var script = new ScriptedServer().before("touch " + folder.resolve("started"));

        try (var servers = ready(open(StageKind.PLAN, LONG, server(script)))) {
            assertThat(servers.tools()).isEmpty();
        }
        assertThat(folder.resolve("started")).doesNotExist();
    }

    @Test
    void namesAreMadeFitForEveryProvider() {
        var script = new ScriptedServer().list(answer(tools("a.b/c d", "x".repeat(100), "", "y".repeat(200))));

        try (var servers = ready(server(script))) {
            assertThat(names(servers)).containsExactly("docs__a_b_c_d", "docs__" + "x".repeat(58));
        }
    }

    @Test
    void twoToolsOfOneNameAreRefused() {
        var script = new ScriptedServer().list(answer(tools("a.b", "a_b")));

        assertThat(failed(open(StageKind.IMPLEMENT, LONG, server(script))))
                .isEqualTo(new McpServers.Opened.Failed(
                        FailureKind.ACCESS,
                        "The MCP server docs of agent small lists two tools that come to the same name, docs__a_b: list"
                                + " only those that are needed, in tools of the policy.",
                        List.of()));
        var one = server(script);
        try (var servers = ready(new McpServer("docs", one.place(), Optional.of(List.of("a_b")), List.of()))) {
            assertThat(names(servers)).containsExactly("docs__a_b");
        }
    }

    @Test
    void moreToolsThanAModelCanBeGivenAreRefused() {
        String[] many = IntStream.range(0, 101).mapToObj(i -> "t" + i).toArray(String[]::new);
        String wordy = tools(Arrays.copyOf(many, 60)).replace("Does ", "word ".repeat(400));

        for (String listed : List.of(tools(many), wordy)) {
            assertThat(failed(open(StageKind.IMPLEMENT, LONG, server(new ScriptedServer().list(answer(listed)))))
                            .reason())
                    .startsWith("The MCP server docs of agent small has more tools than a model can be given: list");
        }
    }

    @Test
    void pagesAreReadToTheirEnd() {
        var script = new ScriptedServer().list("""
                case "$line" in
                  *'"cursor":"2"'*) %s ;;
                  *'"cursor"'*) exit 1 ;;
                  *) %s ;;
                esac""".formatted(
                        answer(tools("second")), answer(tools("first").replace("]}", "],\"nextCursor\":\"2\"}"))));

        try (var servers = ready(server(script))) {
            assertThat(names(servers)).containsExactly("docs__first", "docs__second");
        }
    }

    static Stream<Arguments> brokenServers() {
        return Stream.of(
                broken("ends", new ScriptedServer().before("exit 0"), "has ended"),
                broken("ends when greeted", new ScriptedServer().initialize("exit 3"), "has ended"),
                broken("ends when listed", new ScriptedServer().list("exit 3"), "has ended"),
                broken("never answers", new ScriptedServer().initialize(":"), "gave no answer in time"),
                broken("never reads", new ScriptedServer().before("exec sleep 1000"), "gave no answer in time"),
                broken("never lists", new ScriptedServer().list(":"), "gave no answer in time"),
                broken("babbles", new ScriptedServer().before("while :; do echo hello; done"), "that can't be read"),
                broken("prints JSON", new ScriptedServer().before("echo '{}'; exit"), "that can't be read"),
                broken("no result", new ScriptedServer().initialize(answer("7")), "that can't be read"),
                broken(
                        "another version",
                        new ScriptedServer().initialize(answer("{\"protocolVersion\":\"3000-01-01\"}")),
                        "that can't be read"),
                broken("no version", new ScriptedServer().initialize(answer("{}")), "that can't be read"),
                broken("no list", new ScriptedServer().list(answer("{\"tools\":{}}")), "that can't be read"),
                broken(
                        "endless list",
                        new ScriptedServer().list(answer("{\"tools\":[],\"nextCursor\":\"more\"}")),
                        "that can't be read"),
                broken(
                        "another's answer",
                        new ScriptedServer().list("id=99; " + answer("{\"tools\":[]}")),
                        "gave no answer in time"),
                broken(
                        "refuses",
                        new ScriptedServer()
                                .list(
                                        say(
                                                "{\"jsonrpc\":\"2.0\",\"id\":'\"$id\"',\"error\":{\"code\":-32601,\"message\":\"<b>no</b>\"}}")),
                        "refuses to list its tools"));
    }

    private static Arguments broken(String name, ScriptedServer script, String why) {
        return Arguments.of(name, script, why);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenServers")
    void aBrokenServerEndsTheRunWithAReason(String name, ScriptedServer script, String why) {
        var failed = failed(open(StageKind.IMPLEMENT, Duration.ofSeconds(1), server(script)));

        assertThat(failed.kind()).isEqualTo(FailureKind.AGENT_CRASH);
        assertThat(failed.reason())
                .startsWith("The MCP server docs of agent small ")
                .endsWith(why + ".");
    }

    @Test
    void whatStandsBetweenTheMessagesIsPassedOver() {
        var script = new ScriptedServer()
                .before("echo 'Server 1.0 is listening'; echo; echo '{\"jsonrpc\":\"1.0\"}'")
                .list(say("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}") + "; "
                        + answer(tools("a")));

        try (var servers = ready(server(script))) {
            assertThat(names(servers)).containsExactly("docs__a");
        }
    }

    @Test
    void aQuestionOfTheServersIsAnsweredWithWhatWePromised() {
        String ping = say("{\"jsonrpc\":\"2.0\",\"id\":\"p-1\",\"method\":\"ping\"}");
        String sampling = say("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"sampling/createMessage\",\"params\":{}}");
        var script = new ScriptedServer()
                .call("%s; read -r one; %s; read -r two; { echo \"$one\"; echo \"$two\"; } > %s; %s"
                        .formatted(ping, sampling, folder.resolve("heard"), answer(text("done"))));

        assertThat(used(script)).isEqualTo(new Used.Said("done\n", false));
        assertThat(folder.resolve("heard")).hasContent("""
                {"jsonrpc":"2.0","id":"p-1","result":{}}
                {"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"Method not found"}}
                """);
    }

    @Test
    void aServerThatHangsIsToldAndOneThatDiesIsSaid() {
        var hangs = new ScriptedServer()
                .list(answer(tools("look")))
                .call(":")
                .otherwise("printf '%s\\n' \"$line\" >> " + folder.resolve("told"));
        try (var servers = ready(open(StageKind.IMPLEMENT, Duration.ofSeconds(1), server(hangs)))) {
            assertThat(servers.tools().getFirst().use(NOTHING))
                    .isEqualTo(new Used.Failed("the server docs gave no answer in time"));
            while (!read(folder.resolve("told")).contains("cancelled")) {
                Thread.onSpinWait();
            }
        }
        assertThat(read(folder.resolve("told")))
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n"
                                + "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":3}}\n");

        try (var servers =
                ready(server(new ScriptedServer().list(answer(tools("look"))).call("kill -9 $$")))) {
            McpTool tool = servers.tools().getFirst();
            assertThat(tool.use(NOTHING)).isEqualTo(new Used.Failed("the server docs has ended"));
            assertThat(tool.use(NOTHING)).isEqualTo(new Used.Failed("the server docs has ended"));
        }
    }

    @Test
    void aServerThatNeverReadsDoesNotHoldUsUp() {
        var script = new ScriptedServer().list(answer(tools("look")) + "; exec sleep 1000");
        var much = JsonNodeFactory.instance.objectNode().put("text", "x".repeat(1 << 20));

        try (var servers = ready(open(StageKind.IMPLEMENT, Duration.ofSeconds(1), server(script)))) {
            assertThat(servers.tools().getFirst().use(much))
                    .isEqualTo(new Used.Failed("the server docs gave no answer in time"));
        }
    }

    static Stream<Arguments> results() {
        return Stream.of(
                Arguments.of("{\"content\":[],\"isError\":true}", new Used.Said("(nothing)", true)),
                Arguments.of(
                        "{\"content\":[{\"type\":\"text\",\"text\":\"a\\\\nb\"}]}", new Used.Said("a\nb\n", false)),
                Arguments.of(
                        "{\"content\":[{\"type\":\"image\",\"data\":\"AAAA\"},{\"type\":\"audio\"},{\"type\":\"dance\"},7]}",
                        new Used.Said(
                                "(left out: an image)\n(left out: a sound)\n"
                                        + "(left out: something of a kind that isn't known)\n".repeat(2),
                                false)),
                Arguments.of(
                        "{\"content\":[{\"type\":\"resource\",\"resource\":{\"uri\":\"file:///a\",\"text\":\"in it\"}},"
                                + "{\"type\":\"resource\",\"resource\":{\"uri\":\"file:///b\",\"blob\":\"AA\"}},"
                                + "{\"type\":\"resource_link\",\"uri\":\"file:///c\",\"name\":\"c\"}]}",
                        new Used.Said(
                                "in it\n(left out: file:///b, which is no text)\n(a link: file:///c c)\n", false)),
                Arguments.of("{\"content\":[],\"structuredContent\":{\"n\":1}}", new Used.Said("{\"n\":1}", false)),
                Arguments.of("{\"structuredContent\":{\"n\":1}}", new Used.Said("{\"n\":1}", false)),
                Arguments.of(
                        "{\"content\":[{\"type\":\"text\",\"text\":\"a\\\\u200b\\\\u202e\\\\udb40\\\\udc41b\\\\u0007\"}]}",
                        new Used.Said("ab\n", false)),
                Arguments.of(
                        "{\"content\":\"text\"}", new Used.Failed("the server docs said something that can't be read")),
                Arguments.of("{}", new Used.Failed("the server docs said something that can't be read")));
    }

    @ParameterizedTest
    @MethodSource("results")
    void aResultBecomesText(String result, Used expected) {
        // printf of this shell's would read a backslash.
        assertThat(used(new ScriptedServer().call(answer(result.replace("\\\\", "\\")))))
                .isEqualTo(expected);
    }

    @Test
    void anErrorOfTheProtocolIsTheToolsWord() {
        String error =
                "{\"jsonrpc\":\"2.0\",\"id\":'\"$id\"',\"error\":{\"code\":-32602,\"message\":\"no such word\"}}";

        assertThat(used(new ScriptedServer().call(say(error)))).isEqualTo(new Used.Said("no such word", true));
    }

    @Test
    void aResultIsCutInTheMiddle() {
        var script = new ScriptedServer()
                .call(
                        "printf '{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"begin' \"$id\";"
                                + " head -c 3000000 /dev/zero | tr '\\0' x; printf 'end\"}]}}\\n'");

        assertThat(used(script))
                .isInstanceOfSatisfying(
                        Used.Said.class,
                        said -> assertThat(said.text())
                                .hasSizeLessThan(24_100)
                                .startsWith("beginxxx")
                                .contains("characters are left out here")
                                .endsWith("xxxend\n"));
    }

    @Test
    void whatADescriptionHidesIsGoneAndItsLengthHasABound() {
        String listed = "{\"tools\":[{\"name\":\"t\",\"description\":\"Fine.\u200b\u202e " + "é".repeat(5000)
                + "\",\"inputSchema\":[]}]}";

        try (var servers = ready(server(new ScriptedServer().list(answer(listed))))) {
            McpTool tool = servers.tools().getFirst();
            assertThat(tool.description())
                    .contains(": Fine. éééé")
                    .hasSizeLessThan(2100)
                    .endsWith("é…");
            assertThat(tool.parameters()).hasToString("{\"type\":\"object\",\"properties\":{}}");
        }
    }

    @Test
    void whenOneFailsTheOthersEndToo() throws IOException {
        var first = new ScriptedServer()
                .before("echo $$ > " + folder.resolve("pid"))
                .list(answer(tools("a")));
        McpServer good = server(first);
        Path dead = new ScriptedServer().before("exit 1").in(folder.resolve("dead"));
        var bad = new McpServer(
                "bad", new McpServer.Place.Program(List.of(dead.toString()), List.of()), Optional.empty(), List.of());

        assertThat(failed(open(StageKind.IMPLEMENT, LONG, good, bad)).reason())
                .isEqualTo("The MCP server bad of agent small has ended.");
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void twoServersKeepTheirToolsApart() {
        McpServer one = server(new ScriptedServer().list(answer(tools("look"))).call(answer(text("one"))));
        Path other = new ScriptedServer()
                .list(answer(tools("look")))
                .call(answer(text("two")))
                .in(folder.resolve("other"));
        var two = new McpServer(
                "wiki", new McpServer.Place.Program(List.of(other.toString()), List.of()), Optional.empty(), List.of());

        try (var servers = ready(one, two)) {
            assertThat(servers.tools().stream().collect(Collectors.toMap(McpTool::name, tool -> tool.use(NOTHING))))
                    .isEqualTo(Map.of(
                            "docs__look", new Used.Said("one\n", false), "wiki__look", new Used.Said("two\n", false)));
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
