package dev.pawl.agent.cli;

import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.port.Usage;
import java.util.List;
import java.util.Optional;

/**
 * GitHub Copilot CLI, with a Copilot subscription's token or, where there is a base URL, with a provider of one's own. It
 * runs the repository's hooks only where {@code COPILOT_ALLOW_ALL} says so; ours never does.
 */
final class Copilot implements Cli {
    private static final String USAGE = "usage.json";

    @Override
    public AgentSpec.Kind kind() {
        return AgentSpec.Kind.COPILOT;
    }

    @Override
    public String program() {
        return "copilot";
    }

    @Override
    public String source() {
        return "@github/copilot";
    }

    @Override
    public String tried() {
        return "1.0.102";
    }

    @Override
    public List<String> keys() {
        return List.of("COPILOT_GITHUB_TOKEN", "COPILOT_PROVIDER_API_KEY", "OPENAI_API_KEY", "ANTHROPIC_API_KEY");
    }

    @Override
    public List<String> instructions() {
        return List.of(".github/copilot-instructions.md", "AGENTS.md", "CLAUDE.md", "GEMINI.md");
    }

    @Override
    public Optional<String> refusal(AgentSpec agent) {
        if (agent.env().contains("COPILOT_ALLOW_ALL")) {
            return Optional.of(
                    "Agent " + agent.name() + " must not get COPILOT_ALLOW_ALL: it runs the repository's hooks.");
        }
        return agent.options().baseUrl().isPresent() && agent.model().isEmpty()
                ? Optional.of("Agent " + agent.name() + " has a base_url and no model: name one.")
                : Optional.empty();
    }

    @Override
    public Launch launch(Job job) {
        var launch = new Launch.Builder()
                .with("--output-format", "json", "--no-ask-user", "--disable-builtin-mcps", "--no-auto-update")
                .with("--no-custom-instructions", "--stream", "off")
                .with("--add-dir", job.exchange().toString())
                .with("--usage-output-file", job.exchange().resolve(USAGE).toString());
        if (job.readsOnly()) {
            // It needs to write its result.
            launch.with("--allow-tool=write", "--deny-tool=shell");
        } else {
            launch.with("--allow-all-tools");
        }
        job.resumed().ifPresent(id -> launch.with("--resume=" + id));
        job.baseUrl()
                .ifPresentOrElse(
                        url -> ownProvider(launch, job, url),
                        () -> job.model().ifPresent(m -> launch.with("--model", m)));
        return launch.set("COPILOT_AUTO_UPDATE", "false").build();
    }

    @Override
    public Optional<Launch> protocol(Job job) {
        var launch = new Launch.Builder()
                .with("--no-custom-instructions", "--disable-builtin-mcps", "--no-auto-update")
                .set("COPILOT_AUTO_UPDATE", "false");
        if (job.readsOnly()) {
            launch.with("--deny-tool=shell");
        }
        return Optional.of(launch.build());
    }

    private static void ownProvider(Launch.Builder launch, Job job, String url) {
        boolean anthropic =
                job.key().filter(k -> k.name().equals("ANTHROPIC_API_KEY")).isPresent();
        launch.set("COPILOT_PROVIDER_BASE_URL", url)
                .set("COPILOT_PROVIDER_TYPE", anthropic ? "anthropic" : "openai")
                .set("COPILOT_PROVIDER_API_KEY", job.keyOrNone())
                .set("COPILOT_OFFLINE", "true");
        job.model().ifPresent(m -> launch.set("COPILOT_MODEL", m));
    }

    @Override
    public Events events() {
        return new CopilotEvents(USAGE);
    }

    /** Tokens add up over a session by themselves. */
    @Override
    public Usage together(Usage first, Usage resumed) {
        return Usages.counted(first, resumed);
    }

    @Override
    public Keeping keeping() {
        String folder = ".copilot/session-state";
        return new KeptFile(folder, id -> "/" + id + "/events.jsonl", id -> folder + "/" + id + "/events.jsonl");
    }

    @Override
    public Usage own(Usage counted, Usage before) {
        return Usages.countedSince(counted, before);
    }
}
