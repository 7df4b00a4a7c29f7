package dev.pawl;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.pawl.agent.result.ResultReader;
import dev.pawl.app.Pawl;
import dev.pawl.config.PolicyFile;
import dev.pawl.config.PolicyReading;
import dev.pawl.domain.policy.StageKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say against what is there: links, names, examples, commands. */
class DocumentsTest {
    private static final Pattern BLOCK = Pattern.compile("(?m)^```([a-z_ ]*)\\n(.*?)^```$", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z]*(?:\\.[A-Za-z]+)*)(\\(\\))?`");
    private static final Pattern COMMAND = Pattern.compile("(?<![\\w/.-])(?:\\./)?pawl ([a-z]+)");
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+)(…)?(?:\\[[^\\]`]*])?)?`");
    private static final Pattern REQUIREMENT =
            Pattern.compile("(?m)^\\| (SEC-[0-9]{2}) \\| ([^|]*) \\| ([^|]*) \\| ?([^|]*) \\|$");
    private static final String POLICY = "# .github/pawl.yml\n";

    /** A fenced block: the words after the fence, and what stands in it. */
    private record Block(String words, String text) {}

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md")),
                            files.filter(f -> f.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }

    private static List<Block> blocks(Path file) throws IOException {
        return BLOCK.matcher(Files.readString(file))
                .results()
                .map(found -> new Block(found.group(1).strip(), found.group(2)))
                .toList();
    }

    private static String prose(Path file) throws IOException {
        return BLOCK.matcher(Files.readString(file)).replaceAll("");
    }

    @Test
    void everyRelativeLinkLeadsSomewhere() throws IOException {
        var dead = new ArrayList<String>();
        int seen = 0;
        for (Path file : documents()) {
            for (String target : found(LINK, prose(file))) {
                if (target.contains("://")) {
                    continue;
                }
                seen++;
                int hash = target.indexOf('#');
                String path = hash < 0 ? target : target.substring(0, hash);
                Path there = path.isEmpty() ? file : file.resolveSibling(path).normalize();
                boolean leads =
                        Files.exists(there) && (hash < 0 || anchors(there).contains(target.substring(hash + 1)));
                if (!leads) {
                    dead.add(file + ": " + target);
                }
            }
        }
        assertThat(seen).isGreaterThan(30);
        assertThat(dead).isEmpty();
    }

    /** Headings as GitHub names them: lower case, punctuation dropped, hyphens for blanks. */
    private static List<String> anchors(Path file) throws IOException {
        return prose(file)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
                .toList();
    }

    @Test
    void theWalkNamesOnlyWhatExists() throws IOException {
        Map<String, String> sources = sources();
        List<String> declared = found(TYPE, String.join("\n", sources.values()));
        var unknown = new ArrayList<String>();
        List<MatchResult> names = NAME.matcher(Files.readString(Path.of("docs/walk.md")))
                .results()
                .toList();
        for (MatchResult name : names) {
            List<String> parts = List.of(name.group(1).split("\\."));
            boolean method = name.group(2) != null;
            List<String> types = method ? parts.subList(0, parts.size() - 1) : parts;
            boolean known = declared.containsAll(types);
            boolean has = !method || sources.getOrDefault(types.getFirst(), "").contains(" " + parts.getLast() + "(");
            if (!known || !has) {
                unknown.add(name.group());
            }
        }
        assertThat(names).hasSizeGreaterThan(50);
        assertThat(unknown).isEmpty();
    }

    /** All sources by the name of their type; where two share a name, both. */
    private static Map<String, String> sources() throws IOException {
        var sources = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                sources.merge(name, Files.readString(file), (one, other) -> one + "\n" + other);
            }
        }
        return sources;
    }

    @Test
    void everyPolicyIsValid() throws IOException {
        int seen = 0;
        for (Path file : documents()) {
            for (Block block : blocks(file)) {
                if (block.words().equals("yaml") && block.text().startsWith(POLICY)) {
                    seen++;
                    assertThat(PolicyFile.read(block.text(), file.toString())).isInstanceOf(PolicyReading.Valid.class);
                }
            }
        }
        assertThat(seen).isGreaterThanOrEqualTo(2);
    }

    @Test
    void everyExampleOfAnAgentIsOne() throws IOException {
        var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("docs/schemas/agent-request-v1.schema.json")));
        int seen = 0;
        for (Block block : blocks(Path.of("docs/agents.md"))) {
            if (block.words().equals("json request")) {
                seen++;
                assertThat(schema.validate(block.text(), InputFormat.JSON)).isEmpty();
            } else if (block.words().startsWith("json result ")) {
                seen++;
                StageKind stage = StageKind.parse(block.words().substring(12)).orElseThrow();
                assertThat(ResultReader.read(block.text(), stage))
                        .as(block.text())
                        .isInstanceOf(ResultReader.Reading.WellFormed.class);
            }
        }
        assertThat(seen).isGreaterThanOrEqualTo(6);
    }

    @Test
    void everyCommandExists() throws IOException {
        List<String> known = commands();
        var unknown = new ArrayList<String>();
        int seen = 0;
        for (Path file : documents()) {
            var spans = new ArrayList<>(found(Pattern.compile("`([^`\\n]+)`"), prose(file)));
            blocks(file).stream()
                    .filter(b -> b.words().equals("sh"))
                    .forEach(b -> spans.add(b.text().replaceAll("(?m)#.*", "")));
            for (String command : found(COMMAND, String.join("\n", spans))) {
                seen++;
                if (!known.contains(command)) {
                    unknown.add(file + ": pawl " + command);
                }
            }
        }
        assertThat(seen).isGreaterThan(5);
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyTestThatADocumentNamesExists() throws IOException {
        Map<String, String> tests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
                String name = file.getFileName().toString();
                tests.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
            }
        }
        var missing = new ArrayList<String>();
        int seen = 0;
        for (Path file : documents()) {
            for (MatchResult test : TEST.matcher(prose(file)).results().toList()) {
                seen++;
                String source = tests.getOrDefault(test.group(1), "");
                String method = test.group(2) == null ? "" : test.group(2);
                boolean there = test.group(3) == null
                        ? Pattern.compile("\\b" + method + "\\(")
                                .matcher(source)
                                .find()
                        : source.contains(" " + method);
                if (source.isEmpty() || !method.isEmpty() && !there) {
                    missing.add(file + ": " + test.group());
                }
            }
        }
        assertThat(seen).isGreaterThan(100);
        assertThat(missing).isEmpty();
    }

    @Test
    void everyRequirementOfTheThreatModelHasItsTestOrItsReason() throws IOException {
        var shown = new TreeSet<String>();
        for (MatchResult row : REQUIREMENT
                .matcher(Files.readString(Path.of("docs/security.md")))
                .results()
                .toList()) {
            assertThat(row.group(2)).as(row.group(1)).isNotBlank();
            assertThat(row.group(3).contains("Test") || !row.group(4).isBlank())
                    .as("a test for %s, or a reason", row.group(1))
                    .isTrue();
            shown.add(row.group(1));
        }
        assertThat(shown)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 34)
                        .mapToObj("SEC-%02d"::formatted)
                        .toList());
    }

    private static List<String> commands() {
        var bytes = new ByteArrayOutputStream();
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        assertThat(Pawl.run(new String[] {"--help"}, Map.of(), out, out)).isZero();
        return found(Pattern.compile("(?m)^  ([a-z]+)  "), bytes.toString(StandardCharsets.UTF_8));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }
}
