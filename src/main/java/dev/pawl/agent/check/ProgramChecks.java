package dev.pawl.agent.check;

import dev.pawl.agent.process.Command;
import dev.pawl.agent.process.PassedEnvironment;
import dev.pawl.agent.process.PrivateFolder;
import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.agent.process.ProgramVersion;
import dev.pawl.agent.process.Programs;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.report.Checkup;
import dev.pawl.domain.report.Finding;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for programs and asks them for their version, with an environment that holds none of our variables.
 *
 * @param runner starts them
 * @param environment our own environment: the {@code PATH} is in it
 * @param scratch a folder for what lives as long as one check
 * @param folder where relative programs are
 * @param patience how long a program may take to tell its version
 */
public record ProgramChecks(
        ProcessRunner runner, Map<String, String> environment, Path scratch, Path folder, Duration patience) {
    private static final Duration GRACE = Duration.ofSeconds(2);

    public ProgramChecks {
        environment = Map.copyOf(environment);
    }

    @Override
    public String toString() {
        return "ProgramChecks[" + folder + "]";
    }

    /** Where findings about an agent belong. */
    public static String area(AgentSpec agent) {
        return "agents." + agent.name();
    }

    /**
     * Looks for the program.
     *
     * @param installation how one gets it where it is missing, as a whole sentence
     * @return whether it can be started
     */
    public boolean program(AgentSpec agent, String program, String installation, Checkup checkup) {
        Optional<Path> file = find(program);
        checkup.finds(
                file.isPresent()
                        ? Finding.ok(area(agent), "program", program + " is " + file.get() + ".")
                        : Finding.problem(area(agent), "program", missing(program), installation));
        return file.isPresent();
    }

    private String missing(String program) {
        if (!program.contains("/")) {
            return "There is no program " + program + " on the PATH.";
        }
        try {
            return Files.exists(folder.resolve(program))
                    ? program + " isn't a file that can be run."
                    : "There is no file " + program + " in " + folder + ".";
        } catch (InvalidPathException e) {
            return program + " is no file's name.";
        }
    }

    private Optional<Path> find(String program) {
        var passed = Map.of("PATH", environment.getOrDefault("PATH", ""));
        return Programs.find(new Command(List.of(program), folder, passed, patience, GRACE))
                .map(file -> file.toAbsolutePath().normalize());
    }

    /** Asks the program for its version. Takes as long as the patience lasts, at most. */
    public ProgramVersion version(String program, Checkup checkup) {
        checkup.looks(program + " --version");
        try (var own = PrivateFolder.in(scratch)) {
            var argv = List.of(find(program).map(Path::toString).orElse(program), "--version");
            return ProgramVersion.of(
                    runner,
                    new Command(
                            argv,
                            own.place().temporary(),
                            PassedEnvironment.of(environment, List.of(), own.place()),
                            patience,
                            GRACE));
        }
    }

    /** Says of the variables that an agent is given which ones it can't get. */
    public void variables(AgentSpec agent, Checkup checkup) {
        List<String> refused =
                agent.env().stream().filter(PassedEnvironment::refused).toList();
        if (!refused.isEmpty()) {
            checkup.finds(Finding.problem(
                    area(agent),
                    "env",
                    "No agent may have " + String.join(", ", refused) + ".",
                    "Take it out of agents." + agent.name() + ".env."));
        }
    }

    /** Whether a variable holds anything. */
    public boolean isSet(String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }
}
