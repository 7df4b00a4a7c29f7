package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.Security;
import dev.pawl.agent.mcp.ScriptedServer;
import dev.pawl.agent.model.ScriptedProvider;
import dev.pawl.agent.model.ScriptedProvider.Asked;
import dev.pawl.agent.model.ScriptedProvider.Reply;
import dev.pawl.agent.process.Scripts;
import dev.pawl.domain.policy.ModelProvider;
import dev.pawl.program.Program;
import dev.pawl.sandbox.SandboxIssue;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Hostile agents where Pawl is root and gives them a user of their own. Each test is named after the requirement of the threat
 * model that it pins. The agents touch nothing but folders that the test made.
 */
@Tag(Program.TAG)
@Timeout(240)
@Security
class AgentIsolationTest {
    private static final long FIRST_UID = 1_900_000_000L;

    /** Takes all that it can get, as a file beside the answers. */
    private static final String THIEF = """
            {
                grep -E '^(Uid|Gid|Groups|Cap...|NoNewPrivs):' /proc/self/status
                grep -E '^Max (processes|file size|core)' /proc/self/limits
                echo "oom $(cat /proc/self/oom_score_adj)"
                env
                for p in /proc/[0-9]*; do
                    cat $p/environ $p/cmdline | tr '\\0' '\\n'
                done
                if (: </proc/$PPID/environ); then echo REACHED environ; fi
                if (: </proc/$PPID/mem); then echo REACHED mem; fi
                if ls /proc/$PPID/fd/; then echo REACHED fd; fi
                run=${TMPDIR%/temp/*}
                find "$run" FOLDER/runner FOLDER/sessions -type f -exec cat {} +
                for f in "$run/event.json" "$run/output" "$run/workspace" "$run/.npmrc" FOLDER/runner/set_env; do
                    if [ -r "$f" ] || echo x >>"$f"; then echo "REACHED $f"; fi
                done
                if ls "$run" || ls "$run/temp" || ls "$run"/temp/pawl-*/git; then echo REACHED git; fi
                if [ -w FOLDER/docker.sock ]; then echo REACHED docker; fi
                if [ -w ../git ] || [ -r ../git/config ]; then echo REACHED git; fi
            } >FOLDER/agent/loot-$stage 2>/dev/null
            """;

    private final Canaries canaries = new Canaries();
    private final List<String> outgoing = new CopyOnWriteArrayList<>();
    private Path folder = Path.of("");
    private Story story;

    @BeforeEach
    void asRootOnly() throws IOException {
        assumeTrue(isRoot(), "skipped: only root can give agents a user of their own, and this isn't root");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "skipped: there is no setpriv (util-linux)");
        folder = OpenFolder.create();
    }

    @AfterEach
    void close() throws IOException {
        if (story != null) {
            story.close();
        }
        if (!folder.toString().isEmpty()) {
            OpenFolder.remove(folder);
        }
    }

    static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** A story on a runner that is full of secrets, each readable for every user. */
    private Story story(String policy) throws IOException {
        story = new Story(folder, policy);
        story.github.observe(exchange -> outgoing.add(exchange.path() + exchange.query() + exchange.requestBody()));
        Path agent = folder.resolve("agent");
        OpenFolder.open(agent, "rwxrwxrwx");
        Path runner = Files.createDirectories(folder.resolve("runner"));
        OpenFolder.open(Files.writeString(runner.resolve("set_env"), ""), "rw-rw-rw-");
        Files.writeString(runner.resolve("git-credentials.config"), canaries.in("credentials"));
        Files.writeString(
                Files.createDirectories(folder.resolve("sessions")).resolve("other"), canaries.in("sessions"));
        for (int run = 1; run <= 12; run++) {
            Path place = Files.createDirectories(folder.resolve("run-" + run));
            Files.writeString(place.resolve(".npmrc"), canaries.in("home"));
            Files.writeString(Files.createDirectories(place.resolve("temp")).resolve("left.txt"), canaries.in("temp"));
            Files.writeString(
                    Files.createDirectories(place.resolve("workspace")).resolve("config"), canaries.in("workspace"));
            OpenFolder.open(Files.writeString(place.resolve("output"), ""), "rw-rw-rw-");
        }
        story.variables.put("GITHUB_ENV", runner.resolve("set_env").toString());
        story.variables.put("PAWL_SESSIONS", folder.resolve("sessions").toString());
        story.variables.put("ACTIONS_RUNTIME_TOKEN", canaries.in("runtime"));
        story.variables.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", canaries.in("id"));
        story.variables.put("RUNNER_SECRET", canaries.in("runner"));
        story.variables.put("MODEL_KEY", canaries.in("key"));
        story.variables.put("PAWL_ISOLATION", "required");
        story.inputs.put("STATE-KEY", canaries.in("state"));
        return story;
    }

    private String script(String text) {
        return text.replace("FOLDER", folder.toString());
    }

    private String loot(String stage) throws IOException {
        return Files.readString(folder.resolve("agent/loot-" + stage));
    }

    @Test
    void sec01And02And03AnAgentIsAUserOfItsOwnAndGetsNothing() throws IOException {
        Story story = story(Story.POLICY);
        for (String stage : List.of("plan", "implement", "review")) {
            story.agent.runs(stage, script(THIEF) + "echo '2 + 2 = 4' > sum.txt");
        }
        try (var docker = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            docker.bind(UnixDomainSocketAddress.of(folder.resolve("docker.sock")));
            story.variables.put("DOCKER_HOST", "unix://" + folder.resolve("docker.sock"));
            SandboxIssue issue = story.bug();

            var ended = story.rings();

            assertThat(Story.moves(ended)).as("%s", ended).endsWith("review advanced", "open_pr advanced");
            for (String stage : List.of("plan", "implement", "review")) {
                String loot = loot(stage);
                assertThat(canaries.foundIn(loot)).as(stage).isEmpty();
                assertThat(loot).doesNotContain(story.github.actionsToken(), "REACHED");
                assertThat(loot)
                        .containsPattern("Uid:(\\t19[0-9]{8}){4}\n")
                        .containsPattern("Gid:(\\t19[0-9]{8}){4}\n")
                        .containsPattern("Groups:\\s*\n")
                        .contains("CapPrm:\t0000000000000000", "CapEff:\t0000000000000000", "CapBnd:\t0000000000000000")
                        .contains("NoNewPrivs:\t1", "oom 1000")
                        .containsPattern("Max processes +4096 +4096 ")
                        .containsPattern("Max file size +4294967296 +4294967296 ")
                        .containsPattern("Max core file size +0 +0 ");
            }
            assertThat(names(loot("plan")))
                    .containsExactlyInAnyOrder(
                            "HOME",
                            "LANG",
                            "OLDPWD",
                            "PATH",
                            "PAWL_MARK",
                            "PAWL_REQUEST",
                            "PAWL_RESULT",
                            "PWD",
                            "TMPDIR");
            assertThat(canaries.foundIn(String.join("\n", outgoing)))
                    .as("sent to GitHub")
                    .isEmpty();
            assertThat(canaries.foundIn(story.github.describe() + story.saidOn(issue)))
                    .isEmpty();
            assertThat(ended)
                    .allSatisfy(
                            e -> assertThat(canaries.foundIn(e.log())).as("log").isEmpty());
            logged(ended, "isolation=apart user=19");
            assertThat(uid(folder.resolve("agent/allies")))
                    .as("the repository's tests")
                    .isGreaterThan(FIRST_UID);
            assertThat(mode(folder.resolve("runner/set_env"))).as("given back").isEqualTo("rw-rw-rw-");
            assertThat(mode(folder.resolve("runner"))).isEqualTo("rwxr-xr-x");
        }
    }

    /** Those that {@code env} printed: what follows is of other processes. */
    private static Set<String> names(String loot) {
        var names = new TreeSet<String>();
        loot.lines()
                .dropWhile(line -> !line.startsWith("oom "))
                .skip(1)
                .takeWhile(line -> line.matches("[A-Z_]+=.*"))
                .forEach(line -> names.add(line.substring(0, line.indexOf('='))));
        names.add("OLDPWD"); // some shells export it
        names.remove("_");
        names.remove("SHLVL");
        return names;
    }

    @Test
    void sec02AnEnginesSocketThatEverybodyCanWriteToIsAnUnsafeRunner() throws IOException {
        Story story = story(Story.POLICY);
        try (var docker = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Path socket = folder.resolve("docker.sock");
            docker.bind(UnixDomainSocketAddress.of(socket));
            OpenFolder.open(socket, "rwxrwxrwx");
            story.variables.put("DOCKER_HOST", "unix://" + socket);
            story.bug();

            var ended = story.rings();

            assertThat(story.agent.asked()).isEmpty();
            assertThat(ended.getLast().exit()).isEqualTo(78);
            assertThat(ended.getLast().writes()).isZero();
            assertThat(ended.getLast().output("reason"))
                    .isEqualTo("This runner is unsafe: an agent could reach " + socket
                            + ". Close it to other users, such as with chmod o-rwx, or use a runner that does.");
        }
    }

    /** By best effort the agent runs, as a user of its own, and the log says what it could reach. */
    @Test
    void sec02WhereIsolationIsntRequiredTheLogNamesWhatCanBeReached() throws IOException {
        Story story = story(Story.POLICY);
        story.variables.remove("PAWL_ISOLATION");
        try (var docker = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Path socket = folder.resolve("docker.sock");
            docker.bind(UnixDomainSocketAddress.of(socket));
            OpenFolder.open(socket, "rwxrwxrwx");
            story.variables.put("DOCKER_HOST", "unix://" + socket);
            story.bug();

            var ended = story.rings();

            assertThat(Story.moves(ended)).as("%s", ended).contains("plan advanced", "implement advanced");
            logged(ended, "reaches=\"" + socket + "\"");
        }
    }

    @Test
    void sec16NobodyIsLeftWhenTheResultIsReadAndCredentialsAreUsed() throws IOException {
        Story story = story(Story.POLICY);
        String name = "watcher-" + UUID.randomUUID();
        story.agent.runs("plan", script("""
                # A daemon without parent, session, mark and log, and one that starts itself again.
                (env -i /usr/bin/setsid /bin/sh -c 'while :; do date >>FOLDER/agent/watch; done' NAME >/dev/null 2>&1 </dev/null &)
                cat >"$HOME/again" <<'END'
                trap '' TERM HUP
                (env -i /usr/bin/setsid /bin/sh "$0" NAME >/dev/null 2>&1 </dev/null &)
                while :; do :; done
                END
                (env -i /usr/bin/setsid /bin/sh "$HOME/again" NAME >/dev/null 2>&1 </dev/null &)
                while ! [ -s FOLDER/agent/watch ]; do :; done
                """).replace("NAME", name));
        var alive = new CopyOnWriteArrayList<String>();
        story.github.observe(exchange -> {
            if (story.agent.asked().contains("plan")) {
                alive.addAll(running(name));
            }
        });
        story.bug();

        var ended = story.rings();

        assertThat(folder.resolve("agent/watch")).isNotEmptyFile();
        assertThat(Story.moves(ended)).as("%s", ended).contains("plan advanced", "open_pr advanced");
        assertThat(alive).as("alive while Pawl talks to GitHub").isEmpty();
        assertThat(running(name)).isEmpty();
        logged(ended, "event=swept");
    }

    /** In this process the log is the tests' own. */
    private static void logged(List<Story.Ended> ended, String text) {
        String log = ended.stream().map(Story.Ended::log).collect(Collectors.joining());
        assertThat(Program.binary().isEmpty() || log.contains(text)).as(log).isTrue();
    }

    private static List<String> running(String name) {
        var found = new ArrayList<String>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes
                    .filter(p -> p.getFileName().toString().matches("[0-9]+"))
                    .toList()) {
                try {
                    String line = Files.readString(process.resolve("cmdline")).replace('\0', ' ');
                    if (line.contains(name)) {
                        found.add(line);
                    }
                } catch (IOException gone) {
                    continue;
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return found;
    }

    /** A command-line agent, as a script by its name on the path. */
    @Test
    void sec01ACommandLineAgentIsTheSameUser() throws IOException {
        Story story = story("""
                agents:
                  claude: {kind: claude-code, env: [ANTHROPIC_API_KEY]}
                workflows: {bug: {stages: [triage, plan]}}
                """);
        Path bin = folder.resolve("bin");
        Scripts.script(bin.resolve("claude"), script("""
                cat > FOLDER/agent/prompt
                id -u > FOLDER/agent/claude-uid
                echo x > "$HOME/mine" && echo x > "$TMPDIR/mine" && echo x > mine && echo fine >> FOLDER/agent/claude-uid
                printf '{"type":"result","subtype":"success","is_error":false,"session_id":"s-1","num_turns":1,'
                printf '"usage":{"input_tokens":10,"output_tokens":5},"structured_output":{"version":1,"status":"ok","summary":"ok",'
                echo '"plan":{"approach":"Correct it.","tasks":[{"id":"T1","title":"Do it","kind":"implement"}],"criteria":["It is."]}}}'
                """));
        story.variables.put("ANTHROPIC_API_KEY", "sk-for-the-agent");
        story.variables.put("PATH", bin + ":/usr/bin:/bin");
        story.bug();

        var ended = story.rings();

        assertThat(Story.moves(ended)).as("%s", ended).contains("plan advanced");
        assertThat(Files.readString(folder.resolve("agent/claude-uid"))).matches("19[0-9]{8}\nfine\n");
        assertThat(folder.resolve("agent/prompt")).content().contains("# Plan");
    }

    /** What the built-in agent's model runs, the servers of its tools, and files that Pawl writes for it. */
    @Test
    void sec01WhatTheBuiltInAgentStartsIsTheSameUser() throws IOException {
        var server = new ScriptedServer()
                .before("id -u > " + folder + "/agent/server-uid")
                .list(ScriptedServer.answer(ScriptedServer.tools("look")));
        try (var provider = new ScriptedProvider().otherwise(AgentIsolationTest::work)) {
            Story story = story("""
                    agents:
                      built-in:
                        kind: model
                        provider: openai
                        model: m
                        base_url: "%s"
                        env: [MODEL_KEY]
                        mcp: {docs: {run: ["%s"]}}
                    roles: {default: built-in}
                    """.formatted(provider.base(ModelProvider.OPENAI), server.in(folder.resolve("docs"))));
            story.bug();

            var ended = story.rings();

            assertThat(Story.moves(ended)).as("%s", ended).contains("implement advanced");
            assertThat(Files.readString(folder.resolve("agent/server-uid"))).matches("19[0-9]{8}\n");
            String ran = provider.asked().stream()
                    .filter(asked ->
                            asked.prompt().contains("# Work") && asked.results().size() == 2)
                    .findFirst()
                    .orElseThrow()
                    .results()
                    .getLast();
            assertThat(ran).contains("exit code 0").containsPattern("19[0-9]{8}\n19[0-9]{8} src/new/file.txt");
            assertThat(canaries.foundIn(ran)).isEmpty();
        }
    }

    private static Reply work(Asked asked) {
        if (asked.prompt().contains("# Work")) {
            return switch (asked.results().size()) {
                case 0 -> Reply.call("write_file", "{\"path\":\"src/new/file.txt\",\"content\":\"x\"}");
                case 1 ->
                    Reply.call(
                            "run",
                            "{\"argv\":[\"sh\",\"-c\",\"id -u; stat -c '%u %n' src/new/file.txt; echo y > src/new/other.txt;"
                                    + " cat /proc/$PPID/environ; env\"]}");
                default -> submit("\"commit\":{\"type\":\"fix\",\"subject\":\"correct the sum\"}");
            };
        }
        return asked.prompt().contains("# Plan")
                ? submit("\"plan\":{\"approach\":\"Correct it.\",\"criteria\":[\"It is.\"],"
                        + "\"tasks\":[{\"id\":\"T1\",\"title\":\"Do it\",\"kind\":\"implement\"}]}")
                : submit("\"findings\":[]");
    }

    private static Reply submit(String fields) {
        return Reply.call("submit_result", "{\"status\":\"ok\",\"summary\":\"done\"," + fields + "}");
    }

    private static long uid(Path file) throws IOException {
        return Integer.toUnsignedLong((Integer) Files.getAttribute(file, "unix:uid"));
    }

    private static String mode(Path file) throws IOException {
        return java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
