package dev.pawl.domain.policy;

import java.util.List;
import java.util.Optional;

/**
 * A server of tools (Model Context Protocol) that the policy gives an agent. What the server says of its tools decides
 * nothing; the policy's lists do.
 *
 * @param name its name in the policy
 * @param place where it is
 * @param tools the names of the tools that the agent gets; empty for all
 * @param readOnly the names of those that only read, which it gets in stages that only read
 */
public record McpServer(String name, Place place, Optional<List<String>> tools, List<String> readOnly) {
    public McpServer {
        tools = tools.map(List::copyOf);
        readOnly = List.copyOf(readOnly);
    }

    /** Where a server is. */
    public sealed interface Place {
        /**
         * A program that we start.
         *
         * @param run the command line; a relative first word is taken from the base commit
         * @param env names of environment variables that it gets, and no others
         */
        record Program(List<String> run, List<String> env) implements Place {
            public Program {
                run = List.copyOf(run);
                env = List.copyOf(env);
                if (run.isEmpty()) {
                    throw new IllegalArgumentException("a program has a command line");
                }
            }
        }

        /**
         * A server on the network.
         *
         * @param url its address: https, or http on this machine
         * @param token the name of the environment variable with the token that it is sent
         */
        record Address(String url, Optional<String> token) implements Place {}
    }

    /** Whether it has a tool for a stage at all, as far as the policy says. */
    public boolean serves(StageKind stage) {
        return stage.changesFiles() || !readOnly.isEmpty();
    }

    /** Whether the agent gets that tool in a stage. */
    public boolean offers(String tool, StageKind stage) {
        return stage.changesFiles() ? tools.map(names -> names.contains(tool)).orElse(true) : readOnly.contains(tool);
    }
}
