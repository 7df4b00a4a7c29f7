package dev.pawl.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.StageKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** {@code docs/pawl.schema.json} against the reader: the same keys, defaults, words and bounds. */
class SchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode SCHEMA = json(Corpus.read(Path.of("docs/pawl.schema.json")));
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final JsonSchema VALIDATOR = FACTORY.getSchema(SCHEMA);
    private static final Pattern KNOWN = Pattern.compile("zzzzzzzz: unknown key\\. Known here: (.*)\\.");

    /** A key with a fixed path, or one below a name of the author's choice, and what the schema says of it. */
    record Leaf(String path, JsonNode schema) {}

    static List<Corpus.Sample> valid() {
        return Corpus.in("valid");
    }

    static List<Corpus.Sample> invalid() {
        return Corpus.in("invalid");
    }

    static List<Corpus.Sample> refused() {
        return Corpus.in("refused").stream()
                // Its second key would not survive the conversion to JSON.
                .filter(s -> !s.name().equals("duplicate-keys.yml"))
                .toList();
    }

    @Test
    void theSchemaIsASchema() {
        JsonSchema meta =
                FACTORY.getSchema(SchemaLocation.of(SCHEMA.get("$schema").asText()));

        assertThat(meta.validate(SCHEMA)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource({"valid", "refused"})
    void theSchemaTakesWhatIsInForm(Corpus.Sample sample) {
        assertThat(schemaErrors(sample.text())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void theSchemaRefusesWhatIsNotInForm(Corpus.Sample sample) {
        assertThat(schemaErrors(sample.text())).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#                              | {zzzzzzzz: 1}",
                "#/properties/start             | {start: {zzzzzzzz: 1}}",
                "#/properties/roles             | {roles: {zzzzzzzz: 1}}",
                "#/properties/validation        | {validation: {zzzzzzzz: 1}}",
                "#/properties/branch            | {branch: {zzzzzzzz: 1}}",
                "#/properties/commit            | {commit: {zzzzzzzz: 1}}",
                "#/properties/pull_request      | {pull_request: {zzzzzzzz: 1}}",
                "#/properties/merge             | {merge: {zzzzzzzz: 1}}",
                "#/properties/paths             | {paths: {zzzzzzzz: 1}}",
                "#/properties/limits            | {limits: {zzzzzzzz: 1}}",
                "#/properties/ledger            | {ledger: {zzzzzzzz: 1}}",
                "#/$defs/issueType              | {types: {bug: {zzzzzzzz: 1}}}",
                "#/$defs/workflow               | {workflows: {bug: {zzzzzzzz: 1}}}",
                "#/$defs/settings               | {workflows: {bug: {stages: [triage: {zzzzzzzz: 1}]}}}",
                "#/$defs/agent                  | {agents: {a: {zzzzzzzz: 1}}}",
                "#/$defs/tiers                  | {agents: {a: {tiers: {zzzzzzzz: 1}}}}",
                "#/$defs/mcpServer              | {agents: {a: {kind: model, mcp: {s: {zzzzzzzz: 1}}}}}",
                "#/$defs/price                  | {prices: {m: {zzzzzzzz: 1}}}",
                "#/$defs/command                | {validation: {commands: [{zzzzzzzz: 1}]}}"
            })
    void bothKnowTheSameKeys(String pointer, String policy) {
        JsonNode schema = SCHEMA.at(pointer.substring(1));
        String error = PolicyFileTest.errors(policy, "p").stream()
                .filter(e -> e.contains("unknown key"))
                .findFirst()
                .orElseThrow();
        var matcher = KNOWN.matcher(error);

        assertThat(matcher.find()).as(error).isTrue();
        assertThat(new TreeSet<>(List.of(matcher.group(1).split(", ", -1)))).isEqualTo(keys(schema.get("properties")));
        assertThat(schema.get("additionalProperties").asBoolean(true)).isFalse();
    }

    @Test
    void everyClosedObjectOfTheSchemaIsCompared() {
        var closed = new ArrayList<JsonNode>();
        closedObjects(SCHEMA, closed);

        // The nineteen above, and the stage with its one key, whose words are compared below.
        assertThat(closed).hasSize(20);
    }

    @Test
    void theDefaultsWrittenOutAreTheDefaults() {
        JsonNode full = withDefaults(SCHEMA, JSON.createObjectNode(), true);

        assertThat(keys(full)).isEqualTo(keys(SCHEMA.get("properties")));
        assertThat(PolicyFile.read(full.toString(), "p")).isEqualTo(new PolicyReading.Valid(Policy.DEFAULT));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aDefaultWrittenOutChangesNothing(Corpus.Sample sample) {
        JsonNode policy = yaml(sample.text());
        JsonNode full = withDefaults(SCHEMA, policy.isNull() ? JSON.createObjectNode() : policy, false);

        assertThat(schemaErrors(full.toString())).isEmpty();
        assertThat(PolicyFile.read(full.toString(), "p")).isEqualTo(PolicyFile.read(sample.text(), "p"));
    }

    @Test
    void everyNumberHasTheSameBounds() {
        List<Leaf> numbers = fixedLeaves().stream()
                .filter(l -> l.schema().path("type").asText().equals("integer"))
                .toList();

        assertThat(numbers).hasSizeGreaterThan(6).allSatisfy(leaf -> {
            long least = leaf.schema().get("minimum").asLong();
            long most = leaf.schema().get("maximum").asLong();
            assertThat(both(leaf, String.valueOf(least))).isTrue();
            assertThat(both(leaf, String.valueOf(most))).isTrue();
            assertThat(both(leaf, String.valueOf(least - 1))).isFalse();
            assertThat(both(leaf, String.valueOf(most + 1))).isFalse();
            assertThat(both(leaf, "1.5")).isFalse();
            assertThat(both(leaf, "\"" + least + "\"")).isFalse();
        });
    }

    @Test
    void everyWordOfTheSchemaIsRead() {
        List<Leaf> words =
                fixedLeaves().stream().filter(l -> l.schema().has("enum")).toList();

        assertThat(words).hasSize(6).allSatisfy(leaf -> {
            leaf.schema()
                    .get("enum")
                    .forEach(w -> assertThat(both(leaf, w.asText())).isTrue());
            assertThat(both(leaf, "nonsense")).isFalse();
        });
    }

    @Test
    void everyFlagIsReadAsAFlagOnly() {
        List<Leaf> flags = fixedLeaves().stream()
                .filter(l -> l.schema().path("type").asText().equals("boolean"))
                .toList();

        assertThat(flags).isNotEmpty().allSatisfy(leaf -> {
            assertThat(both(leaf, "true")).isTrue();
            assertThat(both(leaf, "false")).isTrue();
            assertThat(both(leaf, "yes")).isFalse();
            assertThat(both(leaf, "1")).isFalse();
        });
    }

    @Test
    void theClosedSetsAreTheCodes() {
        List<String> stages = Arrays.stream(StageKind.values())
                .filter(StageKind::available)
                .map(StageKind::word)
                .toList();
        JsonNode stage = SCHEMA.at("/$defs/stage/anyOf");

        assertThat(texts(stage.get(0).get("enum"))).containsExactlyInAnyOrderElementsOf(stages);
        assertThat(keys(stage.get(1).get("properties"))).containsExactlyInAnyOrderElementsOf(stages);
        assertThat(texts(SCHEMA.at("/$defs/agent/properties/kind/enum")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(AgentSpec.Kind.values())
                        .map(AgentSpec.Kind::word)
                        .toList());
    }

    /** Whether reader and schema take the value; fails when they differ. */
    private static boolean both(Leaf leaf, String value) {
        String policy = leaf.path().contains(".")
                ? leaf.path().replace(".", ": {") + ": " + value + "}"
                : leaf.path() + ": " + value;
        boolean reader = PolicyFileTest.errors(policy, "p").isEmpty();
        assertThat(schemaErrors(policy).isEmpty()).as(policy).isEqualTo(reader);
        return reader;
    }

    private static List<Leaf> fixedLeaves() {
        var leaves = new ArrayList<Leaf>();
        leaves(leaves);
        return leaves.stream()
                .filter(l -> !l.path().contains("*") && !l.path().contains("["))
                .toList();
    }

    /** Every key that a policy can have, except those of a stage. */
    static void leaves(List<Leaf> leaves) {
        SCHEMA.get("properties").properties().forEach(e -> {
            if (e.getValue().has("properties")) {
                add(e.getKey() + ".", e.getValue(), leaves);
            } else if (!e.getValue().has("additionalProperties")) {
                leaves.add(new Leaf(e.getKey(), resolved(e.getValue())));
            }
        });
        add("types.*.", SCHEMA.at("/$defs/issueType"), leaves);
        add("workflows.*.", SCHEMA.at("/$defs/workflow"), leaves);
        add("agents.*.", SCHEMA.at("/$defs/agent"), leaves);
        add("agents.*.mcp.*.", SCHEMA.at("/$defs/mcpServer"), leaves);
        add("prices.*.", SCHEMA.at("/$defs/price"), leaves);
        add("validation.commands[].", SCHEMA.at("/$defs/command"), leaves);
    }

    private static void add(String prefix, JsonNode object, List<Leaf> leaves) {
        object.get("properties")
                .properties()
                .forEach(e -> leaves.add(new Leaf(prefix + e.getKey(), resolved(e.getValue()))));
    }

    private static void closedObjects(JsonNode schema, List<JsonNode> found) {
        if (schema.path("additionalProperties").isBoolean()) {
            found.add(schema);
        }
        schema.forEach(child -> closedObjects(child, found));
    }

    /** The value with every default below it written out; types and workflows only where asked for, since they replace each other. */
    private static JsonNode withDefaults(JsonNode schema, JsonNode value, boolean types) {
        JsonNode here = resolved(schema);
        if (value instanceof ArrayNode list) {
            ArrayNode full = JSON.createArrayNode();
            list.forEach(item -> full.add(withDefaults(here.path("items"), item, types)));
            return full;
        }
        if (!(value instanceof ObjectNode given)) {
            return value;
        }
        ObjectNode full = JSON.createObjectNode();
        JsonNode named = here.path("additionalProperties");
        given.properties()
                .forEach(e -> full.set(
                        e.getKey(),
                        withDefaults(
                                here.path("properties").path(e.getKey()).isMissingNode()
                                        ? named
                                        : here.path("properties").path(e.getKey()),
                                e.getValue(),
                                types)));
        here.path("properties").properties().forEach(e -> {
            // A stage has one key, and no other by default.
            boolean kept = !here.has("maxProperties")
                    && (types || !List.of("types", "workflows").contains(e.getKey()));
            if (!full.has(e.getKey()) && kept) {
                usual(e.getValue(), types).ifPresent(d -> full.set(e.getKey(), d));
            }
        });
        return full;
    }

    private static Optional<JsonNode> usual(JsonNode schema, boolean types) {
        JsonNode here = resolved(schema);
        if (here.has("default")) {
            return Optional.of(withDefaults(here, here.get("default"), types));
        }
        return here.has("properties")
                        && !here.has("required")
                        && texts(here.path("type")).contains("null")
                ? Optional.of(withDefaults(here, JSON.createObjectNode(), types))
                : Optional.empty();
    }

    /** A schema with what it refers to. A stage is the one with its settings, since only that one has keys. */
    private static JsonNode resolved(JsonNode schema) {
        JsonNode here =
                schema.has("anyOf") && schema.at("/anyOf/1/properties").isObject() ? schema.at("/anyOf/1") : schema;
        if (!here.has("$ref")) {
            return here;
        }
        ObjectNode joined =
                resolved(SCHEMA.at(here.get("$ref").asText().substring(1))).deepCopy();
        here.properties().stream()
                .filter(e -> !e.getKey().equals("$ref") && !e.getKey().equals("properties"))
                .forEach(e -> joined.set(e.getKey(), e.getValue()));
        here.path("properties").properties().stream()
                .filter(e -> !e.getValue().asBoolean(true) || e.getValue().has("const"))
                .forEach(e -> ((ObjectNode) joined.get("properties")).remove(e.getKey()));
        return joined;
    }

    static List<String> schemaErrors(String policy) {
        return VALIDATOR.validate(yaml(policy)).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    private static JsonNode yaml(String text) {
        var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
        return JSON.valueToTree(new Load(settings).loadFromString(text));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> keys(JsonNode object) {
        var keys = new TreeSet<String>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static List<String> texts(JsonNode list) {
        return Stream.iterate(0, i -> i < list.size(), i -> i + 1)
                .map(i -> list.get(i).asText())
                .toList();
    }
}
