package dev.pawl.app;

import dev.pawl.actions.LogCommands;
import dev.pawl.domain.report.Outcome;
import java.io.PrintStream;
import java.util.Map;
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
        subcommands = {AdvanceCommand.class, PolicyCommand.class, SandboxCommand.class, HelpCommand.class},
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
        var environment = new Environment(variables);
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
        if (e instanceof UsageError) {
            String message = String.valueOf(e.getMessage());
            if (environment.onActions()) {
                out.println(LogCommands.error(message));
            } else {
                err.println("pawl: " + message);
            }
            return Outcome.USAGE.exitCode();
        }
        if (environment.onActions()) {
            out.println(LogCommands.error("A defect of Pawl's: " + e.getClass().getSimpleName()));
        }
        err.println("pawl: a defect of Pawl's; please report it with the lines below.");
        e.printStackTrace(err);
        return Outcome.BUG.exitCode();
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
