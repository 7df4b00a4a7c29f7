package dev.pawl.config;

import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.StageKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One stage of a workflow: a kind, or a kind with its settings. */
final class StageReader {
    /** The longest a stage or a command may take: the longest job on a hosted runner. */
    static final Duration LONGEST = Duration.ofHours(6);

    private static final String EXPECTED = "a stage kind, or one with its settings: {implement: {attempts: 3}}";

    /** Stages that the next ones can do without. */
    private static final Set<StageKind> CAN_BE_OPTIONAL =
            Set.of(StageKind.CLARIFY, StageKind.PLAN, StageKind.VALIDATE, StageKind.REVIEW, StageKind.SUMMARIZE);

    private final AgentChoice agents;

    StageReader(AgentChoice agents) {
        this.agents = agents;
    }

    /**
     * A stage as written.
     *
     * @param kind its kind, also one that comes with a later version
     * @param stage what it says; empty where something is wrong with it
     * @param value where it stands
     */
    record Written(StageKind kind, Optional<Stage> stage, Value value) {}

    /** Reads one item of the list of stages; empty where it names no kind. */
    Optional<Written> read(Value item) {
        List<Yaml.Entry> entries = item.yaml() instanceof Yaml.Mapping m ? m.entries() : List.of();
        if (entries.size() > 1) {
            return item.refused(
                    "expected one stage kind with its settings, found " + entries.size() + " keys",
                    "Put a dash before each stage and indent its settings below it.");
        }
        if (entries.isEmpty()) {
            return item.text(EXPECTED)
                    .flatMap(word -> kind(word, item))
                    .map(k -> written(k, Optional.of(Stage.of(k)), item));
        }
        Yaml.Entry entry = entries.getFirst();
        Value named = new Value(
                new Yaml.Scalar(entry.key(), Yaml.Kind.TEXT, entry.spot()),
                item.place().at(entry.spot()),
                item.problems());
        return kind(entry.key(), named)
                .map(kind -> written(kind, Section.with(s -> settings(kind, s)).read(item.below(entry)), named));
    }

    private static Written written(StageKind kind, Optional<Stage> stage, Value value) {
        if (!kind.available()) {
            value.refused(later(kind.word()), Optional.empty());
        }
        return new Written(kind, stage, value);
    }

    private static Optional<StageKind> kind(String word, Value value) {
        List<String> known = Arrays.stream(StageKind.values())
                .filter(StageKind::available)
                .map(StageKind::word)
                .toList();
        return StageKind.parse(word)
                .or(() -> value.refused("no stage is called " + Shown.quoted(word), Nearest.hint(word, known)));
    }

    private Optional<Stage> settings(StageKind kind, Section section) {
        Optional<String> agent = agentOnly(kind, section.value("agent")).flatMap(agents::read);
        Optional<String> model = agentOnly(kind, section.value("model")).flatMap(AgentsSection.model()::read);
        Optional<Integer> attempts = section.read("attempts", Scalars.whole(1, 10));
        Duration timeout =
                section.read("timeout", Amounts.duration(Duration.ofSeconds(1), LONGEST), Stage.DEFAULT_TIMEOUT);
        boolean approval = section.read("approval", Scalars.word(Map.of("required", true)), false);
        boolean optional = section.read("optional", Scalars.flag(), false);
        if (approval && kind != StageKind.PLAN) {
            section.value("approval").ifPresent(v -> v.refused("only a plan can be approved", "Leave it out."));
        }
        if (optional && !CAN_BE_OPTIONAL.contains(kind)) {
            section.value("optional")
                    .ifPresent(v -> v.refused(kind.word() + " can't be optional", "Later stages build on it."));
        }
        if (optional && approval) {
            section.value("optional")
                    .ifPresent(v -> v.refused("a plan that must be approved can't be optional", "Choose one."));
        }
        return Optional.of(new Stage(kind, agent, model, attempts, timeout, approval, optional));
    }

    private static Optional<Value> agentOnly(StageKind kind, Optional<Value> value) {
        if (!kind.usesAgent()) {
            value.ifPresent(v -> v.refused(kind.word() + " takes no agent", "Leave it out."));
        }
        return value.filter(v -> kind.usesAgent());
    }

    /** What is said of words that are known and can't be used yet. */
    static String later(String word) {
        return Shown.quoted(word) + " comes with a later version of Pawl; leave it out for now";
    }
}
