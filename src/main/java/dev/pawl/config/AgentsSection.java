package dev.pawl.config;

import dev.pawl.domain.policy.AgentOptions;
import dev.pawl.domain.policy.AgentOptions.Tier;
import dev.pawl.domain.policy.AgentSpec;
import dev.pawl.domain.policy.AgentSpec.Kind;
import dev.pawl.domain.policy.IsolationRule;
import dev.pawl.domain.policy.ModelProvider;
import dev.pawl.domain.policy.StageKind;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code agents} and {@code roles}: who does the work. */
final class AgentsSection {
    /** The role of every stage that has none of its own. */
    static final String DEFAULT_ROLE = "default";

    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,99}");
    private static final Pattern BASE_URL = Pattern.compile(
            "(https://[a-z0-9.-]{1,200}(:[0-9]{1,5})?|http://(127\\.0\\.0\\.1|localhost):[0-9]{1,5})(/[A-Za-z0-9._~/-]{0,200})?");

    private static final int MOST_TOOL_CALLS = 10_000;

    /** The one key beside the names. */
    private static final String ISOLATION = "isolation";

    private AgentsSection() {}

    /** {@code agents.isolation}: whether agents may run where they can't be kept apart from us. */
    static IsolationRule isolation(Section root) {
        var rules = new LinkedHashMap<String, IsolationRule>();
        for (IsolationRule rule : IsolationRule.values()) {
            rules.put(rule.word(), rule);
        }
        return root.value("agents")
                .filter(agents -> agents.yaml() instanceof Yaml.Mapping)
                .flatMap(agents -> agents.entries("agents by name"))
                .flatMap(entries -> entries.stream()
                        .filter(entry -> entry.key().equals(ISOLATION))
                        .findFirst())
                .flatMap(entry -> Scalars.word(rules)
                        .read(root.value("agents").orElseThrow().below(entry)))
                .orElse(IsolationRule.BEST_EFFORT);
    }

    /** The agents, by name. */
    static Value.Reader<Named<AgentSpec>> agents() {
        return Named.besides(
                ISOLATION,
                "agents by name",
                (name, value) -> Section.with(s -> agent(name, s)).read(value));
    }

    private static Optional<AgentSpec> agent(String name, Section section) {
        Map<String, Kind> kinds = kinds();
        Optional<Kind> kind =
                section.need("kind", Scalars.word(kinds), "Write one of " + Shown.list(kinds.keySet()) + ".");
        Optional<String> model = section.read("model", model());
        Optional<Value> provider = section.value("provider");
        AgentOptions options = options(section, kind);
        List<String> env =
                section.read("env", Scalars.list("a list of environment variables' names", Words.env()), List.of());
        Optional<Value> runValue = section.value("run");
        Optional<List<String>> run = section.read("run", Argv::read);
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        boolean runs = kind.get() == Kind.COMMAND || kind.get() == Kind.ACP;
        for (String key : List.of("base_url", "tiers")) {
            refuseUnless(!runs, section.value(key), "an agent of this kind is its own program");
        }
        refuseUnless(
                kind.get() != Kind.COMMAND,
                section.value("tool_calls"),
                "nobody sees which tools an agent of this kind calls");
        refuseUnless(runs, runValue, "only agents of kind command or acp have a command line");
        refuseUnless(kind.get() == Kind.MODEL, provider, "only agents of kind model have a provider");
        if (runs && runValue.isEmpty()) {
            section.problem("run is missing", "Write the agent's command line as a list: [./tools/agent].");
        }
        if (kind.get() == Kind.MODEL && (model.isEmpty() || provider.isEmpty())) {
            section.problem(
                    "an agent of kind model has provider and model",
                    "Such as provider: anthropic, model: claude-haiku-4-5.");
        }
        return runs && run.isEmpty()
                ? Optional.empty()
                : Optional.of(new AgentSpec(name, kind.get(), model, run.orElse(List.of()), env, options));
    }

    private static AgentOptions options(Section section, Optional<Kind> kind) {
        return new AgentOptions(
                section.read("provider", Scalars.word(providers())).map(ModelProvider::word),
                section.read("base_url", Scalars.text(BASE_URL, "an https address, or http://127.0.0.1:<port>")),
                section.read("tiers", tiers(), Map.of()),
                section.read("tool_calls", Scalars.whole(1, MOST_TOOL_CALLS), AgentOptions.TOOL_CALLS),
                McpSection.of(section, kind));
    }

    private static Value.Reader<Map<Tier, String>> tiers() {
        return Section.of(section -> {
            var tiers = new EnumMap<Tier, String>(Tier.class);
            for (Tier tier : Tier.values()) {
                section.read(tier.word(), model()).ifPresent(m -> tiers.put(tier, m));
            }
            return tiers;
        });
    }

    private static void refuseUnless(boolean allowed, Optional<Value> value, String problem) {
        if (!allowed) {
            value.ifPresent(v -> v.refused(problem, "Leave it out."));
        }
    }

    /** A model's name, as its provider writes it. */
    static Value.Reader<String> model() {
        return Scalars.text(MODEL, "a model's name");
    }

    /** Whether a word can be a model's name. */
    static boolean isModel(String word) {
        return MODEL.matcher(word).matches();
    }

    private static Map<String, ModelProvider> providers() {
        var providers = new LinkedHashMap<String, ModelProvider>();
        for (ModelProvider provider : ModelProvider.values()) {
            providers.put(provider.word(), provider);
        }
        return providers;
    }

    /** The kinds by their words. */
    static Map<String, Kind> kinds() {
        var kinds = new LinkedHashMap<String, Kind>();
        for (Kind kind : Kind.values()) {
            kinds.put(kind.word(), kind);
        }
        return kinds;
    }

    /** The agents' names by role. */
    static Value.Reader<Map<String, String>> roles(AgentChoice choice) {
        return Section.of(section -> {
            var roles = new LinkedHashMap<String, String>();
            section.read(DEFAULT_ROLE, choice).ifPresent(agent -> roles.put(DEFAULT_ROLE, agent));
            for (StageKind kind : StageKind.values()) {
                boolean offered = kind.available() && kind.usesAgent();
                (offered ? section.value(kind.word()) : section.unoffered(kind.word()))
                        .flatMap(value -> role(kind, value, choice))
                        .ifPresent(agent -> roles.put(kind.word(), agent));
            }
            return roles;
        });
    }

    private static Optional<String> role(StageKind kind, Value value, AgentChoice choice) {
        if (!kind.available()) {
            return value.refused(StageReader.later(kind.word()), Optional.empty());
        }
        return kind.usesAgent() ? choice.read(value) : value.refused(kind.word() + " takes no agent", "Leave it out.");
    }
}
