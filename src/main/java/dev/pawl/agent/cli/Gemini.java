package dev.pawl.agent.cli;

import dev.pawl.agent.result.StrictJson;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.port.Usage;
import java.util.List;
import java.util.Optional;

/**
 * Gemini CLI. Headless it insists on trusting the folder, and then it takes hooks from the repository's settings; only
 * root could forbid that in the machine's own settings, so the repository's are out of sight. So is its instruction file,
 * which it reads from the work tree whatever the settings say.
 */
final class Gemini implements Cli {
    private static final String PROJECT = "pawl";
    private static final String SETTINGS = ".gemini/settings.json";

    @Override
    public AgentSpec.Kind kind() {
        return AgentSpec.Kind.GEMINI;
    }

    @Override
    public String program() {
        return "gemini";
    }

    @Override
    public String source() {
        return "@google/gemini-cli";
    }

    @Override
    public String tried() {
        return "0.61.0";
    }

    @Override
    public List<String> keys() {
        return List.of("GEMINI_API_KEY", "GOOGLE_API_KEY");
    }

    @Override
    public Optional<String> provider(String key) {
        return Optional.of("https://generativelanguage.googleapis.com");
    }

    @Override
    public List<String> instructions() {
        return List.of("GEMINI.md", "AGENTS.md");
    }

    @Override
    public List<String> hidden() {
        return List.of(".gemini", "GEMINI.md");
    }

    @Override
    public Launch launch(Job job) {
        var launch = new Launch.Builder()
                .with("--approval-mode", "yolo", "--output-format", "stream-json")
                .with("--allowed-mcp-server-names", "__none__")
                .with("--include-directories", job.exchange().toString());
        job.model().ifPresent(m -> launch.with("-m", m));
        job.resumed().ifPresent(id -> launch.with("--resume", id));
        job.baseUrl().ifPresent(url -> launch.set("GOOGLE_GEMINI_BASE_URL", url));
        return launch.set("GEMINI_API_KEY", job.keyOrNone())
                .set("GEMINI_CLI_TRUST_WORKSPACE", "true")
                .file(SETTINGS, settings(job))
                .file(".gemini/projects.json", projects(job))
                .build();
    }

    /** It keeps a work tree's conversations in a folder that this file names. */
    private static String projects(Job job) {
        var json = StrictJson.mapper().createObjectNode();
        json.putObject("projects").put(job.workTree().toString(), PROJECT);
        return json.toString();
    }

    /** The folder isn't trusted: then it takes nothing from the repository, and the session asks before it changes anything. */
    @Override
    public Optional<Launch> protocol(Job job) {
        var launch = new Launch.Builder()
                .with("--allowed-mcp-server-names", "__none__")
                .file(SETTINGS, settings(job));
        job.key().ifPresent(key -> launch.set("GEMINI_API_KEY", key.value()));
        return Optional.of(launch.build());
    }

    private static String settings(Job job) {
        var json = StrictJson.mapper().createObjectNode();
        json.putObject("security").putObject("auth").put("selectedType", "gemini-api-key");
        json.putObject("privacy").put("usageStatisticsEnabled", false);
        json.putObject("general").put("enableAutoUpdate", false).put("maxAttempts", 3);
        json.putObject("hooksConfig").put("enabled", false);
        // The repository may have variables for itself, such as where the model is.
        json.putObject("advanced").put("ignoreLocalEnv", true);
        json.putObject("context").putArray("fileName").add("no-such-file-of-instructions");
        job.request().limits().turns().ifPresent(t -> json.putObject("model").put("maxSessionTurns", t));
        if (job.readsOnly()) {
            // It needs to write its result.
            json.putObject("tools").putArray("exclude").add("run_shell_command").add("replace");
        }
        return json.toString();
    }

    @Override
    public Events events() {
        return new GeminiEvents();
    }

    @Override
    public Usage together(Usage first, Usage resumed) {
        return Usages.sum(first, resumed);
    }

    /** A file's name ends with the beginning of the session's. */
    @Override
    public Keeping keeping() {
        return new KeptFile(
                ".gemini/tmp",
                id -> "-" + beginning(id) + ".jsonl",
                id -> ".gemini/tmp/" + PROJECT + "/chats/session-2000-01-01T00-00-" + beginning(id) + ".jsonl");
    }

    private static String beginning(String id) {
        return id.substring(0, Math.min(8, id.length()));
    }
}
