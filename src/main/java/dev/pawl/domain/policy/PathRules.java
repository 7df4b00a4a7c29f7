package dev.pawl.domain.policy;

import java.util.List;

/**
 * What a change may touch.
 *
 * @param protectedPaths globs that an agent may not change, with {@code **} for any depth
 * @param maxFiles the most files in one change
 * @param maxBytes the most bytes in one change, new contents added up
 */
public record PathRules(List<String> protectedPaths, int maxFiles, long maxBytes) {
    /** What holds where the policy says nothing. */
    public static final PathRules DEFAULT = new PathRules(
            List.of(
                    ".github/**",
                    "CODEOWNERS",
                    "AGENTS.md",
                    "CLAUDE.md",
                    "GEMINI.md",
                    ".claude/**",
                    ".mcp.json",
                    ".codex/**",
                    ".gemini/**",
                    ".opencode/**",
                    ".cursor/**",
                    ".gitmodules",
                    ".gitattributes"),
            100,
            4L << 20);

    public PathRules {
        protectedPaths = List.copyOf(protectedPaths);
    }
}
