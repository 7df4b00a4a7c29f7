package dev.pawl.sandbox.act;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.json.IssueJson;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.world.Happening;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.Label;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Creates, changes and deletes labels, puts them on issues and takes them off. */
public record LabelActs(Act act) {
    /** Creates a label that doesn't exist. */
    public Label create(String name, String color, @Nullable String description) {
        var label = new Label(act.nextId(), name, color, description);
        put(label);
        tell("created", label);
        return label;
    }

    /** The label of that name, created with GitHub's default colour where it doesn't exist. */
    public Label ensure(String name) {
        return act.repo().label(name).orElseGet(() -> create(name, Label.DEFAULT_COLOR, null));
    }

    /** Gives a label another name, colour or description; issues that have it keep it. */
    public Label change(Label old, Label changed) {
        act.repo().labels().remove(key(old));
        put(changed);
        for (Issue issue : act.repo().issues().values()) {
            issue.labels().replaceAll(name -> name.equalsIgnoreCase(old.name()) ? changed.name() : name);
        }
        tell("edited", changed);
        return changed;
    }

    /** Deletes a label, also from the issues that have it. */
    public void delete(Label label) {
        act.repo().labels().remove(key(label));
        for (Issue issue : act.repo().issues().values()) {
            issue.labels().removeIf(label.name()::equalsIgnoreCase);
        }
        tell("deleted", label);
    }

    /** Puts labels on an issue, creating those that don't exist; what it has already stays as it is. */
    public void add(Issue issue, List<String> names) {
        for (String name : names) {
            Label label = ensure(name);
            if (!issue.hasLabel(label.name())) {
                issue.labels().add(label.name());
                act.happened(issue, new Happening.Labeled(label.name(), label.color()));
                act.tellOf(issue, "labeled", payload -> payload.set("label", IssueJson.of(label, act.view())));
            }
        }
    }

    /** Takes a label off an issue that has it. */
    public void remove(Issue issue, Label label) {
        if (issue.labels().removeIf(label.name()::equalsIgnoreCase)) {
            act.happened(issue, new Happening.Unlabeled(label.name(), label.color()));
            act.tellOf(issue, "unlabeled", payload -> payload.set("label", IssueJson.of(label, act.view())));
        }
    }

    /** Makes an issue's labels exactly these. */
    public void replace(Issue issue, List<String> names) {
        for (String name : List.copyOf(issue.labels())) {
            if (names.stream().noneMatch(name::equalsIgnoreCase)) {
                act.repo().label(name).ifPresent(label -> remove(issue, label));
            }
        }
        add(issue, names);
    }

    private void put(Label label) {
        act.repo().labels().put(key(label), label);
    }

    private static String key(Label label) {
        return label.name().toLowerCase(Locale.ROOT);
    }

    private void tell(String action, Label label) {
        ObjectNode payload = Json.object().put("action", action);
        payload.set("label", IssueJson.of(label, act.view()));
        act.tell("label", payload);
    }
}
