package dev.pawl.agent.command;

import static dev.pawl.agent.check.ProgramChecks.area;

import dev.pawl.agent.check.ProgramChecks;
import dev.pawl.agent.process.ProgramVersion;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.report.Checkup;
import dev.pawl.domain.report.Finding;
import java.util.List;
import java.util.Optional;

/**
 * Looks at agents that name their own command line. They are asked nothing: what a question to such a program costs, or
 * does, only its author knows.
 *
 * @param programs looks at programs
 */
public record CommandChecks(ProgramChecks programs) {
    /** Looks at an agent of kind {@code command} or {@code acp}. */
    public void look(AgentSpec agent, Checkup checkup) {
        String program = agent.run().getFirst();
        boolean there = programs.program(agent, program, installation(agent, program), checkup);
        programs.variables(agent, checkup);
        List<String> unset =
                agent.env().stream().filter(name -> !programs.isSet(name)).toList();
        if (!unset.isEmpty()) {
            checkup.finds(Finding.note(
                    area(agent),
                    "env",
                    "Not set here: " + String.join(", ", unset) + ".",
                    "If the program needs it, give it a value in the workflow's step, below env."));
        }
        if (there && agent.kind() == AgentSpec.Kind.ACP) {
            version(agent, program, checkup);
        }
        if (there && agent.kind() == AgentSpec.Kind.COMMAND) {
            checkup.finds(new Finding(
                    area(agent),
                    "call",
                    Finding.Level.OK,
                    "A program of your own is asked nothing here.",
                    Optional.of("To see it work, rehearse with it: pawl sandbox --agent "
                            + (agent.run().size() == 1 ? program : "COMMAND") + ".")));
        }
    }

    private static String installation(AgentSpec agent, String program) {
        return !program.contains("/")
                ? "Install it where Pawl runs, or correct agents." + agent.name() + ".run."
                : program.startsWith("/")
                        ? "Put it there, executable, on the machine that runs Pawl."
                        : "Commit it on the base branch, executable: git add --chmod=+x " + program + ".";
    }

    private void version(AgentSpec agent, String program, Checkup checkup) {
        checkup.finds(
                switch (programs.version(program, checkup)) {
                    case ProgramVersion.Said(String number) ->
                        Finding.ok(area(agent), "version", "Version " + number + ".");
                    case ProgramVersion.Unsaid(String how) ->
                        Finding.note(
                                area(agent),
                                "version",
                                program + " --version " + how + ".",
                                "If it is a program that knows no --version, all is well; else run it by hand.");
                });
    }
}
