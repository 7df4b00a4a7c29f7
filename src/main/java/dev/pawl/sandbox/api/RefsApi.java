package dev.pawl.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.git.BareRepository.Moved;
import dev.pawl.sandbox.http.Answer;
import dev.pawl.sandbox.http.Call;
import dev.pawl.sandbox.http.Refusal;
import dev.pawl.sandbox.http.Route;
import dev.pawl.sandbox.json.GitJson;
import dev.pawl.sandbox.json.Json;
import dev.pawl.sandbox.world.Right;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;

/** Git refs. See <a href="https://docs.github.com/rest/git/refs">REST: git references</a>. */
final class RefsApi {
    private RefsApi() {}

    static List<Route> routes() {
        return List.of(
                Route.of("POST", "/git/refs", RefsApi::create),
                Route.of("GET", "/git/ref/{ref...}", RefsApi::get),
                Route.of("GET", "/git/matching-refs/{ref...}", RefsApi::matching),
                // Not in the OpenAPI description any more; hub4j's getRef and getRefs still call it.
                Route.of("GET", "/git/refs/{ref...}", RefsApi::legacy),
                Route.of("PATCH", "/git/refs/{ref...}", RefsApi::move),
                Route.of("DELETE", "/git/refs/{ref...}", RefsApi::delete));
    }

    private static String fullName(Call call) {
        return "refs/" + call.name("ref");
    }

    private static Answer shown(Call call, int status, String name, ObjectId target) {
        return Answer.of(status, GitJson.ref(name, target, call.view()));
    }

    private static Answer get(Call call) {
        call.needs(Right.READ_CONTENTS);
        ObjectId target = call.git().ref(fullName(call));
        if (target == null) {
            throw Refusal.notFound();
        }
        return shown(call, 200, fullName(call), target);
    }

    /** A match by prefix, and an empty list instead of 404. */
    private static Answer matching(Call call) {
        call.needs(Right.READ_CONTENTS);
        Map<String, ObjectId> refs = call.git().refs(fullName(call));
        return Answer.ok(Json.array(
                refs.entrySet().stream().map(ref -> GitJson.ref(ref.getKey(), ref.getValue(), call.view()))));
    }

    /** The ref of that very name, else those whose names begin so, else 404. */
    private static Answer legacy(Call call) {
        call.needs(Right.READ_CONTENTS);
        boolean isExact = call.git().ref(fullName(call)) != null;
        return isExact || call.git().refs(fullName(call)).isEmpty() ? get(call) : matching(call);
    }

    private static Answer create(Call call) {
        call.needs(Right.PUSH);
        ObjectNode body = call.body();
        String name = Body.needed(body, "ref", "Reference");
        if (!name.matches("refs/.+/.+")) {
            throw Refusal.unprocessable(
                    "Reference name must start with 'refs/' and contain at least two slashes: " + name);
        }
        refuseForbidden(call, name);
        ObjectId target = target(call, body);
        done(call.act().refs().create(name, target));
        return Answer.created(GitJson.ref(name, target, call.view()));
    }

    private static void refuseForbidden(Call call, String name) {
        if (call.repo().settings().refusesRef(name)) {
            throw Refusal.unprocessable("Reference cannot be created or updated: " + name);
        }
    }

    private static ObjectId target(Call call, ObjectNode body) {
        return call.git()
                .objects()
                .find(Body.needed(body, "sha", "Reference"))
                .orElseThrow(() -> Refusal.unprocessable("Object does not exist"));
    }

    /** Without force only forward: what makes a ref a lock. */
    private static Answer move(Call call) {
        call.needs(Right.PUSH);
        ObjectNode body = call.body();
        refuseForbidden(call, fullName(call));
        ObjectId target = target(call, body);
        done(call.act().refs().move(fullName(call), target, body.path("force").asBoolean()));
        return shown(call, 200, fullName(call), target);
    }

    private static Answer delete(Call call) {
        call.needs(Right.PUSH);
        refuseForbidden(call, fullName(call));
        done(call.act().refs().delete(fullName(call)));
        return Answer.nothing();
    }

    private static void done(Moved moved) {
        switch (moved) {
            case DONE -> {}
            case EXISTS -> throw Refusal.unprocessable("Reference already exists");
            case MISSING -> throw Refusal.unprocessable("Reference does not exist");
            case NOT_FAST_FORWARD -> throw Refusal.unprocessable("Update is not a fast forward");
            case BAD_NAME -> throw Refusal.unprocessable("Reference name is invalid");
            case LOST -> throw Refusal.unprocessable("Reference cannot be updated");
        }
    }
}
