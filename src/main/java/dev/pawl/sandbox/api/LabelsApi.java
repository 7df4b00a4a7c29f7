package dev.pawl.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Call;
import dev.pawl.sandbox.http.Page;
import dev.pawl.sandbox.http.Refusal;
import dev.pawl.sandbox.http.Route;
import dev.pawl.sandbox.json.IssueJson;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.Label;
import dev.pawl.sandbox.world.Right;
import java.util.List;
import java.util.Locale;

/** Labels of the repository and of issues. See <a href="https://docs.github.com/rest/issues/labels">REST: labels</a>. */
final class LabelsApi {
    private LabelsApi() {}

    static List<Route> routes() {
        return List.of(
                Route.of("GET", "/labels", LabelsApi::list),
                Route.of("POST", "/labels", LabelsApi::create),
                Route.of("GET", "/labels/{name}", call -> shown(call, label(call))),
                Route.of("PATCH", "/labels/{name}", LabelsApi::change),
                Route.of("DELETE", "/labels/{name}", LabelsApi::delete),
                Route.of("GET", "/issues/{number}/labels", LabelsApi::ofIssue),
                Route.of("POST", "/issues/{number}/labels", LabelsApi::add),
                Route.of("PUT", "/issues/{number}/labels", LabelsApi::replace),
                Route.of("DELETE", "/issues/{number}/labels", LabelsApi::clear),
                Route.of("DELETE", "/issues/{number}/labels/{name}", LabelsApi::remove));
    }

    private static Answer shown(Call call, Label label) {
        return Answer.ok(IssueJson.of(label, call.view()));
    }

    private static Label label(Call call) {
        return call.repo().label(call.name("name")).orElseThrow(Refusal::notFound);
    }

    private static Answer list(Call call) {
        return Page.of(call, List.copyOf(call.repo().labels().values()), l -> IssueJson.of(l, call.view()));
    }

    private static Answer create(Call call) {
        call.needs(Right.MODERATE);
        ObjectNode body = call.body();
        String name = fitting(Body.needed(body, "name", "Label"));
        if (call.repo().label(name).isPresent()) {
            throw Refusal.invalid("Label", "name", "already_exists");
        }
        String color = color(Body.text(body, "color").orElse(Label.DEFAULT_COLOR));
        Label label = call.act()
                .labels()
                .create(name, color, Body.text(body, "description").orElse(null));
        return Answer.created(IssueJson.of(label, call.view()));
    }

    private static String fitting(String name) {
        if (name.length() > Label.MAX_NAME) {
            throw Refusal.custom("Label", "name", "name is too long (maximum is 50 characters)");
        }
        return name;
    }

    private static String color(String color) {
        if (!color.matches("[0-9A-Fa-f]{6}")) {
            throw Refusal.invalid("Label", "color", "invalid");
        }
        return color.toLowerCase(Locale.ROOT);
    }

    private static Answer change(Call call) {
        call.needs(Right.MODERATE);
        Label old = label(call);
        ObjectNode body = call.body();
        var changed = new Label(
                old.id(),
                fitting(Body.text(body, "new_name").orElse(old.name())),
                color(Body.text(body, "color").orElse(old.color())),
                Body.text(body, "description").orElse(old.description()));
        return shown(call, call.act().labels().change(old, changed));
    }

    private static Answer delete(Call call) {
        call.needs(Right.MODERATE);
        call.act().labels().delete(label(call));
        return Answer.nothing();
    }

    private static Answer ofIssue(Call call) {
        Issue issue = call.issue();
        List<Label> labels = issue.labels().stream()
                .flatMap(name -> call.repo().label(name).stream())
                .toList();
        return Page.of(call, labels, l -> IssueJson.of(l, call.view()));
    }

    private static Answer add(Call call) {
        Issue issue = call.issue();
        call.needs(Right.TRIAGE, issue);
        call.act().labels().add(issue, names(call));
        return Answer.ok(IssueJson.labels(issue, call.view()));
    }

    private static Answer replace(Call call) {
        Issue issue = call.issue();
        call.needs(Right.TRIAGE, issue);
        call.act().labels().replace(issue, names(call));
        return Answer.ok(IssueJson.labels(issue, call.view()));
    }

    /** The names come in an object or as a bare array; one that is too long is just invalid here. */
    private static List<String> names(Call call) {
        JsonNode body = call.anyBody();
        List<String> names = Body.texts(body.isArray() ? body : body.get("labels"));
        if (names.stream().anyMatch(n -> n.length() > Label.MAX_NAME || n.isBlank())) {
            throw Refusal.invalid("Label", "name", "invalid");
        }
        return names;
    }

    private static Answer clear(Call call) {
        Issue issue = call.issue();
        call.needs(Right.TRIAGE, issue);
        call.act().labels().replace(issue, List.of());
        return Answer.nothing();
    }

    /** Taking off what isn't there is 404; the answer is what remains. */
    private static Answer remove(Call call) {
        Issue issue = call.issue();
        call.needs(Right.TRIAGE, issue);
        Label label = call.repo()
                .label(call.name("name"))
                .filter(l -> issue.hasLabel(l.name()))
                .orElseThrow(() -> Refusal.of(404, "Label does not exist"));
        call.act().labels().remove(issue, label);
        return Answer.ok(IssueJson.labels(issue, call.view()));
    }
}
