package dev.pawl.agent.cli;

import dev.pawl.domain.policy.AgentSpec;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a program that speaks the Agent Client Protocol.
 *
 * @param instructions the instruction files that it is told as data
 * @param launch what its command line needs besides
 */
record AcpProgram(List<String> instructions, Launch launch) {
    private static final List<String> INSTRUCTIONS =
            List.of("AGENTS.md", "CLAUDE.md", "GEMINI.md", "QWEN.md", ".github/copilot-instructions.md");

    /**
     * What any agent may take for its configuration or instructions. All of it is hidden from all of them: by the protocol a
     * program may take more than by its own command line, as Copilot CLI 1.0.102 runs hooks and reads files that it is told to
     * leave alone.
     */
    static final List<String> HIDDEN = List.of(
            ".claude",
            ".mcp.json",
            ".codex",
            ".cursor",
            ".env",
            ".gemini",
            ".github/hooks",
            ".opencode",
            "opencode.json",
            "opencode.jsonc",
            ".qwen",
            "AGENTS.md",
            "CLAUDE.md",
            "GEMINI.md",
            "QWEN.md",
            ".github/copilot-instructions.md");

    /** The program of one of the other kinds, started by its own name; empty when it isn't one, or the repository's own. */
    static Optional<Cli> known(AgentSpec agent) {
        String program = agent.run().getFirst();
        return program.contains("/") && !program.startsWith("/")
                ? Optional.empty()
                : CliAgents.named(program.substring(program.lastIndexOf('/') + 1));
    }

    /** What is known of the program that a job starts. */
    static AcpProgram of(Job job) {
        return known(job.request().agent())
                .flatMap(cli -> cli.protocol(job).map(launch -> new AcpProgram(cli.instructions(), launch)))
                .orElseGet(() -> new AcpProgram(INSTRUCTIONS, new Launch.Builder().build()));
    }
}
