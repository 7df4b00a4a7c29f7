package dev.pawl.domain.policy;

import java.util.List;
import java.util.Optional;

/**
 * An agent that the policy names.
 *
 * @param name its name in the policy
 * @param kind how it is run
 * @param model the model, where the kind takes one
 * @param run the command line, for kinds {@code command} and {@code acp}; a relative first word is taken from the base commit
 * @param env names of environment variables that it gets, and no others
 * @param options what else it is told
 */
public record AgentSpec(
        String name, Kind kind, Optional<String> model, List<String> run, List<String> env, AgentOptions options) {
    public AgentSpec {
        run = List.copyOf(run);
        env = List.copyOf(env);
        if ((kind == Kind.COMMAND || kind == Kind.ACP) && run.isEmpty()) {
            throw new IllegalArgumentException("an agent of kind " + kind.word() + " has a command line: " + name);
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
        COMMAND("command"),
        CLAUDE_CODE("claude-code"),
        CODEX("codex"),
        GEMINI("gemini"),
        COPILOT("copilot"),
        OPENCODE("opencode"),
        QWEN("qwen"),
        ACP("acp"),
        MODEL("model");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word in the policy. */
        public String word() {
            return word;
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
