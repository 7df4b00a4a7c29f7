package dev.pawl.app.doctor;

import dev.pawl.agent.process.AgentUser;
import dev.pawl.agent.process.Isolation.Ground;
import dev.pawl.domain.policy.IsolationRule;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.report.Checkup;
import dev.pawl.domain.report.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Says how far agents are kept apart from Pawl on this machine, and whether that is enough for a policy. */
final class IsolationChecks {
    private static final String CHECK = "isolation";
    private static final String REMEDY =
            "To keep them apart, run Pawl from its image, or as root on Linux (docs/security.md).";

    private IsolationChecks() {}

    static void look(Ground ground, Checkup checkup) {
        checkup.finds(
                switch (ground) {
                    case Ground.Apart(AgentUser user, List<Path> reached)
                    when reached.isEmpty() ->
                        Finding.ok("machine", CHECK, "Agents run as a user of their own, " + user + ".");
                    case Ground.Apart(AgentUser user, List<Path> reached) ->
                        Finding.note(
                                "machine",
                                CHECK,
                                "Agents run as a user of their own, " + user + ", who can reach "
                                        + reached.stream().map(Path::toString).collect(Collectors.joining(", ")) + ".",
                                "Close it to other users, such as with chmod o-rwx.");
                    case Ground.Together(String why) ->
                        Finding.note("machine", CHECK, "Agents run as the user that Pawl is: " + why + ".", REMEDY);
                    case Ground.Refused(String why, String todo) -> Finding.problem("machine", CHECK, why, todo);
                });
    }

    /** A policy may want more than there is. */
    static void look(Ground ground, Policy policy, Checkup checkup) {
        boolean enough =
                switch (ground) {
                    case Ground.Apart(var _, List<Path> reached) -> reached.isEmpty();
                    case Ground.Together _ -> false;
                    case Ground.Refused _ -> true; // that was said
                };
        if (policy.isolation() == IsolationRule.REQUIRED && !enough) {
            checkup.finds(Finding.problem(
                    "policy", CHECK, "agents.isolation is required, and agents can't be kept apart here.", REMEDY));
        }
    }
}
