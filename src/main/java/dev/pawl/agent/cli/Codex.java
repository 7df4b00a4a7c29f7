package dev.pawl.agent.cli;

import dev.pawl.agent.result.ProviderSchemas;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.port.Usage;
import java.util.List;
import java.util.Optional;

/**
 * Codex. Its own sandbox needs user namespaces, which containers mostly refuse; then every command fails and the run
 * still ends well. So it runs without, also in stages that only read: what it changes there is thrown away.
 */
final class Codex implements Cli {
    private static final String SCHEMA = "pawl/schema.json";

    @Override
    public AgentSpec.Kind kind() {
        return AgentSpec.Kind.CODEX;
    }

    @Override
    public String program() {
        return "codex";
    }

    @Override
    public String source() {
        return "@openai/codex";
    }

    @Override
    public String tried() {
        return "0.169.0";
    }

    @Override
    public List<String> keys() {
        return List.of("CODEX_API_KEY", "OPENAI_API_KEY");
    }

    @Override
    public Optional<String> provider(String key) {
        return Optional.of("https://api.openai.com/v1");
    }

    @Override
    public List<String> instructions() {
        return List.of("AGENTS.md");
    }

    @Override
    public boolean answers() {
        return true;
    }

    @Override
    public Launch launch(Job job) {
        var launch = new Launch.Builder()
                .with("exec", "--json", "-C", job.workTree().toString(), "--skip-git-repo-check")
                .with("--dangerously-bypass-approvals-and-sandbox")
                .with("--disable", "plugins", "--disable", "apps")
                .with("-c", "analytics.enabled=false", "-c", "project_doc_max_bytes=0")
                // Its commands don't get what looks like a key.
                .with("-c", "shell_environment_policy.ignore_default_excludes=false")
                .with("--output-schema", job.home().resolve(SCHEMA).toString());
        job.model().ifPresent(m -> launch.with("-m", m));
        job.baseUrl().ifPresent(url -> launch.with("-c", "model_provider=pawl", "-c", ownProvider(url)));
        job.resumed().ifPresent(id -> launch.with("resume", id));
        return launch.with("-")
                .set("CODEX_API_KEY", job.keyOrNone())
                .file(SCHEMA, ProviderSchemas.strict(job.request().stage()).toString())
                .build();
    }

    private static String ownProvider(String url) {
        return "model_providers.pawl={name=\"pawl\",base_url=\"" + url
                + "\",env_key=\"CODEX_API_KEY\",wire_api=\"responses\",request_max_retries=2,stream_max_retries=2}";
    }

    @Override
    public Events events() {
        return new CodexEvents();
    }

    /** Tokens add up over a session by themselves. */
    @Override
    public Usage together(Usage first, Usage resumed) {
        return Usages.counted(first, resumed);
    }

    @Override
    public Keeping keeping() {
        return new KeptFile(
                ".codex/sessions",
                id -> "-" + id + ".jsonl",
                id -> ".codex/sessions/2000/01/01/rollout-2000-01-01T00-00-00-" + id + ".jsonl");
    }

    @Override
    public Usage own(Usage counted, Usage before) {
        return Usages.countedSince(counted, before);
    }
}
