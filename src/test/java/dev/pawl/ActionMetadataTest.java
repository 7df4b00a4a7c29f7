package dev.pawl;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.actions.RunnerFiles;
import dev.pawl.app.Environment;
import dev.pawl.domain.report.Outcome;
import dev.pawl.domain.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code action.yml} and {@code setup/action.yml} against the program, the build and the page about them. */
class ActionMetadataTest {
    private static final Pattern READ = Pattern.compile("\\b(?:input|yes)\\(\"([^\"]*)\"");
    private static final Pattern READ_OTHERWISE = Pattern.compile("\\b(?:input|yes)\\(([^\")][^)]*)\\)");
    private static final Pattern VARIABLE = Pattern.compile("\"INPUT_([A-Z-]+)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|([^|]*)\\|");
    private static final Pattern PUBLISHED = Pattern.compile(
            "(?:ghcr\\.io/pawl-dev/pawl:|pawl-dev/pawl(?:/setup)?@v)(\\d+\\.\\d+\\.\\d+(?:-rc\\.\\d+)?)");

    @Test
    void everyInputIsReadAndEveryReadInputIsThere() throws IOException {
        String app = sources("src/main/java/dev/pawl/app");
        assertThat(found(READ_OTHERWISE, app))
                .as("an input read by anything but its name is one that this test can't see")
                .containsOnly("name", "String name", "String name, boolean otherwise");

        var read = new TreeSet<>(found(READ, app));
        found(VARIABLE, sources("src/main/java")).forEach(name -> read.add(name.toLowerCase(Locale.ROOT)));

        assertThat(read)
                .hasSizeGreaterThan(5)
                .isEqualTo(new TreeSet<>(section("action.yml", "inputs").keySet()));
    }

    @Test
    void theRehearsalSetsEveryInputAsTheRunnerDoes() throws IOException {
        String rehearsal = Files.readString(Path.of("src/main/java/dev/pawl/app/rehearsal/RunnerEnvironment.java"));

        assertThat(found(VARIABLE, rehearsal).stream().map(name -> name.toLowerCase(Locale.ROOT)))
                .containsExactlyInAnyOrderElementsOf(
                        section("action.yml", "inputs").keySet());
    }

    @Test
    void aDefaultSaysWhatTheProgramDoesWithoutIt() throws IOException {
        var variables = new HashMap<String, String>();
        section("action.yml", "inputs")
                .forEach((name, input) ->
                        variables.put("INPUT_" + name.toUpperCase(Locale.ROOT), text(input, "default")));
        var given = new Environment(variables);
        var bare = new Environment(Map.of());

        assertThat(variables).containsEntry("INPUT_GITHUB-TOKEN", "${{ github.token }}");
        assertThat(given.policyPath()).isEqualTo(bare.policyPath());
        assertThat(given.issue()).isEqualTo(bare.issue());
        assertThat(given.stage()).isEqualTo(bare.stage());
        assertThat(given.input("agent")).isEqualTo(bare.input("agent"));
        assertThat(given.dispatches()).isEqualTo(bare.dispatches());
        assertThat(given.dryRun()).isEqualTo(bare.dryRun());
        assertThat(given.input("state-key")).isEqualTo(bare.input("state-key"));
        assertThat(given.botId()).isEqualTo(bare.botId());
    }

    @Test
    void everyOutputIsWrittenAndEveryWrittenOutputIsThere() throws IOException {
        Set<String> written = RunnerFiles.outputs(Report.of(Outcome.NOTHING, OptionalInt.empty(), "why"))
                .keySet();

        assertThat(section("action.yml", "outputs").keySet()).isEqualTo(written);
    }

    @Test
    void theOutputsDescriptionNamesEveryOutcome() throws IOException {
        String description = text(section("action.yml", "outputs").get("outcome"), "description");

        assertThat(Stream.of(Outcome.values()).map(Outcome::word)).allMatch(description::contains);
    }

    @Test
    void everyInputAndOutputSaysWhatItIsFor() throws IOException {
        for (String file : List.of("action.yml", "setup/action.yml")) {
            for (String section : List.of("inputs", "outputs")) {
                assertThat(section(file, section)).as(file + " " + section).isNotEmpty();
                section(file, section)
                        .forEach((name, value) -> assertThat(text(value, "description"))
                                .as(file + " " + name)
                                .hasSizeGreaterThan(15)
                                .endsWith("."));
            }
        }
    }

    @Test
    void everyVersionIsTheBuildsVersion() throws IOException {
        String version = version();

        assertThat(section("action.yml", "runs"))
                .isEqualTo(Map.of("using", "docker", "image", "docker://ghcr.io/pawl-dev/pawl:" + version));
        assertThat(text(section("setup/action.yml", "inputs").get("version"), "default"))
                .isEqualTo(version);
        for (Path document : documents()) {
            assertThat(found(PUBLISHED, Files.readString(document)))
                    .as(document.toString())
                    .allMatch(version::equals);
        }
        assertThat(found(PUBLISHED, Files.readString(Path.of("docs/action.md"))))
                .isNotEmpty();
    }

    @Test
    void thePageListsEveryInputWithItsDefaultAndEveryOutput() throws IOException {
        var expected = new TreeMap<String, String>();
        section("action.yml", "inputs").forEach((name, input) -> expected.put(name, text(input, "default")));

        assertThat(rows("## Inputs")).isEqualTo(expected);
        assertThat(rows("## Outputs").keySet())
                .isEqualTo(new TreeSet<>(section("action.yml", "outputs").keySet()));
    }

    private static Map<String, String> rows(String heading) throws IOException {
        String page = Files.readString(Path.of("docs/action.md"));
        String section = page.substring(page.indexOf(heading)).split("\n## ", 2)[0];
        var rows = new TreeMap<String, String>();
        ROW.matcher(section)
                .results()
                .forEach(row -> rows.put(row.group(1), row.group(2).strip().replace("`", "")));
        return rows;
    }

    private static String version() throws IOException {
        return found(
                        Pattern.compile("<artifactId>pawl</artifactId>\\s*<version>([^<]+)</version>"),
                        Files.readString(Path.of("pom.xml")))
                .getFirst();
    }

    @SuppressWarnings("unchecked") // YAML's maps have keys of any type; these files' are words
    private static Map<String, Object> section(String file, String name) throws IOException {
        var settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
        var document = (Map<String, Object>) new Load(settings).loadFromString(Files.readString(Path.of(file)));
        return (Map<String, Object>) requireNonNull(document.get(name), file + " has no " + name);
    }

    private static String text(@Nullable Object value, String key) {
        return (String) requireNonNull(((Map<?, ?>) requireNonNull(value)).get(key), key);
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md")),
                            files.filter(f -> f.toString().endsWith(".md")))
                    .toList();
        }
    }

    private static String sources(String folder) throws IOException {
        var text = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }
}
