package dev.pawl.agent.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pawl.domain.model.Plan;
import dev.pawl.domain.model.Readiness;
import dev.pawl.domain.model.Untrusted;
import dev.pawl.domain.policy.Usd;
import dev.pawl.domain.port.AgentResult;
import dev.pawl.domain.port.AgentSession;
import dev.pawl.domain.port.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** The fields of a result that the schema has accepted, as values. Other stages' fields are not looked at. */
final class ResultFields {
    private final JsonNode root;
    private final JsonNode schema;

    ResultFields(JsonNode root, JsonNode schema) {
        this.root = root;
        this.schema = schema;
    }

    AgentResult result() {
        return new AgentResult(
                AgentResult.Status.valueOf(root.get("status").asText().toUpperCase(Locale.ROOT)),
                untrusted(root.get("summary")),
                each(own("questions"), q -> new AgentResult.Question(untrusted(q.get("text")), text(q, "about"))),
                present(own("verdict")).map(ResultFields::verdict),
                present(own("plan")).map(ResultFields::plan),
                each(own("findings"), ResultFields::finding),
                present(own("report")).map(ResultFields::untrusted),
                present(own("commit")).map(ResultFields::commit),
                present(own("pull_request")).map(ResultFields::pullRequest),
                each(own("replies"), r -> new AgentResult.Reply(r.get("id").asText(), untrusted(r.get("text")))),
                each(own("learned"), ResultFields::untrusted),
                AgentSession.named(word(root, "session")),
                new Untrusted(root.toString()));
    }

    Usage usage() {
        JsonNode usage = root.path("usage");
        return new Usage(
                word(usage, "model"),
                usage.path("input_tokens").asLong(),
                usage.path("output_tokens").asLong(),
                Usd.of(BigDecimal.valueOf(usage.path("cost_usd").asDouble())),
                usage.path("turns").asInt());
    }

    /** A field of the stage; missing where the stage has no such field. */
    private JsonNode own(String name) {
        return schema.path("properties").path(name).isObject() ? root.path(name) : MissingNode.getInstance();
    }

    private static AgentResult.Verdict verdict(JsonNode v) {
        return new AgentResult.Verdict(
                Readiness.parse(v.get("readiness").asText()).orElseThrow(),
                word(v, "type"),
                number(v, "priority"),
                untrusted(v.get("reason")));
    }

    private static Plan plan(JsonNode p) {
        return new Plan(
                untrusted(p.get("approach")),
                each(p.get("tasks"), ResultFields::task),
                each(p.path("risks"), ResultFields::untrusted),
                each(p.get("criteria"), ResultFields::untrusted));
    }

    private static Plan.Task task(JsonNode t) {
        return new Plan.Task(
                t.get("id").asText(),
                untrusted(t.get("title")),
                t.get("kind").asText(),
                text(t, "detail"),
                each(t.path("files"), JsonNode::asText),
                word(t, "agent"),
                word(t, "tier"));
    }

    private static AgentResult.Finding finding(JsonNode f) {
        return new AgentResult.Finding(
                f.get("severity").asText().equals("blocking"),
                word(f, "file"),
                number(f, "line"),
                untrusted(f.get("text")),
                text(f, "suggestion"));
    }

    private static AgentResult.CommitText commit(JsonNode c) {
        return new AgentResult.CommitText(
                c.get("type").asText(), word(c, "scope"), untrusted(c.get("subject")), text(c, "body"));
    }

    private static AgentResult.PullRequestText pullRequest(JsonNode p) {
        return new AgentResult.PullRequestText(
                untrusted(p.get("title")),
                untrusted(p.get("body")),
                AgentResult.PullRequestText.Risk.valueOf(p.get("risk").asText().toUpperCase(Locale.ROOT)));
    }

    private static Untrusted untrusted(JsonNode text) {
        return new Untrusted(text.asText());
    }

    private static Optional<Untrusted> text(JsonNode object, String name) {
        return present(object.path(name)).map(ResultFields::untrusted);
    }

    /** A text whose shape the schema has bound to a word, a path or the like. */
    private static Optional<String> word(JsonNode object, String name) {
        return present(object.path(name)).map(JsonNode::asText);
    }

    private static OptionalInt number(JsonNode object, String name) {
        JsonNode number = object.path(name);
        return number.isMissingNode() ? OptionalInt.empty() : OptionalInt.of(number.asInt());
    }

    private static Optional<JsonNode> present(JsonNode node) {
        return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    }

    private static <T> List<T> each(JsonNode array, Function<JsonNode, T> read) {
        var values = new ArrayList<T>();
        array.forEach(node -> values.add(read.apply(node)));
        return values;
    }
}
