package dev.pawl.app;

import dev.pawl.app.rehearsal.ArgumentList;
import dev.pawl.app.rehearsal.EngineProcess;
import dev.pawl.app.rehearsal.Options;
import dev.pawl.app.rehearsal.OwnProgram;
import dev.pawl.app.rehearsal.Rehearsal;
import dev.pawl.app.rehearsal.Scenario;
import dev.pawl.app.rehearsal.Screen;
import dev.pawl.app.rehearsal.UnreadableProject;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pawl sandbox}: rehearses a whole walk on an embedded GitHub, with the real engine and without any account. */
@Command(
        name = "sandbox",
        description = {
            "Rehearses a walk from label to pull request on a GitHub inside of this program.",
            "Nothing leaves this machine, and nothing is spent unless --agent names an agent that spends."
        })
public final class SandboxCommand implements Callable<Integer> {
    private final Supplier<EngineProcess> engine;
    private final Supplier<Screen> screen;
    private final Map<String, String> environment;

    @Option(
            names = "--workflow",
            paramLabel = "NAME",
            defaultValue = "bug",
            description = "bug, feature, research, chore, docs or vague (default: bug)")
    private String workflow = "bug";

    @Option(names = "--policy", paramLabel = "FILE", description = "rehearse with this policy file")
    private Optional<Path> policy = Optional.empty();

    @Option(
            names = "--repository",
            paramLabel = "DIR",
            description = "rehearse on a copy of this project's tracked files; the project isn't touched")
    private Optional<Path> repository = Optional.empty();

    @Option(
            names = "--agent",
            paramLabel = "COMMAND",
            description = "let this command do the work; it gets the environment variables that the policy names")
    private Optional<String> agent = Optional.empty();

    @Option(names = "--step", description = "wait for Enter before each invocation")
    private boolean step;

    @Option(names = "--keep", description = "keep the folder with all that the invocations read and wrote")
    private boolean keep;

    @Option(names = "--json", description = "print one JSON object per invocation and one at the end")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    @SuppressWarnings("unused") // picocli reads it, and shows the help
    private boolean help;

    /**
     * The command as it stands in the program.
     *
     * @param environment the process's variables
     * @param out where results go
     */
    public SandboxCommand(Map<String, String> environment, PrintStream out) {
        this(OwnProgram::current, () -> Screen.ofProcess(out, environment), environment);
    }

    SandboxCommand(Supplier<EngineProcess> engine, Supplier<Screen> screen, Map<String, String> environment) {
        this.engine = engine;
        this.screen = screen;
        this.environment = Map.copyOf(environment);
    }

    /** Rehearses; 0 when the walk ended where its workflow ends, else 1. */
    @Override
    public Integer call() {
        Options options = options();
        try {
            return new Rehearsal(engine.get(), screen.get(), environment).run(options, json) ? 0 : 1;
        } catch (UnreadableProject unreadable) {
            throw new UsageError(String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    private Options options() {
        Scenario scenario = Scenario.parse(workflow)
                .orElseThrow(
                        () -> new UsageError("--workflow is one of bug, feature, research, chore, docs and vague"));
        policy.filter(file -> !Files.isRegularFile(file)).ifPresent(file -> {
            throw new UsageError("--policy: there is no file " + file);
        });
        repository.filter(folder -> !Files.isDirectory(folder)).ifPresent(folder -> {
            throw new UsageError("--repository: there is no folder " + folder);
        });
        return new Options(scenario, policy, repository, agent.map(this::argv), step, keep);
    }

    private List<String> argv(String text) {
        try {
            return ArgumentList.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageError("--agent: " + e.getMessage(), e);
        }
    }
}
