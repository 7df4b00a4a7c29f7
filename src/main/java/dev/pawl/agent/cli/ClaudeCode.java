package dev.pawl.agent.cli;

import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.port.Usage;
import java.util.List;
import java.util.Optional;

/**
 * Claude Code. Hooks and servers of the repository's {@code .claude} and {@code .mcp.json} run before the first model call
 * unless the settings' sources are named without the project and only our (no) servers count.
 */
final class ClaudeCode implements Cli {
    @Override
    public AgentSpec.Kind kind() {
        return AgentSpec.Kind.CLAUDE_CODE;
    }

    @Override
    public String program() {
        return "claude";
    }

    @Override
    public String source() {
        return "@anthropic-ai/claude-code";
    }

    @Override
    public String tried() {
        return "2.1.329";
    }

    @Override
    public List<String> keys() {
        return List.of("ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN", "ANTHROPIC_AUTH_TOKEN");
    }

    @Override
    public Optional<String> provider(String key) {
        return key.equals("ANTHROPIC_API_KEY") ? Optional.of("https://api.anthropic.com") : Optional.empty();
    }

    @Override
    public List<String> instructions() {
        return List.of("CLAUDE.md", "AGENTS.md");
    }

    @Override
    public boolean answers() {
        return true;
    }

    @Override
    public Launch launch(Job job) {
        var launch = new Launch.Builder()
                .with("-p", "--output-format", "stream-json", "--verbose")
                .with("--setting-sources", "user", "--strict-mcp-config")
                .with("--json-schema", job.toolSchema().toString());
        if (job.readsOnly()) {
            // Shell commands that only read are allowed without a word; everything else is refused.
            launch.with("--permission-mode", "dontAsk", "--tools", "Bash,Glob,Grep,Read");
        } else {
            launch.with("--permission-mode", "acceptEdits", "--allowedTools", "Bash");
        }
        job.model().ifPresent(m -> launch.with("--model", m));
        job.resumed().ifPresent(id -> launch.with("--resume", id));
        if (job.moved()) {
            // The conversation holds the system prompt that it began with: of another folder, and whoever kept it could
            // change it.
            launch.with("--system-prompt-snapshot", "off");
        }
        job.request().limits().turns().ifPresent(t -> launch.with("--max-turns", Integer.toString(t)));
        job.baseUrl().ifPresent(url -> launch.set("ANTHROPIC_BASE_URL", url));
        if (job.key().isEmpty()) {
            launch.set("ANTHROPIC_API_KEY", job.keyOrNone());
        }
        return launch.set("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1")
                .set("DISABLE_AUTOUPDATER", "1")
                .set("CLAUDE_CODE_MAX_RETRIES", "3")
                .build();
    }

    @Override
    public Events events() {
        return new ClaudeEvents("structured_output", ClaudeEvents.Caching.APART);
    }

    /** Money adds up over a session by itself; tokens and turns are of one run. */
    @Override
    public Usage together(Usage first, Usage resumed) {
        return Usages.sum(first, resumed, resumed.cost());
    }

    /** It looks for a conversation in the folders of all work trees. */
    @Override
    public Keeping keeping() {
        return new KeptFile(
                ".claude/projects", id -> "/" + id + ".jsonl", id -> ".claude/projects/pawl/" + id + ".jsonl");
    }

    @Override
    public Usage own(Usage counted, Usage before) {
        return Usages.spentSince(counted, before);
    }
}
