package dev.pawl.agent.cli;

import static dev.pawl.agent.check.ProgramChecks.area;

import dev.pawl.agent.check.CallFinding;
import dev.pawl.agent.check.ProgramChecks;
import dev.pawl.agent.process.ProgramVersion;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.report.Checkup;
import dev.pawl.domain.report.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Looks at command-line agents before they are needed: program, version, key, and one short answer by the way that all
 * their answers go.
 *
 * @param programs looks at programs
 * @param agents asks
 * @param clock tells how long an answer took
 * @param patience how long it may take
 */
public record CliChecks(ProgramChecks programs, CliAgents agents, InstantSource clock, Duration patience) {
    /**
     * Looks at an agent.
     *
     * @param call whether it is asked, which costs money
     * @throws IllegalArgumentException when the agent is of another kind
     */
    public void look(AgentSpec agent, boolean call, Checkup checkup) {
        Cli cli = CliAgents.CLIS.get(agent.kind());
        if (cli == null) {
            throw new IllegalArgumentException("no command-line agent: " + agent.name());
        }
        boolean there = programs.program(agent, cli.program(), "Install it: " + cli.installation() + ".", checkup);
        boolean starts = there && version(cli, agent, checkup);
        programs.variables(agent, checkup);
        boolean hasKey = key(cli, agent, checkup);
        Optional<String> refusal = cli.refusal(agent);
        refusal.ifPresent(why -> checkup.finds(
                Finding.problem(area(agent), "settings", why, "Correct agents." + agent.name() + " in the policy.")));
        if (call && starts && hasKey && refusal.isEmpty()) {
            call(cli, agent, checkup);
        }
    }

    private boolean version(Cli cli, AgentSpec agent, Checkup checkup) {
        return switch (programs.version(cli.program(), checkup)) {
            case ProgramVersion.Said(String number)
            when number.equals(cli.tried()) -> {
                checkup.finds(Finding.ok(area(agent), "version", "Version " + number + ", which Pawl was tried with."));
                yield true;
            }
            case ProgramVersion.Said(String number) -> {
                checkup.finds(Finding.note(
                        area(agent),
                        "version",
                        "Version " + number + "; Pawl was tried with " + cli.tried() + ".",
                        "If it misbehaves: " + cli.installation() + "."));
                yield true;
            }
            case ProgramVersion.Unsaid(String how) -> {
                checkup.finds(Finding.problem(
                        area(agent),
                        "version",
                        cli.program() + " --version " + how + ".",
                        "Run it by hand; if it fails, install it anew: " + cli.installation() + "."));
                yield false;
            }
        };
    }

    /** Whether there is a key, or may be one. The value is looked at only for being there. */
    private boolean key(Cli cli, AgentSpec agent, Checkup checkup) {
        List<String> named = cli.keys().stream().filter(agent.env()::contains).toList();
        Optional<String> set = named.stream().filter(programs::isSet).findFirst();
        boolean somethingPasses = agent.env().stream().anyMatch(programs::isSet);
        Finding finding;
        if (set.isPresent()) {
            finding = Finding.ok(area(agent), "key", set.get() + " is set.");
        } else if (agent.options().baseUrl().isPresent()) {
            finding = Finding.note(
                    area(agent),
                    "key",
                    "No key is set.",
                    "If the model at its base_url takes one, name a variable in env: " + String.join(" or ", cli.keys())
                            + ".");
        } else if (!named.isEmpty()) {
            finding =
                    Finding.problem(area(agent), "key", named.getFirst() + " isn't set.", giveValue(named.getFirst()));
        } else if (somethingPasses) {
            finding = Finding.note(
                    area(agent),
                    "key",
                    "Its env names none of the variables in which its key is looked for.",
                    "If the key isn't in another one, name " + String.join(" or ", cli.keys()) + ".");
        } else {
            finding = Finding.problem(
                    area(agent),
                    "key",
                    "Its env names no variable that is set, so it has no key.",
                    "Write env: [" + cli.keys().getFirst() + "] below agents." + agent.name() + ". "
                            + giveValue(cli.keys().getFirst()));
        }
        checkup.finds(finding);
        return finding.level() != Finding.Level.PROBLEM;
    }

    private static String giveValue(String variable) {
        return "Give it a value: in the environment here, and in the workflow's step by env: {" + variable
                + ": \"${{ secrets." + variable + " }}\"}.";
    }

    private void call(Cli cli, AgentSpec agent, Checkup checkup) {
        checkup.looks("asking " + cli.program());
        Instant begin = clock.instant();
        AgentOutcome outcome = agents.tryOut(agent, patience);
        checkup.finds(CallFinding.of(area(agent), outcome, Duration.between(begin, clock.instant())));
    }
}
