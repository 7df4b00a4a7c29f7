package dev.pawl.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.result.StrictJson;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.port.Usage;
import java.util.List;
import java.util.Optional;

/**
 * opencode. A model has its provider's name before a slash; with an address of its own it is one that speaks OpenAI's chat
 * protocol, or Anthropic's where the key is Anthropic's.
 */
final class Opencode implements Cli {
    private static final String CONFIGURATION = "pawl/opencode.json";

    @Override
    public AgentSpec.Kind kind() {
        return AgentSpec.Kind.OPENCODE;
    }

    @Override
    public String program() {
        return "opencode";
    }

    @Override
    public String source() {
        return "opencode-ai";
    }

    @Override
    public String tried() {
        return "1.18.33";
    }

    @Override
    public List<String> keys() {
        return List.of("ANTHROPIC_API_KEY", "OPENAI_API_KEY", "OPENROUTER_API_KEY", "GOOGLE_GENERATIVE_AI_API_KEY");
    }

    /** Seen with an outage: through the proxy it tried again for more than five minutes, without it for one and a half. */
    @Override
    public boolean takesAProxy() {
        return false;
    }

    @Override
    public List<String> instructions() {
        return List.of("AGENTS.md", "CLAUDE.md");
    }

    /** Told to leave them alone, version 1.18.33 still ran a plugin of theirs. */
    @Override
    public List<String> hidden() {
        return List.of(".opencode", "opencode.json", "opencode.jsonc");
    }

    @Override
    public Optional<String> refusal(AgentSpec agent) {
        return agent.options().baseUrl().isPresent() && agent.model().isEmpty()
                ? Optional.of("Agent " + agent.name() + " has a base_url and no model: name one.")
                : Optional.empty();
    }

    @Override
    public Launch launch(Job job) {
        String provider = anthropic(job) ? "anthropic" : "pawl";
        var launch = new Launch.Builder().with("run", "--format", "json", "--title", "Pawl", "--pure");
        job.model().map(m -> job.baseUrl().isPresent() ? provider + "/" + m : m).ifPresent(m -> launch.with("-m", m));
        job.resumed().ifPresent(id -> launch.with("-s", id));
        ObjectNode configuration = silent();
        ObjectNode permission = configuration.putObject("permission");
        permission.putObject("external_directory").put("*", "allow");
        if (job.readsOnly()) {
            // Editing stays: without it there is no tool to write the result with.
            permission.put("bash", "deny");
        }
        ownProvider(configuration, job, provider);
        return configured(launch, job, configuration).build();
    }

    /** Left to itself it asks for nothing that is inside the work tree. */
    @Override
    public Optional<Launch> protocol(Job job) {
        ObjectNode configuration = silent();
        configuration
                .putObject("permission")
                .put("edit", "ask")
                .put("bash", job.readsOnly() ? "deny" : "ask")
                .put("external_directory", "ask");
        return Optional.of(configured(new Launch.Builder().with("--pure"), job, configuration)
                .build());
    }

    private static Launch.Builder configured(Launch.Builder launch, Job job, ObjectNode configuration) {
        return launch.set("OPENCODE_CONFIG", job.home().resolve(CONFIGURATION).toString())
                .set("OPENCODE_DISABLE_PROJECT_CONFIG", "1")
                .set("OPENCODE_DISABLE_AUTOUPDATE", "1")
                .set("OPENCODE_DISABLE_MODELS_FETCH", "1")
                .set("OPENCODE_DISABLE_LSP_DOWNLOAD", "1")
                .file(CONFIGURATION, configuration.toString());
    }

    private static ObjectNode silent() {
        return StrictJson.mapper().createObjectNode().put("share", "disabled").put("autoupdate", false);
    }

    private static boolean anthropic(Job job) {
        return job.key().filter(k -> k.name().equals("ANTHROPIC_API_KEY")).isPresent();
    }

    private static void ownProvider(ObjectNode json, Job job, String provider) {
        job.baseUrl().ifPresent(url -> {
            ObjectNode own = json.putObject("provider").putObject(provider);
            ObjectNode options = own.putObject("options").put("baseURL", url);
            if (!anthropic(job)) {
                own.put("npm", "@ai-sdk/openai-compatible").put("name", provider);
                options.put(
                        "apiKey", job.key().map(k -> "{env:" + k.name() + "}").orElse("none"));
            }
            own.putObject("models").putObject(job.model().orElseThrow());
        });
    }

    @Override
    public Events events() {
        return new OpencodeEvents();
    }

    @Override
    public Usage together(Usage first, Usage resumed) {
        return Usages.sum(first, resumed);
    }

    @Override
    public Keeping keeping() {
        return new OpencodeKeeping();
    }
}
