package dev.pawl.agent.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.agent.prompt.VisibleText;
import dev.pawl.agent.result.ResultSchemas;
import dev.pawl.agent.result.StrictJson;
import dev.pawl.domain.model.Feedback;
import dev.pawl.domain.model.Plan;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.port.AgentRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The request file: the fields of section 8 of the protocol and no others. People's texts are without what they hide. */
final class RequestJson {
    private RequestJson() {}

    static ObjectNode of(AgentRequest request, String prompt) {
        ObjectNode json = StrictJson.mapper().createObjectNode();
        json.put("version", 1);
        json.put("stage", request.stage().word());
        request.task().ifPresent(task -> task(json.putObject("task"), task));
        json.put("prompt", prompt);
        issue(json.putObject("issue"), request.issue());
        request.plan().ifPresent(plan -> plan(json.putObject("plan"), plan));
        ArrayNode feedback = json.putArray("feedback");
        request.feedback().forEach(one -> feedback(feedback.addObject(), one));
        json.putObject("base")
                .put("branch", request.base().branch())
                .put("sha", request.base().sha().value());
        ObjectNode limits = json.putObject("limits");
        limits.put("seconds", request.limits().time().toSeconds());
        request.limits().turns().ifPresent(turns -> limits.put("turns", turns));
        limits.put("cost_usd", new BigDecimal(request.limits().cost().plain()));
        request.session().ifPresent(session -> json.put("session", session));
        json.set("result_schema", ResultSchemas.of(request.stage()));
        return json;
    }

    private static void issue(ObjectNode json, AgentRequest.IssueText issue) {
        json.put("number", issue.number());
        json.put("title", visible(issue.title()));
        json.put("body", visible(issue.body()));
        issue.type().ifPresent(type -> json.put("type", type));
        strings(json.putArray("labels"), issue.labels());
        ArrayNode comments = json.putArray("comments");
        for (AgentRequest.Said said : issue.comments()) {
            comments.addObject()
                    .put("id", said.id())
                    .put("author", said.author().login())
                    .put("body", visible(said.body()));
        }
    }

    private static void plan(ObjectNode json, Plan plan) {
        json.put("approach", visible(plan.approach()));
        ArrayNode tasks = json.putArray("tasks");
        plan.tasks().forEach(task -> task(tasks.addObject(), task));
        strings(
                json.putArray("risks"),
                plan.risks().stream().map(RequestJson::visible).toList());
        strings(
                json.putArray("criteria"),
                plan.criteria().stream().map(RequestJson::visible).toList());
    }

    private static void task(ObjectNode json, Plan.Task task) {
        json.put("id", task.id());
        json.put("title", visible(task.title()));
        json.put("kind", task.kind());
        put(json, "detail", task.detail().map(RequestJson::visible));
        if (!task.files().isEmpty()) {
            strings(json.putArray("files"), task.files());
        }
        put(json, "agent", task.agent());
        put(json, "tier", task.tier());
    }

    private static void feedback(ObjectNode json, Feedback feedback) {
        json.put("id", feedback.id());
        json.put("kind", feedback.kind().name().toLowerCase(Locale.ROOT));
        json.put("text", visible(feedback.text()));
        put(json, "file", feedback.file());
        feedback.line().ifPresent(line -> json.put("line", line));
    }

    private static void put(ObjectNode json, String name, Optional<String> value) {
        value.ifPresent(v -> json.put(name, v));
    }

    private static void strings(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }

    private static String visible(Untrusted text) {
        return VisibleText.of(text).text();
    }
}
