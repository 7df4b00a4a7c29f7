package dev.pawl.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.agent.check.ProgramChecks;
import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.agent.process.Scripts;
import dev.pawl.domain.Collected;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.report.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandChecksTest {
    @TempDir
    Path folder = Path.of("");

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));
    private final ProcessRunner runner =
            new ProcessRunner(clock, () -> UUID.randomUUID().toString());

    @AfterEach
    void close() {
        runner.close();
    }

    @Test
    void aProgramOfOnesOwnIsLookedForAndNeverStarted() {
        Scripts.script(folder.resolve("tools/agent"), "touch " + folder + "/started");

        assertThat(look(AgentSpec.Kind.COMMAND, List.of("./tools/agent"), "SET_KEY")
                        .findings())
                .containsExactly(
                        Finding.ok("agents.mine", "program", "./tools/agent is " + folder.resolve("tools/agent") + "."),
                        new Finding(
                                "agents.mine",
                                "call",
                                Finding.Level.OK,
                                "A program of your own is asked nothing here.",
                                Optional.of("To see it work, rehearse with it: pawl sandbox --agent ./tools/agent.")));
        assertThat(folder.resolve("started")).doesNotExist();
    }

    @Test
    void whatIsMissingIsSaidWithWhereItBelongs() throws IOException {
        Files.createDirectories(folder.resolve("tools"));
        Files.writeString(folder.resolve("tools/text"), "hello");

        assertThat(look(AgentSpec.Kind.COMMAND, List.of("./tools/agent")).findings())
                .containsExactly(Finding.problem(
                        "agents.mine",
                        "program",
                        "There is no file ./tools/agent in " + folder + ".",
                        "Commit it on the base branch, executable: git add --chmod=+x ./tools/agent."));
        assertThat(look(AgentSpec.Kind.COMMAND, List.of("./tools/text", "-v"))
                        .of("program")
                        .says())
                .isEqualTo("./tools/text isn't a file that can be run.");
        assertThat(look(AgentSpec.Kind.COMMAND, List.of("no-such-agent")).findings())
                .containsExactly(Finding.problem(
                        "agents.mine",
                        "program",
                        "There is no program no-such-agent on the PATH.",
                        "Install it where Pawl runs, or correct agents.mine.run."));
        assertThat(look(AgentSpec.Kind.COMMAND, List.of("/no/agent"))
                        .of("program")
                        .todo())
                .hasValue("Put it there, executable, on the machine that runs Pawl.");
    }

    @Test
    void variablesWithoutAValueAreNoted() {
        assertThat(look(AgentSpec.Kind.COMMAND, List.of("sh"), "SET_KEY", "OTHER_KEY", "RUNNER_TEMP")
                        .findings())
                .contains(
                        Finding.problem(
                                "agents.mine",
                                "env",
                                "No agent may have RUNNER_TEMP.",
                                "Take it out of agents.mine.env."),
                        Finding.note(
                                "agents.mine",
                                "env",
                                "Not set here: OTHER_KEY, RUNNER_TEMP.",
                                "If the program needs it, give it a value in the workflow's step, below env."));
    }

    @Test
    void anAgentByTheClientProtocolTellsItsVersion() {
        Scripts.script(folder.resolve("bin/speaks"), "[ \"$*\" = --version ] && echo speaks 1.4.2");
        Scripts.script(folder.resolve("bin/silent"), "exit 2");

        assertThat(look(AgentSpec.Kind.ACP, List.of("speaks", "acp")).of("version"))
                .isEqualTo(Finding.ok("agents.mine", "version", "Version 1.4.2."));
        assertThat(look(AgentSpec.Kind.ACP, List.of("silent", "acp"))
                        .of("version")
                        .level())
                .isEqualTo(Finding.Level.NOTE);
    }

    private Collected look(AgentSpec.Kind kind, List<String> run, String... env) {
        var environment = Map.of("PATH", folder.resolve("bin") + ":/usr/bin:/bin", "SET_KEY", "canary");
        var programs = new ProgramChecks(runner, environment, folder.resolve("scratch"), folder, Duration.ofMinutes(1));
        var collected = new Collected();
        new CommandChecks(programs).look(new AgentSpec("mine", kind, Optional.empty(), run, List.of(env)), collected);
        assertThat(collected.findings().toString()).doesNotContain("canary");
        return collected;
    }
}
