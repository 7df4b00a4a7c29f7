package dev.pawl.app;

import dev.pawl.domain.port.AgentOutcome;
import dev.pawl.domain.port.AgentRequest;
import dev.pawl.domain.port.Agents;
import java.nio.file.Path;

/**
 * Every kind of agent, run by who knows how.
 *
 * @param commands any program
 * @param programs the agents' own command lines
 * @param protocol programs that speak the Agent Client Protocol
 * @param models the built-in agent
 */
record AgentsByKind(Agents commands, Agents programs, Agents protocol, Agents models) implements Agents {
    @Override
    public AgentOutcome run(AgentRequest request, Path workTree) {
        Agents agents =
                switch (request.agent().kind()) {
                    case CLAUDE_CODE, CODEX, GEMINI, COPILOT, OPENCODE, QWEN -> programs;
                    case MODEL -> models;
                    case COMMAND -> commands;
                    case ACP -> protocol;
                };
        return agents.run(request, workTree);
    }
}
