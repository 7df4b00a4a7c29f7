package dev.pawl.app;

import dev.pawl.config.PolicyFile;
import dev.pawl.config.PolicyReading;
import dev.pawl.config.PolicyReport;
import dev.pawl.domain.report.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Everything about the policy file. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = "Checks the policy file.",
        subcommands = PolicyCommand.Check.class)
final class PolicyCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Checks a policy file and says what is wrong with it, or what it means. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Says what is wrong with a policy file, or what it means. Exit code 78 when it is invalid.")
    static final class Check implements Callable<Integer> {
        private final PrintStream out;

        @Parameters(
                arity = "0..1",
                paramLabel = "<file>",
                defaultValue = ".github/pawl.yml",
                description = "default: ${DEFAULT-VALUE}")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        Path file;

        @Option(names = "--json", description = "print JSON")
        boolean json;

        Check(PrintStream out) {
            this.out = out;
        }

        @Override
        public Integer call() throws IOException {
            if (!Files.isRegularFile(file)) {
                throw new UsageError("There is no file " + file + ".");
            }
            PolicyReading reading = PolicyFile.read(Files.readString(file), file.toString());
            out.println(json ? PolicyReport.json(reading) : PolicyReport.text(reading));
            return reading instanceof PolicyReading.Invalid ? Outcome.CONFIGURATION.exitCode() : 0;
        }
    }
}
