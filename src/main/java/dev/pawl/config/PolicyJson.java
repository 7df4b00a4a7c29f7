package dev.pawl.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.domain.policy.IssueType;
import dev.pawl.domain.policy.Limits;
import dev.pawl.domain.policy.Policy;
import dev.pawl.domain.policy.Stage;
import dev.pawl.domain.policy.Workflow;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.TreeSet;

/** A reading as JSON, with the keys of the policy file. */
final class PolicyJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PolicyJson() {}

    static ObjectNode of(PolicyReading reading) {
        return switch (reading) {
            case PolicyReading.Valid valid -> valid(valid.policy());
            case PolicyReading.Invalid invalid -> invalid(invalid);
        };
    }

    private static ObjectNode invalid(PolicyReading.Invalid invalid) {
        ObjectNode json = JSON.objectNode().put("valid", false);
        ArrayNode errors = json.putArray("errors");
        for (PolicyError e : invalid.errors()) {
            errors.addObject()
                    .put("file", e.file())
                    .put("line", e.line())
                    .put("column", e.column())
                    .put("key", e.key())
                    .put("message", e.sentence())
                    .put("hint", e.hint().orElse(null));
        }
        return json;
    }

    private static ObjectNode valid(Policy policy) {
        ObjectNode json = JSON.objectNode().put("valid", true);
        json.putObject("start")
                .put("label", policy.start().label())
                .put("permission", policy.start().permission().word())
                .set("exclude", words(policy.start().exclude()));
        ObjectNode types = json.putObject("types");
        ObjectNode workflows = json.putObject("workflows");
        for (IssueType type : policy.types()) {
            ObjectNode shown = types.putObject(type.name());
            shown.set("labels", words(type.labels()));
            shown.set("titles", words(type.titles()));
            shown.put("priority", type.priority());
            workflows.set(type.name(), workflow(PolicySummary.workflowOf(type, policy), policy));
        }
        json.set("agents", words(new TreeSet<>(policy.agents().keySet())));
        json.set("limits", limits(policy.limits()));
        return json.put("suggestions", policy.suggestions());
    }

    private static ObjectNode workflow(Workflow workflow, Policy policy) {
        ObjectNode json = JSON.objectNode();
        ArrayNode stages = json.putArray("stages");
        for (Stage stage : workflow.stages()) {
            ObjectNode shown = stages.addObject().put("kind", stage.kind().word());
            if (stage.kind().usesAgent()) {
                policy.agentFor(stage).ifPresent(a -> shown.put("agent", a.name()));
            }
            shown.put("attempts", policy.attempts(stage))
                    .put("timeout", Amounts.written(stage.timeout()))
                    .put("approval", stage.approval())
                    .put("optional", stage.optional());
        }
        return json.put("close", workflow.close());
    }

    private static ObjectNode limits(Limits limits) {
        return JSON.objectNode()
                .put("attempts", limits.attempts())
                .put("runs_per_issue", limits.runsPerIssue())
                .put("runs_per_hour", limits.runsPerHour())
                .put("cost_usd_per_issue", new BigDecimal(limits.costPerIssue().plain()))
                .put("cost_usd_per_day", new BigDecimal(limits.costPerDay().plain()))
                .put("questions", limits.questions())
                .put("concurrent", limits.concurrent())
                .put("lease", Amounts.written(limits.lease()))
                .put("wait_for_forge", Amounts.written(limits.waitForForge()));
    }

    private static ArrayNode words(Collection<String> words) {
        ArrayNode json = JSON.arrayNode();
        words.forEach(json::add);
        return json;
    }
}
