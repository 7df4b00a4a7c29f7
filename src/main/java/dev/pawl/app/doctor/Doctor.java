package dev.pawl.app.doctor;

import dev.pawl.agent.process.Isolation;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.port.ForgeFailure;
import dev.pawl.domain.report.Checkup;
import dev.pawl.domain.report.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The whole check-up, in the order in which one would mend what is wrong: machine, repository, policy, agents.
 *
 * @param machine looks at this machine
 * @param forge does something with the repository's forge
 * @param agents looks at agents
 */
public record Doctor(Machine machine, Optional<Repository> forge, AgentChecks agents) {
    /**
     * This machine.
     *
     * @param system the system's name and its processor
     * @param pawl what Pawl calls itself
     * @param environment our own environment
     * @param ground what agents stand on here
     */
    public record Machine(
            String system, String pawl, java.util.Map<String, String> environment, Isolation.Ground ground) {}

    /** The repository on its forge, which may throw {@link ForgeFailure}. */
    public interface Repository {
        /** Looks at it; whether its files can be read. */
        boolean look(Checkup checkup);

        /** A file of the default branch. */
        Optional<String> file(String path);
    }

    /**
     * What is wanted.
     *
     * @param policy the policy's file here
     * @param committed the policy's path in the repository
     * @param agents which agents are looked at
     */
    public record Wishes(Path policy, String committed, Agents agents) {}

    /** Which agents are looked at. */
    public sealed interface Agents {
        /** None. */
        record None() implements Agents {}

        /**
         * These.
         *
         * @param names by name; none for all of them
         * @param asked whether each is asked a question, which costs money
         */
        record These(List<String> names, boolean asked) implements Agents {
            public These {
                names = List.copyOf(names);
            }
        }
    }

    /** Looks at all that is wanted. */
    public void look(Wishes wishes, Checkup checkup) {
        new MachineChecks(machine.system(), machine.pawl(), machine.environment()).look(checkup);
        IsolationChecks.look(machine.ground(), checkup);
        Optional<String> committed = forge.flatMap(f -> repository(f, wishes, checkup));
        Optional<Policy> policy = policy(wishes, committed, checkup);
        policy.ifPresent(p -> IsolationChecks.look(machine.ground(), p, checkup));
        if (wishes.agents() instanceof Agents.These these) {
            policy.ifPresent(p -> agents(p, these, checkup));
        }
    }

    private static Optional<String> repository(Repository forge, Wishes wishes, Checkup checkup) {
        try {
            if (!forge.look(checkup)) {
                return Optional.empty();
            }
            Optional<String> text = forge.file(wishes.committed());
            checkup.finds(
                    text.isPresent()
                            ? Finding.ok("repository", "policy", wishes.committed() + " is on the default branch.")
                            : Finding.problem(
                                    "repository",
                                    "policy",
                                    "There is no " + wishes.committed() + " on the default branch.",
                                    "Commit it there: Pawl reads it from nowhere else."));
            return text;
        } catch (ForgeFailure failure) {
            String says = failure.getMessage() + ".";
            checkup.finds(
                    failure.passes()
                            ? Finding.unreachable(
                                    "repository", "access", says, "Try again later, or look at the network.")
                            : Finding.problem(
                                    "repository", "access", says, "Look at the token and at what it may do."));
            return Optional.empty();
        }
    }

    private static Optional<Policy> policy(Wishes wishes, Optional<String> committed, Checkup checkup) {
        Optional<String> here = read(wishes.policy());
        if (here.isEmpty() && committed.isPresent()) {
            return PolicyChecks.look(committed.get(), wishes.committed(), checkup);
        }
        if (here.isEmpty()) {
            checkup.finds(Finding.problem(
                    "policy",
                    "file",
                    "There is no file " + wishes.policy() + " here.",
                    "Write one, as docs/getting-started.md shows, or name another with --policy."));
            return Optional.empty();
        }
        if (committed.filter(text -> !text.equals(here.get())).isPresent()) {
            checkup.finds(Finding.note(
                    "policy",
                    "committed",
                    wishes.policy() + " isn't what the default branch has.",
                    "Pawl reads the one on the default branch: commit and push yours."));
        }
        return PolicyChecks.look(here.get(), wishes.policy().toString(), checkup);
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void agents(Policy policy, Agents.These these, Checkup checkup) {
        these.names().stream()
                .filter(name -> !policy.agents().containsKey(name))
                .forEach(name -> checkup.finds(Finding.problem(
                        "agents." + name,
                        "name",
                        "The policy declares no agent of that name.",
                        "It has: " + listed(policy) + ".")));
        AgentChecks priced = agents.at(policy.prices());
        policy.agents().values().stream()
                .filter(agent -> these.names().isEmpty() || these.names().contains(agent.name()))
                .sorted(Comparator.comparing(AgentSpec::name))
                .forEach(agent -> priced.look(agent, these.asked(), checkup));
    }

    private static String listed(Policy policy) {
        return policy.agents().isEmpty()
                ? "none"
                : String.join(", ", policy.agents().keySet().stream().sorted().toList());
    }
}
