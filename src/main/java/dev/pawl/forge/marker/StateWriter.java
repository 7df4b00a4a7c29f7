package dev.pawl.forge.marker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.domain.model.BranchName;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.state.AfterPull;
import dev.pawl.domain.state.Approved;
import dev.pawl.domain.state.RunState;
import dev.pawl.domain.state.Spending;
import dev.pawl.domain.state.StageRecord;
import dev.pawl.domain.state.Waiting;
import java.util.Map;
import java.util.TreeMap;

/**
 * A state as JSON, by {@code docs/state-v1.schema.json}. {@code branch}, {@code head} and {@code pull_request} are
 * always there, null where there is none; other optional keys are left out.
 */
final class StateWriter {
    private StateWriter() {}

    static ObjectNode write(RunState state) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("repository", state.id().repository());
        json.put("issue", state.id().issue());
        json.put("run", state.id().run());
        json.put("workflow", state.id().workflow());
        json.put("state", state.state().word());
        ArrayNode stages = json.putArray("stages");
        state.stages().forEach(stage -> stage(stages.addObject(), stage));
        work(json, state.work());
        fence(json, state.fence());
        state.waiting().ifPresent(waiting -> waiting(json.putObject("waiting"), waiting));
        spending(json, state.spending());
        json.putObject("started_by")
                .put("id", state.people().startedBy())
                .put("login", state.people().login());
        state.people().approved().ifPresent(approved -> approved(json.putObject("approved"), approved));
        ArrayNode handled = json.putArray("handled");
        state.people().handled().forEach(handled::add);
        ObjectNode documents = json.putObject("documents");
        new TreeMap<>(state.documents())
                .forEach((name, document) -> documents
                        .putObject(name)
                        .put("comment", document.comment())
                        .put("hash", document.hash()));
        ObjectNode sessions = json.putObject("sessions");
        new TreeMap<>(state.sessions()).forEach(sessions::put);
        if (!state.after().equals(AfterPull.NONE)) {
            after(json.putObject("after"), state.after());
        }
        return json;
    }

    private static void after(ObjectNode json, AfterPull after) {
        after.wish().ifPresent(head -> json.put("wish", head.value()));
        after.heard().ifPresent(heard -> json.put("heard", heard.toString()));
        some(json, "rounds", after.rounds());
        some(json, "conflicts", after.conflicts());
        after.repairs().looked().ifPresent(key -> json.put("looked", key));
        after.repairs().rerun().ifPresent(key -> json.put("rerun", key));
        some(json, "repairs", after.repairs().rounds());
    }

    private static void stage(ObjectNode json, StageRecord stage) {
        json.put("kind", stage.kind().word());
        json.put("status", stage.status().word());
        json.put("attempts", stage.attempts());
        if (!stage.failures().isEmpty()) {
            ObjectNode failures = json.putObject("failures");
            stage.failures().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(e -> failures.put(e.getKey().word(), e.getValue()));
        }
        stage.last().ifPresent(last -> json.put("last", last.word()));
        if (!stage.result().isEmpty()) {
            json.put("result", stage.result());
        }
        json.put("seconds", stage.seconds());
        json.put("cost_micros", stage.cost().micros());
        some(json, "input_tokens", stage.tokens().input());
        some(json, "output_tokens", stage.tokens().output());
        some(json, "unpriced_tokens", stage.tokens().unpriced());
    }

    private static void some(ObjectNode json, String key, long count) {
        if (count > 0) {
            json.put(key, count);
        }
    }

    private static void work(ObjectNode json, RunState.Work work) {
        json.put("branch", work.branch().map(BranchName::value).orElse(null));
        json.put("head", work.head().map(Sha::value).orElse(null));
        work.base().ifPresent(base -> json.put("base", base));
        if (work.pull().isPresent()) {
            json.put("pull_request", work.pull().getAsInt());
        } else {
            json.putNull("pull_request");
        }
        work.content().ifPresent(content -> json.put("content", content));
        json.put("tasks", work.tasks());
        if (work.planned() > 0) {
            json.put("tasks_planned", work.planned());
        }
    }

    private static void fence(ObjectNode json, RunState.Fence fence) {
        json.put("epoch", fence.epoch());
        json.put("seq", fence.seq());
        fence.ledger().ifPresent(ledger -> json.put("ledger", ledger.value()));
        fence.tree().ifPresent(tree -> json.put("tree", tree.value()));
    }

    private static void approved(ObjectNode json, Approved approved) {
        json.put("text", approved.text());
        json.put("at", approved.at().toString());
        approved.heard().ifPresent(heard -> json.put("heard", heard.toString()));
    }

    private static void waiting(ObjectNode json, Waiting waiting) {
        json.put("reason", waiting.reason().word());
        json.put("since", waiting.since().toString());
        waiting.until().ifPresent(until -> json.put("until", until.toString()));
        if (!waiting.detail().isEmpty()) {
            json.put("detail", waiting.detail());
        }
    }

    private static void spending(ObjectNode json, Spending spending) {
        json.put("runs", spending.runs());
        json.put("idle", spending.idle());
        json.put("cost_micros", spending.cost().micros());
        json.put("cost_lifted_micros", spending.lifted().micros());
        json.put("input_tokens", spending.inputTokens());
        json.put("output_tokens", spending.outputTokens());
        ArrayNode starts = json.putArray("starts");
        spending.starts().forEach(start -> starts.add(start.toString()));
    }
}
