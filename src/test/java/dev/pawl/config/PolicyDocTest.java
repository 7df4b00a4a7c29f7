package dev.pawl.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/policy.md} against the reader: its examples, its errors and its tables. */
class PolicyDocTest {
    private static final String FILE = ".github/pawl.yml";
    private static final Pattern BLOCK = Pattern.compile("(?m)^```([a-z ]+)\\n(.*?)^```$", Pattern.DOTALL);
    private static final String DOC = Corpus.read(Path.of("docs/policy.md"));

    private record Block(String language, String text) {}

    private static List<Block> blocks() {
        var blocks = new ArrayList<Block>();
        var matcher = BLOCK.matcher(DOC);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }

    @Test
    void everyExampleIsAValidPolicy() {
        List<Block> examples =
                blocks().stream().filter(b -> b.language().equals("yaml")).toList();

        assertThat(examples).hasSizeGreaterThan(10);
        assertThat(examples).allSatisfy(b -> {
            assertThat(PolicyFileTest.errors(b.text(), FILE)).as(b.text()).isEmpty();
            assertThat(SchemaTest.schemaErrors(b.text())).as(b.text()).isEmpty();
        });
    }

    @Test
    void theRefusedExampleGetsTheErrorsThatStandBelowIt() {
        String refused = only("yaml refused");
        String errors = only("text");

        assertThat(String.join("\n", PolicyFileTest.errors(refused, FILE)) + "\n")
                .isEqualTo(errors);
    }

    @Test
    void theDefaultsThatAreWrittenOutAreTheDefaults() {
        for (String key : List.of("types", "workflows")) {
            Block block = blocks().stream()
                    .filter(b -> b.language().equals("yaml") && b.text().startsWith(key + ":\n  bug:   "))
                    .findFirst()
                    .orElseThrow();
            assertThat(PolicyFile.read(block.text(), FILE)).as(key).isEqualTo(PolicyFile.read("", FILE));
        }
    }

    @Test
    void everyKeyHasARowWithItsDefault() {
        var leaves = new ArrayList<SchemaTest.Leaf>();
        SchemaTest.leaves(leaves);

        assertThat(leaves).hasSizeGreaterThan(40);
        assertThat(leaves).allSatisfy(leaf -> {
            String row = DOC.lines()
                    .filter(l -> l.startsWith("| `" + leaf.path() + "` |"))
                    .findFirst()
                    .orElse("");
            assertThat(row).as(leaf.path()).isNotEmpty();
            JsonNode usual = leaf.schema().path("default");
            if (usual.isValueNode()) {
                assertThat(row).startsWith("| `" + leaf.path() + "` | `" + usual.asText() + "` |");
            }
        });
    }

    private static String only(String language) {
        List<Block> found =
                blocks().stream().filter(b -> b.language().equals(language)).toList();
        assertThat(found).hasSize(1);
        return found.getFirst().text();
    }
}
