package dev.pawl.app;

import dev.pawl.actions.EventReader;
import dev.pawl.actions.LogCommands;
import dev.pawl.actions.RunnerFiles;
import dev.pawl.domain.decide.Trigger;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Moves one issue one stage further. */
@Command(
        name = "advance",
        mixinStandardHelpOptions = true,
        description =
                "Moves one issue one stage further: the event's issue in a GitHub Actions step, else the named one.",
        footer = {"", "From a laptop: GITHUB_TOKEN=… pawl advance --repo owner/name --issue 42 --dry-run"})
final class AdvanceCommand implements Callable<Integer> {
    private static final long MOST_BYTES = 32L << 20;

    private final Environment given;
    private final PrintStream out;

    @Option(names = "--repo", paramLabel = "<owner/name>", description = "the repository, outside of GitHub Actions")
    Optional<String> repo = Optional.empty();

    @Option(names = "--issue", paramLabel = "<number>", description = "the issue, outside of GitHub Actions")
    Optional<String> issue = Optional.empty();

    @Option(names = "--dry-run", description = "read everything, write nothing, print what would be written")
    boolean dryRun;

    @Option(names = "--json", description = "print the result as JSON")
    boolean json;

    AdvanceCommand(Environment environment, PrintStream out) {
        this.given = environment;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        Environment environment = repo.map(given::onLaptop).orElse(given);
        Trigger trigger = repo.isPresent() ? byHand(environment) : event(environment);
        Report report = trigger instanceof Trigger.NotOurs(String why)
                ? Report.of(Outcome.NOTHING, OptionalInt.empty(), "Nothing to do: " + why + ".")
                : Wiring.advance(
                        new Invocation(
                                environment,
                                environment.required("GITHUB_REPOSITORY"),
                                trigger,
                                dryRun || environment.dryRun()),
                        line -> out.println(LogCommands.plain(line)));
        if (!json && environment.variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN").isPresent()) {
            out.println("pawl: the job has the permission `id-token: write`, which Pawl has no use for: take it away");
        }
        Optional<String> unwritten = write(environment, report);
        show(environment, report);
        unwritten.ifPresent(why -> out.println(LogCommands.error("The outputs can't be written: " + why)));
        int code = report.outcome().exitCode();
        return code == 0 && unwritten.isPresent() ? Outcome.CONFIGURATION.exitCode() : code;
    }

    private static Trigger event(Environment environment) throws IOException {
        String name = environment.required("GITHUB_EVENT_NAME");
        Path file = Path.of(environment.required("GITHUB_EVENT_PATH"));
        if (!Files.isRegularFile(file)) {
            throw new UsageError("The event's file, GITHUB_EVENT_PATH, isn't there.");
        }
        if (Files.size(file) > MOST_BYTES) {
            return new Trigger.NotOurs("the event's payload is too large");
        }
        return new EventReader(environment.number("GITHUB_REPOSITORY_ID"), environment.issue(), environment.stage())
                .read(name, new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8));
    }

    private Trigger byHand(Environment environment) {
        OptionalInt number = issue.map(EventReader::number).orElse(OptionalInt.empty());
        if (number.isEmpty()) {
            throw new UsageError("--repo needs --issue and an issue's number, such as --issue 42.");
        }
        Actor whoever = Wiring.account(environment);
        return new Trigger.Dispatched(number.getAsInt(), environment.stage(), whoever);
    }

    /** The work is done by now, whether that can be told or not. */
    private static Optional<String> write(Environment environment, Report report) {
        try {
            new RunnerFiles(
                            environment.variable("GITHUB_OUTPUT").map(Path::of),
                            environment.variable("GITHUB_STEP_SUMMARY").map(Path::of),
                            environment.secrets())
                    .write(report);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void show(Environment environment, Report report) {
        if (json) {
            out.println(Json.of(RunnerFiles.outputs(report)));
            return;
        }
        String issueName = report.issue().isPresent() ? "#" + report.issue().getAsInt() + " " : "";
        String next = report.next().map(n -> "; next: " + n.word()).orElse("");
        out.println(LogCommands.plain("pawl: " + issueName + report.outcome().word() + ": " + report.reason() + next));
        if (report.outcome().exitCode() != 0 && environment.onActions()) {
            out.println(LogCommands.error(report.reason()));
        }
    }
}
