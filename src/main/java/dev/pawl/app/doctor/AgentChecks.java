package dev.pawl.app.doctor;

import dev.pawl.agent.check.ProgramChecks;
import dev.pawl.agent.cli.CliAgents;
import dev.pawl.agent.cli.CliChecks;
import dev.pawl.agent.command.CommandAgents;
import dev.pawl.agent.command.CommandChecks;
import dev.pawl.agent.model.ModelChecks;
import dev.pawl.agent.price.Prices;
import dev.pawl.agent.process.ProcessRunner;
import dev.pawl.agent.prompt.Prompts;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.PathRules;
import dev.pawl.domain.policy.Price;
import dev.pawl.domain.report.Checkup;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Every kind of agent, looked at by who knows how.
 *
 * @param programs the agents' own command lines
 * @param models the built-in agent
 * @param commands any other program
 */
public record AgentChecks(CliChecks programs, ModelChecks models, CommandChecks commands) {
    private static final Duration VERSION = Duration.ofSeconds(30);
    private static final Duration ANSWER = Duration.ofMinutes(2);

    /** The checks on this machine. */
    public static AgentChecks on(ProcessRunner runner, Host host) {
        var programs = new ProgramChecks(runner, host.environment(), host.scratch(), host.folder(), VERSION);
        var agents = new CliAgents(
                runner,
                new Prompts(PathRules.DEFAULT, host.nonces()),
                CommandAgents.Host.of(host.environment(), host.scratch()),
                host.clock());
        return new AgentChecks(
                new CliChecks(programs, agents, host.clock(), ANSWER),
                new ModelChecks(host.environment(), host.clock(), ANSWER, new Prices(Map.of())),
                new CommandChecks(programs));
    }

    /**
     * What the checks run on.
     *
     * @param environment our own environment
     * @param scratch a folder for what lives as long as one check
     * @param folder where relative programs are
     * @param clock tells the time
     * @param nonces gives values that nobody can guess
     */
    public record Host(
            Map<String, String> environment, Path scratch, Path folder, InstantSource clock, Supplier<String> nonces) {
        public Host {
            environment = Map.copyOf(environment);
        }

        @Override
        public String toString() {
            return "Host[" + folder + "]";
        }
    }

    /** The same checks, by a policy's prices. */
    AgentChecks at(Map<String, Price> prices) {
        return new AgentChecks(programs, models.at(new Prices(prices)), commands);
    }

    void look(AgentSpec agent, boolean call, Checkup checkup) {
        switch (agent.kind()) {
            case CLAUDE_CODE, CODEX, GEMINI, COPILOT, OPENCODE, QWEN -> programs.look(agent, call, checkup);
            case MODEL -> models.look(agent, call, checkup);
            case COMMAND, ACP -> commands.look(agent, checkup);
        }
    }
}
