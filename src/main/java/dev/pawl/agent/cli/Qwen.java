package dev.pawl.agent.cli;

import dev.pawl.agent.result.StrictJson;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.port.Usage;
import java.util.List;
import java.util.Optional;

/** Qwen Code, with a model that speaks OpenAI's chat protocol. Its safe mode leaves out all that a repository configures. */
final class Qwen implements Cli {
    private static final String SETTINGS = ".qwen/settings.json";
    private static final String OPENAI = "https://api.openai.com/v1";

    @Override
    public AgentSpec.Kind kind() {
        return AgentSpec.Kind.QWEN;
    }

    @Override
    public String program() {
        return "qwen";
    }

    @Override
    public String source() {
        return "@qwen-code/qwen-code";
    }

    @Override
    public String tried() {
        return "0.24.4";
    }

    @Override
    public List<String> keys() {
        return List.of("OPENAI_API_KEY", "DASHSCOPE_API_KEY");
    }

    /** Seen with an outage: through the proxy it tried again for more than five minutes, without it for one and a half. */
    @Override
    public boolean takesAProxy() {
        return false;
    }

    @Override
    public List<String> instructions() {
        return List.of("QWEN.md", "AGENTS.md");
    }

    /** It takes variables from there, among them where its model is. */
    @Override
    public List<String> hidden() {
        return List.of(".qwen", ".env");
    }

    @Override
    public boolean answers() {
        return true;
    }

    @Override
    public Launch launch(Job job) {
        var launch = new Launch.Builder()
                .with(
                        "--auth-type",
                        "openai",
                        "--output-format",
                        "stream-json",
                        "--approval-mode",
                        "yolo",
                        "--safe-mode")
                .with(
                        "--max-tool-calls",
                        Integer.toString(job.request().agent().options().toolCalls()))
                .with("--json-schema", job.toolSchema().toString());
        if (job.readsOnly()) {
            launch.with("--exclude-tools", "write_file,edit,notebook_edit,run_shell_command,monitor");
        }
        job.model().ifPresent(m -> launch.with("--model", m).set("OPENAI_MODEL", m));
        job.resumed().ifPresent(id -> launch.with("--resume", id));
        job.request().limits().turns().ifPresent(t -> launch.with("--max-session-turns", Integer.toString(t)));
        return launch.set("OPENAI_API_KEY", job.keyOrNone())
                .set("OPENAI_BASE_URL", job.baseUrl().orElse(OPENAI))
                .file(SETTINGS, settings())
                .build();
    }

    @Override
    public Optional<Launch> protocol(Job job) {
        var launch = new Launch.Builder().with("--safe-mode").file(SETTINGS, settings());
        if (job.readsOnly()) {
            // Without edit it has no write_file either, with which it writes its result; it asks before it does either.
            launch.with("--exclude-tools", "run_shell_command,monitor");
        }
        return Optional.of(launch.build());
    }

    /** It would wait a minute for a provider's limit, ten times; we come back later instead. */
    private static String settings() {
        var json = StrictJson.mapper().createObjectNode();
        json.putObject("model").putObject("generationConfig").put("maxRetries", 0);
        json.putObject("telemetry").put("enabled", false);
        json.putObject("privacy").put("usageStatisticsEnabled", false);
        json.putObject("general").put("enableAutoUpdate", false);
        return json.toString();
    }

    @Override
    public Events events() {
        return new ClaudeEvents("structured_result", ClaudeEvents.Caching.WITHIN);
    }

    /** Tokens add up over a session by themselves. */
    @Override
    public Usage together(Usage first, Usage resumed) {
        return Usages.counted(first, resumed);
    }

    @Override
    public Keeping keeping() {
        return new QwenKeeping();
    }

    @Override
    public Usage own(Usage counted, Usage before) {
        return Usages.countedSince(counted, before);
    }
}
