package dev.pawl.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.container.RunnersWorld.Step;
import dev.pawl.sandbox.SandboxIssue;
import dev.pawl.scenario.Canaries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hostile agent in the image, on a runner that is full of secrets: Pawl is root there, and process 1. */
@Tag("container")
@Timeout(300)
class HostileImageTest {
    private static final String NO_TRAP = ":";

    @TempDir
    Path folder = Path.of("");

    private final Canaries canaries = new Canaries();
    private final List<String> outgoing = new CopyOnWriteArrayList<>();
    private RunnersWorld world;
    private Iterator<String> traps = List.<String>of().iterator();

    @BeforeEach
    void world() throws IOException {
        try (var agent = HostileImageTest.class.getResourceAsStream("/container/hostile.sh")) {
            world = new RunnersWorld(folder, new String(agent.readAllBytes(), StandardCharsets.UTF_8));
        }
        world.github.observe(exchange -> outgoing.add(exchange.path() + exchange.query() + exchange.requestBody()));
        world.steps(step -> step.with("ACTIONS_RUNTIME_TOKEN", canaries.in("runtime"))
                .with("ACTIONS_ID_TOKEN_REQUEST_TOKEN", canaries.in("id"))
                .with("GITHUB_TOKEN", canaries.in("token"))
                .with("MODEL_KEY", canaries.in("key"))
                .with("INPUT_STATE-KEY", canaries.in("state key"))
                .put("/github/home/.npmrc", canaries.in("home"))
                .put("/github/workflow/other.json", canaries.in("workflow"))
                .put("/github/workspace/.git/config", canaries.in("workspace"))
                .put("/github/runner_temp/git-credentials", canaries.in("temp"))
                .open("loot", "")
                .open("trap", traps.hasNext() ? traps.next() : NO_TRAP));
    }

    @AfterEach
    void nobodyAskedDocker() throws IOException {
        world.close();
    }

    @Test
    @DisplayName("SEC-01 SEC-02 SEC-03 in the image an agent is a user of its own and gets nothing")
    void theAgentGetsNothing() {
        SandboxIssue issue = world.bug("The file sum.txt says that 2 + 2 is 5, and it should say 4.");

        List<Step> walk = world.rings();

        assertThat(RunnersWorld.moves(walk)).as("%s", walk).endsWith("review advanced", "open_pr advanced");
        String loot =
                String.join("\n", walk.stream().map(s -> s.files().left("loot")).toList());
        assertThat(loot)
                .contains("stage plan", "stage implement", "stage review", "stage open_pr")
                .contains("uid=10001(agent) gid=10001(agent) groups=10001(agent)\n")
                .contains("CapPrm:\t0000000000000000", "CapEff:\t0000000000000000", "CapBnd:\t0000000000000000")
                .contains("NoNewPrivs:\t1", "a socket is there")
                .doesNotContain("REACHED", world.github.actionsToken());
        assertThat(canaries.foundIn(loot)).as("taken").isEmpty();
        assertNothingGotOut(walk, issue);
        assertThat(walk).allSatisfy(step -> {
            assertThat(List.of("save_state", "set_env", "add_path"))
                    .allSatisfy(name -> assertThat(step.files().wrote(name)).isEmpty());
            assertThat(step.before()).as("the workspace").isEqualTo(step.files().workspace());
        });
    }

    @Test
    @DisplayName("SEC-15 in the image a result that is a trap isn't read, and nothing hangs")
    void aResultThatIsATrapIsNotRead() {
        traps = List.of(
                        NO_TRAP, // triage asks no agent
                        "ln -s /github/workflow/other.json \"$PAWL_RESULT\"; exit 0",
                        "mkfifo \"$PAWL_RESULT\"; exit 0",
                        "truncate -s 10G \"$PAWL_RESULT\" || truncate -s 3G \"$PAWL_RESULT\"; exit 0")
                .iterator();
        SandboxIssue issue = world.bug("The file sum.txt says that 2 + 2 is 5, and it should say 4.");

        List<Step> walk = world.rings();

        assertThat(RunnersWorld.moves(walk))
                .as("%s", walk)
                .containsExactly("triage advanced", "plan failed", "plan failed", "plan blocked");
        assertNothingGotOut(walk, issue);
    }

    @Test
    @DisplayName(
            "SEC-02 in the image a socket of the engine that everybody can write to is an unsafe runner: no agent starts")
    void anEnginesSocketThatIsOpenIsAnUnsafeRunner() throws IOException {
        Files.setPosixFilePermissions(world.socketFile(), PosixFilePermissions.fromString("rwxrwxrwx"));
        world.bug("The file sum.txt says that 2 + 2 is 5, and it should say 4.");

        List<Step> walk = world.rings();

        Step last = walk.getLast();
        assertThat(last.exit()).as(last.log()).isEqualTo(78);
        assertThat(last.files().outputs().get("reason"))
                .startsWith("This runner is unsafe: an agent could reach ")
                .contains("docker.sock");
        assertThat(walk)
                .allSatisfy(step -> assertThat(step.files().left("loot")).isEmpty());
    }

    private void assertNothingGotOut(List<Step> walk, SandboxIssue issue) {
        assertThat(canaries.foundIn(String.join("\n", outgoing))).as("sent").isEmpty();
        assertThat(canaries.foundIn(world.github.describe() + issue.comments()))
                .as("kept")
                .isEmpty();
        assertThat(canaries.foundIn(
                        String.join("\n", walk.stream().map(Step::log).toList())))
                .as("logged")
                .isEmpty();
    }
}
