package dev.pawl.forge.marker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.domain.model.Feedback;
import dev.pawl.domain.model.Note;
import dev.pawl.domain.model.Plan;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.forge.marker.MarkerJson.Unreadable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** What programs read in our comments, as JSON: {@code {"plan":…}}, {@code {"said":[…]}} or {@code {"found":…}}. */
final class NoteData {
    private static final int[] LONGEST_TEXTS = {40_000, 12_000, 4_000, 1_500, 600, 200, 60};
    private static final int LEAST_ITEMS = 40;

    private NoteData() {}

    /** Writes it; texts are cut, and at last items dropped, until it has at most so many bytes in a comment. */
    static ObjectNode write(Note.Data data, int mostBytes) {
        ObjectNode json = write(data, new Bounds(LONGEST_TEXTS[0], Integer.MAX_VALUE));
        for (int longest : LONGEST_TEXTS) {
            if (fits(json, mostBytes)) {
                return json;
            }
            json = write(data, new Bounds(longest, Integer.MAX_VALUE));
        }
        return fits(json, mostBytes)
                ? json
                : write(data, new Bounds(LONGEST_TEXTS[LONGEST_TEXTS.length - 1], LEAST_ITEMS));
    }

    private record Bounds(int text, int items) {
        String cut(Untrusted untrusted) {
            return Cut.chars(untrusted.raw(), text);
        }

        <T> List<T> cut(List<T> list) {
            return list.subList(0, Math.min(items, list.size()));
        }
    }

    private static boolean fits(ObjectNode json, int mostBytes) {
        return Cut.size(MarkerJson.inComment(json)) <= mostBytes;
    }

    private static ObjectNode write(Note.Data data, Bounds bounds) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (data) {
            case Note.Data.Planned(Plan plan) -> plan(json.putObject("plan"), plan, bounds);
            case Note.Data.Said(List<Feedback> feedback) -> {
                ArrayNode said = json.putArray("said");
                bounds.cut(feedback).forEach(item -> feedback(said.addObject(), item, bounds));
            }
            case Note.Data.Found(Untrusted text) -> json.put("found", bounds.cut(text));
        }
        return json;
    }

    private static void plan(ObjectNode json, Plan plan, Bounds bounds) {
        json.put("approach", bounds.cut(plan.approach()));
        ArrayNode tasks = json.putArray("tasks");
        bounds.cut(plan.tasks()).forEach(task -> task(tasks.addObject(), task, bounds));
        ArrayNode risks = json.putArray("risks");
        bounds.cut(plan.risks()).forEach(risk -> risks.add(bounds.cut(risk)));
        ArrayNode criteria = json.putArray("criteria");
        bounds.cut(plan.criteria()).forEach(criterion -> criteria.add(bounds.cut(criterion)));
    }

    private static void task(ObjectNode json, Plan.Task task, Bounds bounds) {
        json.put("id", Cut.chars(task.id(), 100));
        json.put("title", bounds.cut(task.title()));
        json.put("kind", task.kind());
        task.detail().ifPresent(detail -> json.put("detail", bounds.cut(detail)));
        ArrayNode files = json.putArray("files");
        bounds.cut(task.files()).forEach(files::add);
        task.agent().ifPresent(agent -> json.put("agent", agent));
        task.tier().ifPresent(tier -> json.put("tier", tier));
    }

    private static void feedback(ObjectNode json, Feedback item, Bounds bounds) {
        json.put("id", Cut.chars(item.id(), 200));
        json.put("kind", item.kind().name().toLowerCase(Locale.ROOT));
        json.put("text", bounds.cut(item.text()));
        item.file().ifPresent(file -> json.put("file", file));
        if (item.line().isPresent()) {
            json.put("line", item.line().getAsInt());
        }
    }

    /**
     * Reads it.
     *
     * @throws Unreadable when it is nothing that we write
     */
    static Note.Data read(JsonNode json) {
        try {
            if (json.has("plan")) {
                return Fields.read(json, f -> new Note.Data.Planned(f.object("plan", NoteData::plan)));
            }
            if (json.has("said")) {
                return Fields.read(json, f -> new Note.Data.Said(f.objects("said", NoteData::feedback)));
            }
            return Fields.read(json, f -> new Note.Data.Found(new Untrusted(f.text("found"))));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Unreadable("it holds a value that can't be");
        }
    }

    private static Plan plan(Fields f) {
        return new Plan(
                new Untrusted(f.text("approach")),
                f.objects("tasks", NoteData::task),
                f.texts("risks").stream().map(Untrusted::new).toList(),
                f.texts("criteria").stream().map(Untrusted::new).toList());
    }

    private static Plan.Task task(Fields f) {
        return new Plan.Task(
                f.text("id"),
                new Untrusted(f.text("title")),
                f.text("kind"),
                f.maybeText("detail").map(Untrusted::new),
                f.texts("files"),
                f.maybeText("agent"),
                f.maybeText("tier"));
    }

    private static Feedback feedback(Fields f) {
        Optional<Long> line = f.maybeNumber("line");
        return new Feedback(
                f.text("id"),
                f.word("kind", NoteData::kind),
                new Untrusted(f.text("text")),
                f.maybeText("file"),
                line.isPresent() ? OptionalInt.of(Math.toIntExact(line.get())) : OptionalInt.empty());
    }

    private static Optional<Feedback.Kind> kind(String word) {
        for (Feedback.Kind kind : Feedback.Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
