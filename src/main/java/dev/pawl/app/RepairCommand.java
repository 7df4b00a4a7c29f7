package dev.pawl.app;

import dev.pawl.actions.EventReader;
import dev.pawl.actions.LogCommands;
import dev.pawl.domain.decide.Trigger;
import dev.pawl.domain.model.Actor;
import dev.pawl.domain.report.Diagnosis;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.report.Report;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.text.RepairText;
import dev.pawl.engine.Repairer;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pawl repair}: says what is wrong with an issue's state comment, and writes it anew. */
@Command(
        name = "repair",
        mixinStandardHelpOptions = true,
        description = {
            "Says what is wrong with an issue's state comment, and what is left of its run in ledger,",
            "branch, pull request and comments. With --write it writes the state anew from that, at the",
            "same stage or an earlier one, and deletes other comments of Pawl's that claim to be the state.",
            "It starts no stage and no agent."
        },
        footer = {
            "",
            "GITHUB_TOKEN=… pawl repair --repo owner/name --issue 42 --bot-id 41898282",
            "",
            "--write needs the token of the account that Pawl runs under, as a step of a workflow has",
            "it, and the key in INPUT_STATE-KEY where states are signed.",
            "",
            "Exit codes: 0 nothing is wrong, or it was mended; 64 usage; 75 try again later;",
            "77 the token lacks a permission; 78 something must be mended."
        })
final class RepairCommand implements Callable<Integer> {
    private final Environment given;
    private final PrintStream out;

    @Option(names = "--repo", paramLabel = "<owner/name>", description = "the repository (default: GITHUB_REPOSITORY)")
    Optional<String> repo = Optional.empty();

    @Option(names = "--issue", paramLabel = "<number>", required = true, description = "the issue")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    String issue;

    @Option(
            names = "--bot-id",
            paramLabel = "<id>",
            description = "the account that Pawl runs under, by its numeric id (default: the token's own);"
                    + " 41898282 is github-actions[bot]")
    Optional<String> botId = Optional.empty();

    @Option(names = "--write", description = "mend what can be mended")
    boolean write;

    @Option(names = "--json", description = "print one JSON object")
    boolean json;

    RepairCommand(Environment environment, PrintStream out) {
        this.given = environment;
        this.out = out;
    }

    @Override
    public Integer call() {
        OptionalInt number = EventReader.number(issue);
        if (number.isEmpty()) {
            throw new UsageError("--issue is an issue's number, such as --issue 42.");
        }
        Environment environment = environment();
        if (write) {
            writesAsPawl(environment);
        }
        var invocation =
                new Invocation(environment, environment.required("GITHUB_REPOSITORY"), new Trigger.Sweep(), !write);
        return switch (Wiring.repair(invocation, number.getAsInt(), write)) {
            case Repairer.Repaired.Failed(Report report) -> {
                out.println(json ? Json.of(failed(report)) : LogCommands.plain("pawl: " + report.reason()));
                yield report.outcome().exitCode();
            }
            case Repairer.Repaired.Done(Diagnosis diagnosis) -> {
                if (json) {
                    out.println(Json.of(fields(diagnosis)));
                } else {
                    RepairText.of(diagnosis).forEach(line -> out.println(LogCommands.plain(line)));
                }
                yield exitCode(diagnosis);
            }
        };
    }

    private Environment environment() {
        Environment here = given.onLaptop(repo.orElseGet(() -> given.required("GITHUB_REPOSITORY")));
        return botId.map(id -> here.with("INPUT_BOT-ID", id)).orElse(here);
    }

    /** A person's token would write a comment that Pawl doesn't take for its own. */
    private static void writesAsPawl(Environment environment) {
        Actor writer = Wiring.account(environment);
        if (!writer.isPerson() || environment.botId().equals(OptionalLong.of(writer.id()))) {
            return;
        }
        throw new UsageError("--write needs the token of the account that Pawl runs under, and this one is "
                + writer.login()
                + "'s. Run it in a step of a workflow, or have the run forgotten by `/pawl reset` on the"
                + " issue. If Pawl does run under that account, say so with --bot-id " + writer.id() + ".");
    }

    private static int exitCode(Diagnosis diagnosis) {
        return diagnosis.end() == Diagnosis.End.LATER
                ? Outcome.RETRY_LATER.exitCode()
                : diagnosis.isTrouble() ? Outcome.CONFIGURATION.exitCode() : 0;
    }

    private Map<String, Object> failed(Report report) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("issue", report.issue().orElse(0));
        fields.put("found", "unknown");
        fields.put("detail", report.reason());
        fields.put("written", false);
        return fields;
    }

    private static Map<String, Object> fields(Diagnosis diagnosis) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("issue", diagnosis.issue());
        fields.put("found", diagnosis.found().word());
        fields.put("detail", diagnosis.detail());
        fields.put("written", diagnosis.end() == Diagnosis.End.WRITTEN);
        fields.put("doubles", diagnosis.oddities().doubles());
        fields.put(
                "claimants",
                diagnosis.oddities().claimants().stream().map(Actor::id).toList());
        Optional<RunState> state = diagnosis.state();
        state.ifPresent(s -> {
            fields.put("run", s.id().run());
            fields.put("state", s.state().word());
            fields.put("next", s.due().map(StageRecord::kind).map(k -> k.word()).orElse(""));
        });
        return fields;
    }
}
