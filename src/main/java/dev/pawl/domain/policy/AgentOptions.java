package dev.pawl.domain.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an agent is told beyond who it is; each kind takes what it has a use for.
 *
 * @param provider whose model it is, for kind {@code model}
 * @param baseUrl where the model's API is, instead of the provider's own place
 * @param tiers the models for a plan's tasks, by their size
 * @param toolCalls how many tools it may call in one run, at least 1
 * @param mcp servers whose tools it gets besides its own
 */
public record AgentOptions(
        Optional<String> provider,
        Optional<String> baseUrl,
        Map<Tier, String> tiers,
        int toolCalls,
        List<McpServer> mcp) {
    /** How many tools an agent may call where the policy doesn't say. */
    public static final int TOOL_CALLS = 300;

    /** Nothing was said. */
    public static final AgentOptions NONE = new AgentOptions(Optional.empty(), Optional.empty(), Map.of(), TOOL_CALLS);

    public AgentOptions {
        tiers = Map.copyOf(tiers);
        mcp = List.copyOf(mcp);
        if (toolCalls < 1) {
            throw new IllegalArgumentException("no tool call at all: " + toolCalls);
        }
    }

    /** Without servers of tools. */
    public AgentOptions(Optional<String> provider, Optional<String> baseUrl, Map<Tier, String> tiers, int toolCalls) {
        this(provider, baseUrl, tiers, toolCalls, List.of());
    }

    /** How much model a task needs, as a plan says it. */
    public enum Tier {
        SMALL("small"),
        STANDARD("standard"),
        LARGE("large");

        private final String word;

        Tier(String word) {
            this.word = word;
        }

        /** The word in policy and plan. */
        public String word() {
            return word;
        }

        /** Reads the word; empty when there is no such tier. */
        public static Optional<Tier> parse(String word) {
            for (Tier tier : values()) {
                if (tier.word.equals(word)) {
                    return Optional.of(tier);
                }
            }
            return Optional.empty();
        }
    }
}
