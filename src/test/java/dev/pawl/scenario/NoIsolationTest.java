package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.Security;
import dev.pawl.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an ordinary user gets, who can't give agents a user of their own. Where the tests run as root, Pawl is started without being it. */
@Tag(Program.TAG)
@Timeout(240)
@Security
class NoIsolationTest {
    private static final int NOBODY = 65534;
    private static final List<String> TO_NOBODY = List.of(
            "/usr/bin/setpriv",
            "--reuid=" + NOBODY,
            "--regid=" + NOBODY,
            "--clear-groups",
            "--bounding-set=-all",
            "--");

    private Path folder = Path.of("");
    private Story story;

    @BeforeEach
    void aStory() throws IOException {
        folder = OpenFolder.create();
        story = new Story(folder);
        for (int run = 1; run <= 12; run++) {
            Files.createDirectories(folder.resolve("run-" + run + "/workspace"));
        }
        story.agent.runs("plan", "grep -E '^(Uid|NoNewPrivs)' /proc/self/status > " + folder + "/agent/seen");
        asAnOrdinaryUser(story);
    }

    /** As a process of its own either way: its log is what is looked at. */
    private void asAnOrdinaryUser(Story walk) throws IOException {
        boolean root = AgentIsolationTest.isRoot();
        walk.startedBy(new Started(root ? concat(TO_NOBODY, program()) : program()));
        if (root) {
            OpenFolder.give(folder, NOBODY);
        }
    }

    private static List<String> concat(List<String> words, List<String> more) {
        return Stream.concat(words.stream(), more.stream()).toList();
    }

    @AfterEach
    void close() throws IOException {
        story.close();
        OpenFolder.remove(folder);
    }

    /** The binary, or this code in a JVM that anybody can start. */
    private static List<String> program() {
        Optional<Path> binary = Program.binary();
        Path java = Path.of(System.getProperty("java.home"), "bin/java");
        List<String> words = binary.map(b -> List.of(b.toString()))
                .orElseGet(() -> List.of(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        Path.of("target/classes").toAbsolutePath() + ":"
                                + Path.of("target/lib").toAbsolutePath() + "/*",
                        "dev.pawl.Main"));
        assumeTrue(
                !AgentIsolationTest.isRoot()
                        || (reachable(Path.of(words.getFirst()))
                                && reachable(Path.of("target").toAbsolutePath())),
                "skipped: other users can't start " + words.getFirst() + " from here");
        return words;
    }

    private static boolean reachable(Path path) {
        try {
            for (Path at = path.toRealPath(); at != null; at = at.getParent()) {
                if (((Integer) Files.getAttribute(at, "unix:mode") & 1) == 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private record Started(List<String> program) implements Program {
        @Override
        public Ended run(List<String> words, Map<String, String> environment, Path folder) {
            return new Binary(Path.of(program.getFirst()))
                    .run(concat(program.subList(1, program.size()), words), environment, folder);
        }
    }

    /** The same list of names as where there is isolation: the same launcher. */
    @Test
    void sec03TheEnvironmentIsTheAllowListHereToo() throws IOException {
        story.agent.runs("plan", "env > " + folder + "/agent/variables");
        for (String name : List.of("GITHUB_TOKEN", "ACTIONS_RUNTIME_TOKEN", "RUNNER_SECRET", "INPUT_KEY", "MY_KEY")) {
            story.variables.put(name, "canary-" + name);
        }
        story.bug();

        story.rings();

        String variables = Files.readString(folder.resolve("agent/variables"));
        assertThat(variables).doesNotContain("canary-", story.github.actionsToken());
        assertThat(variables.lines().map(line -> line.substring(0, line.indexOf('='))))
                .filteredOn(name -> !Set.of("_", "OLDPWD", "PWD", "SHLVL").contains(name)) // the shell's own
                .containsExactlyInAnyOrder(
                        "HOME", "LANG", "PATH", "PAWL_MARK", "PAWL_REQUEST", "PAWL_RESULT", "TMPDIR");
    }

    @Test
    void agentsRunAsTheSameUserAndTheLogSaysSo() throws IOException {
        story.bug();

        var ended = story.rings();

        assertThat(Story.moves(ended)).as("%s", ended).endsWith("open_pr advanced");
        assertThat(Files.readString(folder.resolve("agent/seen"))).contains("NoNewPrivs:\t1");
        assertThat(ended.stream()
                        .map(Story.Ended::log)
                        .flatMap(String::lines)
                        .filter(l -> l.contains("isolation=none")))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line)
                                .endsWith(
                                        "reason=\"Pawl doesn't run as root, which alone can give agents a user of their own\""));
    }

    @Test
    void whereIsolationIsRequiredNoAgentStarts() {
        story.variables.put("PAWL_ISOLATION", "required");
        story.bug();

        var ended = story.rings();

        assertThat(story.agent.asked()).isEmpty();
        assertThat(ended.getLast().exit()).isEqualTo(78);
        assertThat(ended.getLast().writes()).isZero();
        assertThat(ended.getLast().output("reason"))
                .isEqualTo(
                        "Agents can't be kept apart from Pawl here: Pawl doesn't run as root, which alone can give agents a"
                                + " user of their own. Run Pawl from its image, or as root on Linux with util-linux, in a folder that other"
                                + " users can pass through; or set agents.isolation to best-effort in the policy.");
    }

    @Test
    void aPolicyCanRequireItToo() throws IOException {
        story.close();
        story = new Story(
                folder.resolve("other"), Story.POLICY.replace("agents:\n", "agents:\n  isolation: required\n"));
        for (int run = 1; run <= 12; run++) {
            Files.createDirectories(folder.resolve("other/run-" + run + "/workspace"));
        }
        asAnOrdinaryUser(story);
        story.bug();

        var ended = story.rings();

        assertThat(ended.getLast().exit()).isEqualTo(78);
        assertThat(ended.stream().map(Story.Ended::log).collect(Collectors.joining()))
                .contains("isolation=refused");
    }
}
