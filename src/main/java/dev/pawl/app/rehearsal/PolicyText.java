package dev.pawl.app.rehearsal;

import dev.pawl.config.PolicyFile;
import dev.pawl.config.PolicyReading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A policy file as the rehearsal sees it: a text, of which it needs to know few things. Whether it is valid is the engine's
 * to say, so what can't be read here has every default.
 *
 * @param text the file
 */
record PolicyText(String text) {
    /** The agent that a rehearsal brings along. */
    static final String AGENT = "rehearsal";

    private Map<?, ?> root() {
        try {
            Object read = new Load(LoadSettings.builder().build()).loadFromString(text);
            return read instanceof Map<?, ?> map ? map : Map.of();
        } catch (YamlEngineException e) {
            return Map.of();
        }
    }

    private static Map<?, ?> section(Map<?, ?> in, Object name) {
        return in.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static Optional<String> word(Map<?, ?> in, String name) {
        return in.get(name) instanceof String word && !word.isBlank() ? Optional.of(word) : Optional.empty();
    }

    private static List<String> words(Map<?, ?> in, String name) {
        return in.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    /** The label that starts a run. */
    String startLabel() {
        return word(section(root(), "start"), "label").orElse("pawl");
    }

    /** The branch that pull requests go to, where it is named. */
    Optional<String> baseBranch() {
        return word(section(root(), "branch"), "base");
    }

    /** The label that makes an issue one of that type, where the policy has its own types and none goes by the title. */
    Optional<String> typeLabel(String workflow, String title) {
        Map<?, ?> type = section(section(root(), "types"), workflow);
        boolean titled = words(type, "titles").stream().anyMatch(title::startsWith);
        return titled ? Optional.empty() : words(type, "labels").stream().findFirst();
    }

    /** The environment variables that its agents may have. */
    List<String> environment() {
        var names = new TreeSet<String>();
        for (Object agent : section(root(), "agents").values()) {
            if (agent instanceof Map<?, ?> map) {
                names.addAll(words(map, "env"));
            }
        }
        return List.copyOf(names);
    }

    /** The same policy with one more agent, called {@link #AGENT}, which gets the variables of all others. */
    PolicyText withAgent(List<String> run, List<String> environment) {
        if (PolicyFile.read(text, Project.POLICY) instanceof PolicyReading.Invalid) {
            return this; // the engine says what is wrong with it, by its own lines
        }
        Map<?, ?> root = root();
        var agent = new LinkedHashMap<String, Object>();
        agent.put("kind", "command");
        agent.put("run", new ArrayList<>(run));
        agent.put("env", new ArrayList<>(environment));
        var agents = new LinkedHashMap<Object, Object>(section(root, "agents"));
        agents.put(AGENT, agent);
        var changed = new LinkedHashMap<Object, Object>(root);
        changed.put("agents", agents);
        var settings =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
        return new PolicyText(new Dump(settings).dumpToString(changed));
    }
}
