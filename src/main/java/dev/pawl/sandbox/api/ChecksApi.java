package dev.pawl.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Call;
import dev.pawl.sandbox.http.Page;
import dev.pawl.sandbox.http.Refusal;
import dev.pawl.sandbox.http.Route;
import dev.pawl.sandbox.json.CheckJson;
import dev.pawl.sandbox.world.CheckRun;
import dev.pawl.sandbox.world.CommitStatus;
import dev.pawl.sandbox.world.Right;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Check runs and commit statuses. See <a href="https://docs.github.com/rest/checks/runs">REST: check runs</a>. */
final class ChecksApi {
    private ChecksApi() {}

    static List<Route> routes() {
        return List.of(
                Route.of("GET", "/commits/{ref...}/check-runs", ChecksApi::list),
                Route.of("GET", "/commits/{ref...}/status", ChecksApi::combined),
                Route.of("POST", "/check-runs", ChecksApi::create),
                Route.of("GET", "/check-runs/{id}", call -> Answer.ok(CheckJson.of(run(call), call.view()))),
                Route.of("PATCH", "/check-runs/{id}", ChecksApi::change),
                Route.of("POST", "/statuses/{sha}", ChecksApi::status));
    }

    private static Answer list(Call call) {
        call.needs(Right.READ_CHECKS);
        String sha = CommitsApi.commit(call, call.name("ref")).name();
        List<CheckRun> runs = call.repo().checkRuns().stream()
                .filter(run -> run.headSha().equals(sha))
                .filter(run -> call.query("check_name").map(run.name()::equals).orElse(true))
                .toList();
        return Page.of(call, "check_runs", runs, run -> CheckJson.of(run, call.view()));
    }

    private static Answer combined(Call call) {
        call.needs(Right.READ_STATUSES);
        return Answer.ok(
                CheckJson.combined(CommitsApi.commit(call, call.name("ref")).name(), call.view()));
    }

    private static CheckRun run(Call call) {
        call.needs(Right.READ_CHECKS);
        long id = call.number("id");
        return call.repo().checkRuns().stream()
                .filter(run -> run.id() == id)
                .findFirst()
                .orElseThrow(Refusal::notFound);
    }

    private static Answer create(Call call) {
        call.needs(Right.REPORT_CHECKS);
        ObjectNode body = call.body();
        String sha = Body.needed(body, "head_sha", "CheckRun");
        if (call.git().objects().find(sha).isEmpty()) {
            throw Refusal.unprocessable("No commit found for SHA: " + sha);
        }
        var blank = new CheckRun(
                call.hub().world().nextId(),
                Body.needed(body, "name", "CheckRun"),
                sha,
                "queued",
                null,
                new CheckRun.Output(null, null, null),
                call.hub().now(),
                null);
        return Answer.created(CheckJson.of(call.act().runs().check(filled(call, blank)), call.view()));
    }

    private static Answer change(Call call) {
        call.needs(Right.REPORT_CHECKS);
        return Answer.ok(CheckJson.of(call.act().runs().check(filled(call, run(call))), call.view()));
    }

    /** A conclusion completes a run; completing it without one is refused. */
    private static CheckRun filled(Call call, CheckRun run) {
        ObjectNode body = call.body();
        String conclusion = Body.text(body, "conclusion").orElse(run.conclusion());
        String status =
                conclusion != null ? "completed" : Body.text(body, "status").orElse(run.status());
        if ("completed".equals(status) && conclusion == null) {
            throw Refusal.unprocessable("Invalid request.\n\nMissing required key: conclusion.");
        }
        JsonNode output = body.path("output");
        return new CheckRun(
                run.id(),
                Body.text(body, "name").orElse(run.name()),
                run.headSha(),
                status,
                conclusion,
                output.isObject() ? output((ObjectNode) output) : run.output(),
                run.startedAt(),
                conclusion == null ? null : call.hub().now());
    }

    private static CheckRun.Output output(ObjectNode output) {
        return new CheckRun.Output(orNull(output, "title"), orNull(output, "summary"), orNull(output, "text"));
    }

    private static @Nullable String orNull(ObjectNode output, String field) {
        return Body.text(output, field).orElse(null);
    }

    private static Answer status(Call call) {
        call.needs(Right.REPORT_STATUSES);
        ObjectNode body = call.body();
        CommitStatus status = call.act()
                .runs()
                .status(
                        CommitsApi.commit(call, call.name("sha")).name(),
                        Body.text(body, "context").orElse("default"),
                        Body.needed(body, "state", "Status"),
                        orNull(body, "description"));
        return Answer.created(CheckJson.of(status, call.view()));
    }
}
