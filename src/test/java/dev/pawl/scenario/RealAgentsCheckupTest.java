package dev.pawl.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.program.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pawl doctor --agents} with the real command-line agents and a scripted model: they are well, and then have no access. */
@Tag(RealAgentsTest.TAG)
class RealAgentsCheckupTest {
    private static final String KEY = "test-0123456789abcdef";
    private static final String POLICY = """
            agents:
              claude: {kind: claude-code, model: claude-sonnet-4-5, base_url: "MODEL", env: [ANTHROPIC_API_KEY]}
              codex: {kind: codex, model: gpt-5, base_url: "MODEL/v1", env: [CODEX_API_KEY]}
              copilot: {kind: copilot, model: gpt-5, base_url: "MODEL/v1", env: [COPILOT_PROVIDER_API_KEY]}
              gemini: {kind: gemini, model: gemini-2.5-pro, base_url: "MODEL", env: [GEMINI_API_KEY]}
              opencode: {kind: opencode, model: scripted, base_url: "MODEL/v1", env: [OPENAI_API_KEY]}
              qwen: {kind: qwen, model: gpt-5, base_url: "MODEL/v1", env: [OPENAI_API_KEY]}
            roles: {default: claude}
            validation:
              commands:
                - {name: test, run: [sh, ./test.sh]}
            """;

    @TempDir
    Path folder;

    @Test
    void eachIsFoundAsItIs() throws Exception {
        try (var model = new ScriptedModel()) {
            Path policy = Files.writeString(folder.resolve("pawl.yml"), POLICY.replace("MODEL", model.address()));

            model.plays("story");
            assertThat(checks(policy, 0))
                    .filteredOn(line -> line.startsWith("agents."))
                    .hasSize(6 * 4)
                    .allMatch(line -> line.endsWith(" ok"));
            assertThat(model.requests()).contains("A test of the connection").doesNotContain(KEY);

            model.plays("401");
            assertThat(checks(policy, 78))
                    .filteredOn(line -> line.contains(" call "))
                    .hasSize(6)
                    .allMatch(line -> line.endsWith(" problem"));
        }
    }

    private List<String> checks(Path policy, int exit) throws Exception {
        var environment = Map.of(
                "PATH", System.getenv("PATH"),
                "LANG", "C.UTF-8",
                "RUNNER_TEMP", folder.resolve("temp").toString(),
                "ANTHROPIC_API_KEY", KEY,
                "CODEX_API_KEY", KEY,
                "COPILOT_PROVIDER_API_KEY", KEY,
                "GEMINI_API_KEY", KEY,
                "OPENAI_API_KEY", KEY);
        var ended = Program.underTest()
                .run(List.of("doctor", "--agents", "--json", "--policy", policy.toString()), environment, folder);
        assertThat(ended.exit()).as("%s", ended).isEqualTo(exit);
        var lines = new ArrayList<String>();
        new ObjectMapper()
                .readTree(ended.out())
                .path("findings")
                .forEach(f -> lines.add(String.join(
                        " ",
                        f.path("area").asText(),
                        f.path("check").asText(),
                        f.path("level").asText())));
        return lines;
    }
}
