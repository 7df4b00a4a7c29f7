package dev.pawl.agent.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.Security;
import dev.pawl.git.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the launcher gives a command, as root only. */
@Timeout(120)
@Security
class OtherUserTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final AgentUser user = AgentUser.ofNobodyElse(UUID.randomUUID().toString());
    private Path scratch = Path.of("");

    @BeforeEach
    void asRootOnly() throws IOException {
        assumeTrue(ProcessTable.isThere(), "skipped: this isn't Linux");
        assumeTrue(
                Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
                "skipped: only root can start a process as another user, and this isn't root");
        assumeTrue(Launcher.missing().isEmpty(), "skipped: there is no " + Launcher.missing());
        scratch = Files.createTempDirectory("pawl-user");
        Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void clean() throws IOException {
        if (!scratch.toString().isEmpty()) {
            Folders.remove(scratch);
        }
    }

    private Ended.Ran run(String script, long memory) {
        Path tree = scratch.resolve("tree");
        try (var folder = PrivateFolder.in(scratch);
                var runner = new ProcessRunner(
                        InstantSource.system(),
                        () -> UUID.randomUUID().toString(),
                        new Fixed(Launcher.as(user, () -> scratch, memory))::launcher)) {
            Files.createDirectories(tree);
            var environment = PassedEnvironment.of(Map.of("PATH", "/usr/bin:/bin"), List.of(), folder.place());
            return (Ended.Ran) runner.run(new Command(List.of("sh", "-c", script), tree, environment, LONG, LONG));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private record Fixed(Launcher launcher) {}

    @Test
    void whoHoldsTooMuchMemoryIsEnded() {
        var ended = run("head -c 400m /dev/zero | tail | sleep 1000", 100L << 20);

        assertThat(ended.code()).isEqualTo(137);
        assertThat(ended.took()).isLessThan(LONG);
        assertThat(ProcessTable.of(user.uid()).processes()).isZero();
    }

    @Test
    void whoEndlesslyStartsProcessesRunsIntoTheLimitAndIsEnded() {
        var ended = run("(while :; do sleep 1000 & done) 2>/dev/null & sleep 1; exit 3", Long.MAX_VALUE);

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ProcessTable.of(user.uid()).processes()).isZero();
    }

    @Test
    void aFileWithTwoNamesIsNotGivenAway() throws IOException {
        Path ours = Files.writeString(scratch.resolve("ours"), "ours");
        Files.createLink(Files.createDirectories(scratch.resolve("tree")).resolve("link"), ours);

        run(":", Long.MAX_VALUE);

        assertThat(Files.getAttribute(ours, "unix:uid")).isEqualTo(0);
        assertThat(Files.getAttribute(scratch.resolve("tree"), "unix:uid")).isEqualTo((int) user.uid());
    }

    @Test
    void whatIsWrittenLaterFollowsNoLinkAndBelongsToTheUser() throws IOException {
        run("ln -s /etc deep; ln -s " + scratch.resolve("ours") + " file; mkfifo pipe", Long.MAX_VALUE);
        Path ours = Files.writeString(scratch.resolve("ours"), "ours");
        Path tree = scratch.resolve("tree");

        for (String name : List.of("deep/in/it", "file", "pipe")) {
            Within.write(tree, tree.resolve(name), "new".getBytes(StandardCharsets.UTF_8));
            assertThat(tree.resolve(name)).as(name).hasContent("new").isRegularFile();
            assertThat(Files.getAttribute(tree.resolve(name), "unix:uid"))
                    .as(name)
                    .isEqualTo((int) user.uid());
        }
        assertThat(ours).hasContent("ours");
        assertThat(Path.of("/etc/in")).doesNotExist();
    }
}
