package dev.pawl.config;

import dev.pawl.domain.policy.DefaultWorkflows;
import dev.pawl.domain.policy.IssueType;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code types} and {@code workflows}, and how they go together. */
final class WorkflowsSection {
    private static final int LEAST_URGENT = 100;

    private WorkflowsSection() {}

    /**
     * Types and their workflows.
     *
     * @param types first match first
     * @param workflows one for each type
     */
    record Both(List<IssueType> types, Map<String, Workflow> workflows) {}

    /** Reads both. Given types replace the default ones; given workflows stand before the default ones of the same name. */
    static Both read(Section root, AgentChoice agents) {
        Optional<Named<IssueType>> types = root.read("types", types());
        Optional<Named<Workflow>> workflows = root.read("workflows", workflows(new StageReader(agents)));
        boolean typesGiven =
                root.value("types").filter(v -> !v.yaml().isNothing()).isPresent();
        if (typesGiven && types.isEmpty()) {
            return new Both(List.of(), Map.of());
        }
        List<IssueType> all =
                typesGiven ? List.copyOf(types.orElseThrow().values().values()) : DefaultWorkflows.types();
        Named<Workflow> given = workflows.orElse(new Named<>(Map.of(), Map.of()));
        Set<String> names = typesGiven
                ? types.orElseThrow().places().keySet()
                : all.stream().map(IssueType::name).collect(Collectors.toUnmodifiableSet());
        root.value("workflows").ifPresent(v -> refuseWithoutType(given, names, v.problems()));
        root.value("types").ifPresent(v -> types.ifPresent(t -> refuseWithoutWorkflow(t, given, v.problems())));
        return new Both(all, together(all, given));
    }

    private static Map<String, Workflow> together(List<IssueType> types, Named<Workflow> given) {
        var together = new LinkedHashMap<String, Workflow>();
        for (IssueType type : types) {
            Optional.ofNullable(given.values().get(type.name()))
                    .or(() -> Optional.ofNullable(DefaultWorkflows.workflows().get(type.name())))
                    .ifPresent(w -> together.put(type.name(), w));
        }
        return together;
    }

    private static void refuseWithoutType(Named<Workflow> given, Set<String> types, Problems problems) {
        given.places().forEach((name, place) -> {
            if (!types.contains(name)) {
                problems.add(
                        place,
                        "no type is called " + Shown.quoted(name),
                        Nearest.to(name, types)
                                .map(n -> "Did you mean " + Shown.quoted(n) + "?")
                                .orElse("Declare it below types."));
            }
        });
    }

    private static void refuseWithoutWorkflow(Named<IssueType> types, Named<Workflow> given, Problems problems) {
        types.places().forEach((name, place) -> {
            if (!given.places().containsKey(name)
                    && !DefaultWorkflows.workflows().containsKey(name)) {
                problems.add(place, "this type has no workflow", "Add one below workflows.");
            }
        });
    }

    private static Value.Reader<Named<IssueType>> types() {
        return value -> {
            var next = new ArrayList<String>();
            Optional<Named<IssueType>> types = Named.<IssueType>of("types by name", (name, v) -> {
                        next.add(name);
                        return Section.of(s -> type(name, next.size(), s)).read(v);
                    })
                    .read(value);
            return types.filter(t -> value.yaml().isNothing() || !t.places().isEmpty() || refuseEmpty(value, "type"));
        };
    }

    private static boolean refuseEmpty(Value value, String what) {
        value.refused("expected at least one " + what, "Leave the key out for the defaults.");
        return false;
    }

    private static IssueType type(String name, int place, Section section) {
        return new IssueType(
                name,
                section.read("labels", Words.labels(), List.of()),
                section.read("titles", Scalars.list("a list of title prefixes", Words.title()), List.of()),
                section.read("priority", Scalars.whole(1, LEAST_URGENT), Math.min(place, LEAST_URGENT)));
    }

    private static Value.Reader<Named<Workflow>> workflows(StageReader stages) {
        return Named.of(
                "workflows by type",
                (name, value) -> value.yaml() instanceof Yaml.Sequence
                        ? value.wrong("keys with values", "Write the list below stages.")
                        : Section.with(s -> workflow(name, stages, s)).read(value));
    }

    private static Optional<Workflow> workflow(String name, StageReader reader, Section section) {
        Optional<Workflow> usual =
                Optional.ofNullable(DefaultWorkflows.workflows().get(name));
        boolean close = section.read("close", Scalars.flag(), false);
        Optional<Value> given = section.value("stages");
        if (given.isEmpty() && usual.isEmpty()) {
            section.problem("stages is missing", "Such as [triage, implement, open_pr].");
        }
        Optional<List<Stage>> stages =
                given.isEmpty() ? usual.map(Workflow::stages) : given.flatMap(v -> stages(v, reader));
        return stages.filter(s -> !s.isEmpty()).map(s -> new Workflow(name, s, close));
    }

    private static Optional<List<Stage>> stages(Value value, StageReader reader) {
        return value.items("a list of stages").flatMap(items -> {
            List<StageReader.Written> written =
                    items.stream().map(reader::read).flatMap(Optional::stream).toList();
            if (items.isEmpty()) {
                refuseEmpty(value, "stage");
            } else if (written.size() == items.size()) {
                WorkflowRules.check(written);
            }
            return value.problems().none()
                    ? Optional.of(written.stream()
                            .map(StageReader.Written::stage)
                            .flatMap(Optional::stream)
                            .toList())
                    : Optional.empty();
        });
    }
}
