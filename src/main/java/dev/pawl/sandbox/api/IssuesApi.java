package dev.pawl.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.act.Act;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Call;
import dev.pawl.sandbox.http.Page;
import dev.pawl.sandbox.http.Refusal;
import dev.pawl.sandbox.http.Route;
import dev.pawl.sandbox.json.IssueJson;
import dev.pawl.sandbox.json.TimelineJson;
import dev.pawl.sandbox.world.Issue;
import dev.pawl.sandbox.world.Right;
import java.util.List;

/** Issues. See <a href="https://docs.github.com/rest/issues/issues">REST: issues</a>. */
final class IssuesApi {
    private IssuesApi() {}

    static List<Route> routes() {
        return List.of(
                Route.of("GET", "/issues", call -> {
                    call.needs(Right.READ_ISSUES);
                    return Page.of(call, IssueFilter.matching(call), i -> IssueJson.of(i, call.view()));
                }),
                Route.of("POST", "/issues", IssuesApi::open),
                Route.of("GET", "/issues/{number}", IssuesApi::get),
                Route.of("PATCH", "/issues/{number}", IssuesApi::change),
                Route.of("POST", "/issues/{number}/assignees", IssuesApi::assign),
                Route.of("DELETE", "/issues/{number}/assignees", IssuesApi::unassign),
                Route.of("PUT", "/issues/{number}/lock", IssuesApi::lock),
                Route.of("DELETE", "/issues/{number}/lock", IssuesApi::unlock),
                Route.of(
                        "GET",
                        "/issues/{number}/timeline",
                        call -> Page.of(
                                call,
                                TimelineJson.timeline(call.issue(), call.view()).toList(),
                                item -> item)),
                Route.of(
                        "GET",
                        "/issues/{number}/events",
                        call -> Page.of(
                                call,
                                TimelineJson.events(call.issue(), call.view()).toList(),
                                item -> item)),
                Route.of("GET", "/issues/{number}/dependencies/blocked_by", IssuesApi::blockedBy),
                Route.of("POST", "/issues/{number}/dependencies/blocked_by", IssuesApi::block),
                Route.of("DELETE", "/issues/{number}/dependencies/blocked_by/{id}", IssuesApi::unblock));
    }

    private static Answer shown(Call call, Issue issue) {
        return Answer.ok(IssueJson.of(issue, call.view()));
    }

    private static Answer get(Call call) {
        call.needs(Right.READ_ISSUES);
        return shown(call, call.issue());
    }

    /** Labels and assignees of somebody without triage rights are dropped silently. */
    private static Answer open(Call call) {
        call.needs(Right.SPEAK);
        ObjectNode body = call.body();
        String title = Body.needed(body, "title", "Issue");
        boolean mayTriage = Right.TRIAGE.isOf(call.account(), call.repo());
        Issue issue = call.act()
                .issues()
                .open(
                        title,
                        Body.words(body, "Issue").orElse(""),
                        mayTriage ? Body.texts(body.get("labels")) : List.of(),
                        mayTriage ? Body.texts(body.get("assignees")) : List.of());
        return Answer.created(IssueJson.of(issue, call.view()));
    }

    private static Answer change(Call call) {
        Issue issue = call.issue();
        boolean mayTriage = Right.TRIAGE.isOf(call.account(), call.repo());
        if (!mayTriage && !call.account().login().equals(issue.author())) {
            throw Refusal.forbidden(call.account());
        }
        ObjectNode body = call.body();
        Act act = call.act();
        act.issues()
                .edit(
                        issue,
                        Body.text(body, "title").orElse(issue.title()),
                        body.path("body").isNull()
                                ? ""
                                : Body.words(body, "Issue").orElse(issue.body()));
        if (mayTriage) {
            triage(act, issue, body);
        }
        Body.text(body, "state").ifPresent(state -> {
            switch (state) {
                case "closed" ->
                    act.issues().close(issue, Body.text(body, "state_reason").orElse(null));
                case "open" -> act.issues().reopen(issue);
                default -> throw Refusal.invalid("Issue", "state", "invalid");
            }
        });
        return shown(call, issue);
    }

    private static void triage(Act act, Issue issue, ObjectNode body) {
        if (body.has("labels")) {
            act.labels().replace(issue, Body.texts(body.get("labels")));
        }
        if (body.has("assignees")) {
            List<String> wanted = Body.texts(body.get("assignees"));
            act.issues()
                    .unassign(
                            issue,
                            issue.assignees().stream()
                                    .filter(a -> !wanted.contains(a))
                                    .toList());
            act.issues().assign(issue, wanted);
        }
        if (body.has("type")) {
            act.issues().type(issue, Body.text(body, "type").orElse(null));
        }
    }

    private static Answer assign(Call call) {
        Issue issue = call.issue();
        call.needs(Right.TRIAGE);
        call.act().issues().assign(issue, Body.texts(call.body().get("assignees")));
        return Answer.of(201, IssueJson.of(issue, call.view()));
    }

    private static Answer unassign(Call call) {
        Issue issue = call.issue();
        call.needs(Right.TRIAGE);
        call.act().issues().unassign(issue, Body.texts(call.body().get("assignees")));
        return shown(call, issue);
    }

    private static Answer lock(Call call) {
        Issue issue = call.issue();
        call.needs(Right.MODERATE);
        call.act().issues().lock(issue, Body.text(call.body(), "lock_reason").orElse(null));
        return Answer.nothing();
    }

    private static Answer unlock(Call call) {
        Issue issue = call.issue();
        call.needs(Right.MODERATE);
        call.act().issues().unlock(issue);
        return Answer.nothing();
    }

    private static Answer blockedBy(Call call) {
        List<Issue> others = call.issue().blockedBy().stream()
                .flatMap(n -> call.repo().issues().values().stream().filter(i -> i.number() == n))
                .toList();
        return Page.of(call, others, i -> IssueJson.of(i, call.view()));
    }

    private static Answer block(Call call) {
        call.needs(Right.TRIAGE);
        Issue issue = call.issue();
        JsonNode id = call.body().path("issue_id");
        call.act().issues().block(issue, byId(call, id.asLong()));
        return Answer.created(IssueJson.of(issue, call.view()));
    }

    private static Answer unblock(Call call) {
        call.needs(Right.TRIAGE);
        Issue issue = call.issue();
        call.act().issues().unblock(issue, byId(call, call.number("id")));
        return shown(call, issue);
    }

    /** Dependencies speak of an issue's id, not of its number. */
    private static Issue byId(Call call, long id) {
        return call.repo().issues().values().stream()
                .filter(i -> i.id() == id)
                .findFirst()
                .orElseThrow(Refusal::notFound);
    }
}
