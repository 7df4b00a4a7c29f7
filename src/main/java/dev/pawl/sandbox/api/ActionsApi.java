package dev.pawl.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Call;
import dev.pawl.sandbox.http.Page;
import dev.pawl.sandbox.http.Refusal;
import dev.pawl.sandbox.http.Route;
import dev.pawl.sandbox.json.CheckJson;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.world.Right;
import dev.pawl.sandbox.world.Role;
import dev.pawl.sandbox.world.WorkflowRun;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.revwalk.RevCommit;

/** Workflow runs and dispatches. See <a href="https://docs.github.com/rest/actions/workflows">REST: workflows</a>. */
final class ActionsApi {
    private static final int MAX_KEYS = 10;
    private static final int MAX_EVENT_TYPE = 100;

    private ActionsApi() {}

    static List<Route> routes() {
        return List.of(
                Route.of("GET", "/actions/permissions/workflow", ActionsApi::permissions),
                Route.of("GET", "/actions/runs", ActionsApi::list),
                Route.of("GET", "/actions/runs/{id}", ActionsApi::run),
                Route.of("GET", "/actions/workflows/{workflow}/runs", ActionsApi::list),
                Route.of("POST", "/actions/workflows/{workflow}/dispatches", ActionsApi::dispatchWorkflow),
                Route.of("POST", "/dispatches", ActionsApi::dispatchRepository));
    }

    /**
     * For administrators. A workflow's token can't be given the permission that this needs.
     * See <a href="https://docs.github.com/rest/actions/permissions">REST: Actions permissions</a>.
     */
    private static Answer permissions(Call call) {
        if (call.account().isApp() || !call.repo().roleOf(call.account()).covers(Role.ADMIN)) {
            throw Refusal.forbidden(call.account());
        }
        return Answer.ok(Json.object()
                .put("default_workflow_permissions", "read")
                .put("can_approve_pull_request_reviews", call.repo().settings().actionsMayOpenPullRequests()));
    }

    private static Answer list(Call call) {
        call.needs(Right.READ_RUNS);
        Optional<String> workflow =
                Optional.ofNullable(call.names().get("workflow")).map(file -> ".github/workflows/" + file);
        List<WorkflowRun> runs = call.repo().runs().values().stream()
                .filter(r -> workflow.map(r.path()::equals).orElse(true))
                .filter(r -> call.query("head_sha").map(r.head().sha()::equals).orElse(true))
                .filter(r -> call.query("branch").map(r.head().branch()::equals).orElse(true))
                .filter(r -> call.query("event").map(r.event()::equals).orElse(true))
                .filter(r -> call.query("status")
                        .map(s -> s.equals(r.status()) || s.equals(r.conclusion()))
                        .orElse(true))
                .sorted((a, b) -> Long.compare(b.id(), a.id()))
                .toList();
        return Page.of(call, "workflow_runs", runs, r -> CheckJson.of(r, call.view()));
    }

    private static Answer run(Call call) {
        call.needs(Right.READ_RUNS);
        WorkflowRun run =
                Optional.ofNullable(call.repo().runs().get(call.number("id"))).orElseThrow(Refusal::notFound);
        return Answer.ok(CheckJson.of(run, call.view()));
    }

    /** The workflow must be on the named ref and ask for it. */
    private static Answer dispatchWorkflow(Call call) {
        call.needs(Right.RUN_WORKFLOWS);
        ObjectNode body = call.body();
        String ref = Body.needed(body, "ref", "Workflow");
        String path = ".github/workflows/" + call.name("workflow");
        RevCommit commit =
                call.git().objects().commit(ref).orElseThrow(() -> Refusal.unprocessable("No ref found for: " + ref));
        String source = call.git().objects().file(commit, path).orElseThrow(Refusal::notFound);
        if (!source.contains("workflow_dispatch")) {
            throw Refusal.unprocessable("Workflow does not have 'workflow_dispatch' trigger");
        }
        String fullRef = ref.startsWith("refs/") ? ref : "refs/heads/" + ref;
        call.act().runs().dispatchWorkflow(path, fullRef, body.has("inputs") ? body.path("inputs") : Json.object());
        return Answer.nothing();
    }

    private static Answer dispatchRepository(Call call) {
        call.needs(Right.PUSH);
        ObjectNode body = call.body();
        String type = Body.needed(body, "event_type", "RepositoryDispatch");
        if (type.length() > MAX_EVENT_TYPE) {
            throw Refusal.unprocessable("event_type is too long (maximum is 100 characters)");
        }
        if (body.path("client_payload").size() > MAX_KEYS) {
            throw Refusal.unprocessable("No more than 10 properties are allowed; %d were supplied."
                    .formatted(body.path("client_payload").size()));
        }
        call.act()
                .runs()
                .dispatchRepository(type, body.has("client_payload") ? body.path("client_payload") : Json.object());
        return Answer.nothing();
    }
}
