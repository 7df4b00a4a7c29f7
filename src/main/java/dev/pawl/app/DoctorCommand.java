package dev.pawl.app;

import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.app.doctor.AgentChecks;
import dev.pawl.app.doctor.Doctor;
import dev.pawl.app.doctor.JsonCheckup;
import dev.pawl.app.doctor.TextCheckup;
import dev.pawl.app.rehearsal.Screen;
import dev.pawl.domain.report.Checkup;
import dev.pawl.domain.report.Finding;
import dev.pawl.engine.Settings;
import dev.pawl.forge.github.GitHubForge;
import dev.pawl.forge.github.RepositoryChecks;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pawl doctor}: looks at what Pawl needs before the first token is spent, and says what to mend. */
@Command(
        name = "doctor",
        description = {
            "Looks at what Pawl needs, and says what to mend: this machine and the policy;",
            "with --agents, whether each agent would work; with --repo, what GitHub says."
        },
        footer = {
            "",
            "pawl doctor                      this machine and .github/pawl.yml",
            "pawl doctor --agents             and each agent of the policy: its program,",
            "                                 version and key, and one short question",
            "pawl doctor --agents claude      and this agent only",
            "pawl doctor --agents --no-call   and nobody is asked: it costs nothing",
            "pawl doctor --repo owner/name    and the repository: permissions, policy,",
            "                                 workflow, settings",
            "",
            "What a question costs: less than a cent for the built-in agent, and up to ten",
            "cents for a command-line agent, which sends its own instructions along.",
            "",
            "Exit codes: 0 nothing has to be mended, 64 usage, 75 something couldn't be",
            "reached: try again later, 78 something must be mended."
        })
final class DoctorCommand implements Callable<Integer> {
    private final Environment given;
    private final PrintStream out;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "the policy's file here (default: " + Settings.POLICY_PATH + ")")
    private Optional<Path> policy = Optional.empty();

    @Option(names = "--agents", description = "look at the agents, too: all of the policy, or those that are named")
    private boolean agents;

    @Option(names = "--no-call", description = "with --agents: ask no agent anything, so that it costs nothing")
    private boolean noCall;

    @Option(
            names = "--repo",
            paramLabel = "OWNER/NAME",
            description = "look at this repository, too, with the token in GITHUB_TOKEN or GH_TOKEN")
    private Optional<String> repo = Optional.empty();

    @Option(names = "--json", description = "print one JSON object at the end")
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "AGENT", description = "with --agents: only agents of these names")
    private List<String> names = List.of();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    @SuppressWarnings("unused") // picocli reads it, and shows the help
    private boolean help;

    DoctorCommand(Environment environment, PrintStream out) {
        this.given = environment;
        this.out = out;
    }

    @Override
    public Integer call() {
        if (!agents && (noCall || !names.isEmpty())) {
            throw new UsageError("Agents' names and --no-call go with --agents.");
        }
        policy.filter(file -> !Files.isRegularFile(file)).ifPresent(file -> {
            throw new UsageError("There is no file " + file + ".");
        });
        List<Finding> findings;
        if (json) {
            var checkup = new JsonCheckup();
            look(checkup);
            findings = checkup.findings();
            out.println(checkup.text());
        } else {
            var screen = Screen.ofProcess(out, given.variables());
            if (agents && !noCall) {
                screen.line("Each agent is asked one short question, which costs money; --no-call leaves it out.");
                screen.line("");
            }
            var checkup = new TextCheckup(screen);
            look(checkup);
            findings = checkup.closed();
        }
        return Finding.outcome(findings).exitCode();
    }

    private void look(Checkup checkup) {
        if (repo.isEmpty()) {
            look(given, Optional.empty(), checkup);
            return;
        }
        Environment environment = given.onLaptop(repo.get());
        Wiring.onForge(environment, (connection, forge) -> {
            look(environment, Optional.of(new OnGitHub(new RepositoryChecks(connection), forge)), checkup);
            return true;
        });
    }

    private void look(Environment environment, Optional<Doctor.Repository> repository, Checkup checkup) {
        try (var scratch = new Scratch(environment.scratch(), false);
                var isolation = environment.isolation(scratch::folder);
                var runner = new ProcessRunner(InstantSource.system(), Wiring.nonces(), isolation::launcher)) {
            var host = new AgentChecks.Host(
                    environment.variables(),
                    scratch.folder(),
                    Path.of("").toAbsolutePath(),
                    InstantSource.system(),
                    Wiring.nonces());
            var machine = new Doctor.Machine(
                    System.getProperty("os.name", "") + " " + System.getProperty("os.arch", ""),
                    new Version().getVersion()[0],
                    environment.variables(),
                    isolation.under(environment.isolationRule()));
            new Doctor(machine, repository, AgentChecks.on(runner, host)).look(wishes(environment), checkup);
        }
    }

    private Doctor.Wishes wishes(Environment environment) {
        return new Doctor.Wishes(
                policy.orElse(Path.of(Settings.POLICY_PATH)),
                environment.policyPath(),
                agents ? new Doctor.Agents.These(names, !noCall) : new Doctor.Agents.None());
    }

    /**
     * The repository on GitHub.
     *
     * @param checks looks at it
     * @param forge reads its files
     */
    private record OnGitHub(RepositoryChecks checks, GitHubForge forge) implements Doctor.Repository {
        @Override
        public boolean look(Checkup checkup) {
            return checks.look(checkup);
        }

        @Override
        public Optional<String> file(String path) {
            return forge.defaultBranchFile(path);
        }
    }
}
