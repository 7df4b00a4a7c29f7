package dev.pawl.app;

import dev.pawl.actions.LogCommands;
import dev.pawl.actions.RunnerFiles;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line. Without arguments in a GitHub Actions step it is {@code pawl advance}. */
@Command(
        name = "pawl",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Moves one GitHub issue one stage further each time it runs.",
        subcommands = {
            AdvanceCommand.class,
            PolicyCommand.class,
            DoctorCommand.class,
            SandboxCommand.class,
            RepairCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "In a GitHub Actions step, without arguments: pawl advance.",
            "Exit codes: 0 done or nothing to do, 64 usage, 70 a defect of Pawl's, 75 try again later,",
            "77 the token lacks a permission, 78 policy or configuration invalid."
        })
public final class Pawl implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Runs a command line; never throws, never exits. */
    public static int run(String[] args, Map<String, String> variables, PrintStream out, PrintStream err) {
        return run(args, new Environment(variables), out, err);
    }

    /** The same, in surroundings that may not be this machine's own. */
    public static int run(String[] args, Environment environment, PrintStream out, PrintStream err) {
        String[] words = args.length == 0 && environment.onActions() ? new String[] {"advance"} : args;
        var commands = new CommandLine(new Pawl(), new Commands(environment, out));
        commands.setOut(new java.io.PrintWriter(out, true, java.nio.charset.StandardCharsets.UTF_8));
        commands.setErr(new java.io.PrintWriter(err, true, java.nio.charset.StandardCharsets.UTF_8));
        commands.setParameterExceptionHandler((e, _) -> {
            err.println("pawl: " + e.getMessage());
            err.println("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return Outcome.USAGE.exitCode();
        });
        commands.setExecutionExceptionHandler((e, _, _) -> failure(e, environment, out, err));
        return commands.execute(words);
    }

    private static int failure(Exception e, Environment environment, PrintStream out, PrintStream err) {
        Optional<UsageError> usage = usage(e);
        if (usage.isPresent()) {
            String message = String.valueOf(usage.get().getMessage());
            outputs(Outcome.USAGE, message, environment, err);
            if (environment.onActions()) {
                out.println(LogCommands.error(message));
            } else {
                err.println("pawl: " + message);
            }
            return Outcome.USAGE.exitCode();
        }
        Optional<UncheckedIOException> disk = disk(e);
        if (disk.isPresent()) {
            String message = "This machine's disk can't be used: " + disk.get().getMessage()
                    + ". Free space, or set RUNNER_TEMP to a folder that can be written.";
            outputs(Outcome.CONFIGURATION, message, environment, err);
            out.println(environment.onActions() ? LogCommands.error(message) : "pawl: " + message);
            return Outcome.CONFIGURATION.exitCode();
        }
        outputs(Outcome.BUG, "A defect of Pawl's: " + e.getClass().getSimpleName(), environment, err);
        if (environment.onActions()) {
            out.println(LogCommands.error("A defect of Pawl's: " + e.getClass().getSimpleName()));
        }
        err.println("pawl: a defect of Pawl's; please report it with the lines below.");
        e.printStackTrace(err);
        return Outcome.BUG.exitCode();
    }

    /** What is wrong with how we were called; beans wrap it in exceptions of their own. */
    private static Optional<UsageError> usage(Throwable e) {
        return e instanceof UsageError error
                ? Optional.of(error)
                : Optional.ofNullable(e.getCause()).flatMap(Pawl::usage);
    }

    /** Trouble with our own files, which is nobody's defect. */
    private static Optional<UncheckedIOException> disk(Throwable e) {
        return e instanceof UncheckedIOException error
                ? Optional.of(error)
                : Optional.ofNullable(e.getCause()).flatMap(Pawl::disk);
    }

    /** The workflow's next steps read the outcome of a job that failed, too. */
    private static void outputs(Outcome outcome, String reason, Environment environment, PrintStream err) {
        try {
            new RunnerFiles(
                            environment.variable("GITHUB_OUTPUT").map(Path::of),
                            environment.variable("GITHUB_STEP_SUMMARY").map(Path::of),
                            environment.secrets())
                    .write(Report.of(outcome, OptionalInt.empty(), reason));
        } catch (IOException | RuntimeException e) {
            err.println("pawl: the outputs can't be written: " + e.getMessage());
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
