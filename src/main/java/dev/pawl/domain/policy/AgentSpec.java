package dev.pawl.domain.policy;

import java.util.List;
import java.util.Optional;

/**
 * An agent that the policy names.
 *
 * @param name its name in the policy
 * @param kind how it is run
 * @param model the model, where the kind takes one
 * @param run the command line, for kind {@code command}; a relative first word is taken from the base commit
 * @param env names of environment variables that it gets, and no others
 * @param options what else it is told
 */
public record AgentSpec(
        String name, Kind kind, Optional<String> model, List<String> run, List<String> env, AgentOptions options) {
    public AgentSpec {
        run = List.copyOf(run);
        env = List.copyOf(env);
        if (kind == Kind.COMMAND && run.isEmpty()) {
            throw new IllegalArgumentException("a command agent has a command line: " + name);
        }
    }

    /** One that is told nothing else. */
    public AgentSpec(String name, Kind kind, Optional<String> model, List<String> run, List<String> env) {
        this(name, kind, model, run, env, AgentOptions.NONE);
    }

    /** The same agent with another model. */
    public AgentSpec with(String otherModel) {
        return new AgentSpec(name, kind, Optional.of(otherModel), run, env, options);
    }

    /** How an agent is run. */
    public enum Kind {
        COMMAND("command", true),
        CLAUDE_CODE("claude-code", true),
        CODEX("codex", true),
        GEMINI("gemini", true),
        COPILOT("copilot", true),
        OPENCODE("opencode", true),
        QWEN("qwen", true),
        ACP("acp", false),
        MODEL("model", true);

        private final String word;
        private final boolean available;

        Kind(String word, boolean available) {
            this.word = word;
            this.available = available;
        }

        /** The word in the policy. */
        public String word() {
            return word;
        }

        /** Whether this version can run it. */
        public boolean available() {
            return available;
        }

        /** Reads the word; empty when there is no such kind. */
        public static Optional<Kind> parse(String word) {
            for (Kind kind : values()) {
                if (kind.word.equals(word)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }
}
